import fc from 'fast-check';
import { type CheckReport, type FindingView, visible } from '../../lib/report';
import { findingsMarkdown } from '../../lib/report/findings-markdown';
import { renderMarkdown } from '../../lib/report/markdown';
import { renderSummary } from '../../lib/report/summary';
import { elementsIn, htmlOf, readIn, textIn } from './html';
import { hostileReport, KNOWN, reportWith, SUPPRESSED, viewWith } from './views';

const EDIT = { file: 'lib/shop.ts', start: { line: 2, column: 14 }, end: { line: 2, column: 18 } };
const REPAIR = { about: 'set Protocol to HTTPS', edits: [{ ...EDIT, text: 'HTTPS' }] };
const LINES = ['const a = {', "  protocol: 'HTTP',", '};'];

test('a summary is a table with the gravest first, then closed details', () => {
  const report = reportWith([
    viewWith({ level: 'warning', rule: 'BucketIsEncrypted', title: 'a bucket | is encrypted' }),
    viewWith({ counterexample: 'a browser on port 80 is answered in clear' }),
    viewWith({ known: KNOWN }),
    viewWith({ suppressed: SUPPRESSED }),
  ]);
  expect(renderSummary(report)).toBe(`### secure-transmission: failed: 1 finding at level error or above

Findings: 1 error, 1 warning; 1 suppressed, 1 known.

| Level | Finding | Where |
| --- | --- | --- |
| error | a listener speaks TLS<br>\`Shop/Listener\` | \`shop.ts:12\` |
| warning | a bucket \`\\|\` is encrypted<br>\`Shop/Listener\` | \`shop.ts:12\` |

<details><summary><code>ListenerIsEncrypted</code>: 1 finding</summary>

Risk: whoever is on the path reads what customers send

Fix: set 'Protocol' to HTTPS

- error: \`Shop/Listener\`, at \`lib/shop.ts:12:5\`, in \`cdk.out/Shop.template.json:8:5\`

  a listener speaks TLS: Protocol is HTTP, but must be HTTPS

  So: a browser on port 80 is answered in clear

</details>

<details><summary><code>BucketIsEncrypted</code>: 1 finding</summary>

Risk: whoever is on the path reads what customers send

Fix: set 'Protocol' to HTTPS

- warning: \`Shop/Listener\`, at \`lib/shop.ts:12:5\`, in \`cdk.out/Shop.template.json:8:5\`

  a listener speaks TLS: Protocol is HTTP, but must be HTTPS

</details>

<details><summary>Accepted</summary>

- error \`ListenerIsEncrypted\` on \`Shop/Listener\`, known: since 2026-10-01 (owner web, until 2027-03-30)
- error \`ListenerIsEncrypted\` on \`Shop/Listener\`, suppressed: behind a VPN (owner web, until 2027-01-31)

</details>
`);
});

test('a report without findings is two lines, and what was not judged is never left out', () => {
  expect(renderSummary(reportWith([]))).toBe(
    '### secure-transmission: passed: nothing at level error or above\n\nFindings: none.\n',
  );
  const macro = reportWith([], { notJudged: [{ template: 'Shop', why: 'a macro' }] });
  expect(renderSummary(macro)).toContain('- not judged: Shop: a macro\n');
});

test('a comment can be found again, and suggests what is known to the letter', () => {
  const text = renderMarkdown(reportWith([viewWith({ repair: REPAIR })]), { linesOf: () => LINES });
  expect(text).toMatch(/^<!-- secure-transmission -->\n\n### /);
  expect(text).toContain(`  Repair: set Protocol to HTTPS

  Lines 2 to 2 of \`lib/shop.ts\` become

  \`\`\`suggestion
    protocol: 'HTTPS',
  \`\`\`
`);
  expect(htmlOf([text])[0]).toContain(
    '<pre><code class="language-suggestion">  protocol: \'HTTPS\',\n</code></pre>',
  );
  expect(renderMarkdown(reportWith([viewWith({ repair: REPAIR })]))).not.toContain('suggestion');
});

describe('what does not fit', () => {
  const many = (count: number) =>
    reportWith(
      Array.from({ length: count }, (_, i) =>
        viewWith({
          level: i % 2 === 0 ? 'warning' : 'error',
          logicalId: `L${i}`,
          constructPath: `Shop/L${i}`,
        }),
      ),
    );

  test.each([
    ['a comment', (report: CheckReport) => renderMarkdown(report), 65_536, 1000],
    ['a summary', (report: CheckReport) => renderSummary(report), 1024 * 1024, 12_000],
  ] as const)('in %s is left out from the end, and counted', (_, render, most, count) => {
    const text = render(many(count));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most);
    expect(Buffer.byteLength(text)).toBeGreaterThan(most * 0.85);
    const detailed = text.match(/^- (error|warning): /gm) ?? [];
    const left = Number(/the details of (\d+) findings/.exec(text)?.[1]);
    expect(detailed.length + left).toBe(count);
    expect(detailed.slice(0, 100).every((line) => line === '- error: ')).toBe(true);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  test('is said also where hardly anything fits', () => {
    const text = findingsMarkdown(many(3), { most: 700, sizeOf: ({ length }) => length });
    expect(text.length).toBeLessThanOrEqual(700);
    expect(text).toContain('Left out here');
  });

  test('in the table stands in the details', () => {
    const text = renderSummary(many(60));
    expect(text.match(/^\| (error|warning) /gm)).toHaveLength(50);
    expect(text.match(/^- (error|warning): /gm)).toHaveLength(60);
  });
});

/** The same report with nothing hostile in it: what of its elements the formats themselves make. */
function harmless(report: CheckReport): CheckReport {
  const plain = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return OURS.has(key) ? value : 'x';
    if (Array.isArray(value)) return value.map((each) => plain(each, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each, name)]));
  };
  return plain(report, '') as CheckReport;
}

const OURS = new Set<string>([
  ...['level', 'verdict', 'rule', 'id', 'title', 'risk', 'fix', 'failOn', 'pack', 'name', 'fingerprint'],
] satisfies (keyof FindingView | string)[]);

const FOUND_BY_GITHUB = /@[\w-]|#\d|GH-\d|:\/\/|www\.|:[\w+-]+:|\$|\b[0-9a-f]{7,40}\b|[<>[\]|*_~\\]/;

test('whatever a template holds, no element appears but ours', () => {
  const reports = fc.sample(hostileReport, { numRuns: 40, seed: 3 });
  const lines = (file: string) => [file, '```', 'x'];
  for (const render of [renderSummary, (each: CheckReport) => renderMarkdown(each, { linesOf: lines })]) {
    const html = htmlOf(reports.map(render));
    const expected = htmlOf(reports.map(harmless).map((each) => render(each)));
    reports.forEach((report, i) => {
      // Suggestions may differ: those with hidden characters are not made.
      const tags = (text: string) =>
        elementsIn(text.replace(/<p>Lines [\s\S]*?<\/pre>/g, '')).filter(
          (tag) => !/^<\/?(pre|code)/.test(tag),
        );
      expect(tags(html[i] ?? '')).toEqual(tags(expected[i] ?? ''));
      const text = textIn(html[i] ?? '');
      expect(text).not.toMatch(FOUND_BY_GITHUB);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      // Nothing is lost: spaces may have come between words and code.
      for (const { template, why } of report.targets.flatMap(({ notJudged }) => notJudged)) {
        const said = visible(`${template}: ${why}`, 500);
        expect(readIn(html[i] ?? '').replaceAll(' ', '')).toContain(said.replaceAll(' ', ''));
      }
    });
  }
});
