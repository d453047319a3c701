import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { ConstructTable } from '../../lib/judge/template';
import { checkReport, renderSarif, reportOn, visible } from '../../lib/report';
import { multitoolOn } from './multitool';
import { FOLDER, findingOf, judgementOf, LISTENER, resourcesOf, WAIVER } from './support';
import { hostileReport, KNOWN, reportOnAll, reportWith, SUPPRESSED, viewWith } from './views';

const official = JSON.parse(
  readFileSync(path.resolve(__dirname, '../_fixtures/vectors/sarif-schema-2.1.0.json'), 'utf8'),
);
// The schema is draft 04, but for its `id` it says the same in draft 07; a test below shows that it still refuses.
const { id: _id, $schema: _draft, ...schema } = official;
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const validate = ajv.compile(schema);

function problemsIn(text: string) {
  validate(JSON.parse(text));
  return validate.errors ?? [];
}

const ID = 'TransmissionChecks::TransmissionChecks-Accepted';
const CONSTRUCTS: ConstructTable = {
  pathOf: () => 'Shop/Listener/Resource',
  creationTrace: () => ['new Shop (/work/shop/lib/shop.ts:12:5)'],
  acknowledged: () => new Map([[ID, 'behind a VPN']]),
};
const listener = resourcesOf(
  { Listener: LISTENER },
  { constructs: CONSTRUCTS, file: `${FOLDER}/cdk.out/Shop.template.json` },
)('Listener');

function sarifOf(findings = [findingOf({ resource: listener })], parts = {}) {
  const report = checkReport([reportOn('cdk.out', [judgementOf(findings, parts)], FOLDER)], 'error');
  const text = renderSarif(report);
  return { text, run: JSON.parse(text).runs[0] };
}

test('the official schema finds nothing wrong', () => {
  const findings = [
    findingOf({ resource: listener }),
    findingOf({ resource: listener, ruleId: 'Accepted' }),
    findingOf({ level: 'fatal', verdict: 'failed', when: 'Stage is test' }),
    findingOf({ waiver: WAIVER }),
  ];
  const parts = {
    notRun: [{ rule: 'A', reason: 'b', owner: 'c', until: '2027-01-31' }],
    profile: 'pci',
    rulesAsOf: '0.1.0',
    notJudged: [{ template: 'Shop', why: 'a macro' }],
    resources: { total: 1, judged: 0, irrelevant: 0, notJudged: [{ type: 'X::Y', count: 1, why: 'z' }] },
  };
  expect(problemsIn(sarifOf(findings, parts).text)).toEqual([]);
});

test('the official schema finds nothing wrong, whatever a template holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      const resource = resourcesOf({ [text]: LISTENER }, { name: text, file: `${FOLDER}/${text}` })(text);
      const finding = findingOf({ resource, got: text, want: text, path: text, when: text });
      expect(problemsIn(sarifOf([finding]).text)).toEqual([]);
    }),
  );
});

test('the official schema does find what is wrong', () => {
  expect(problemsIn('{"version": "2.1.0", "runs": [{"results": [{"level": "fatal"}]}]}')).not.toEqual([]);
  expect(problemsIn(sarifOf().text.replace('"driver"', '"diver"'))).not.toEqual([]);
});

test.each([
  ['fatal', 'error'],
  ['error', 'error'],
  ['warning', 'warning'],
  ['info', 'note'],
] as const)('level %s is %s', (level, expected) => {
  expect(sarifOf([findingOf({ level })]).run.results[0].level).toBe(expected);
});

test('a rule comes with help, severity and tags', () => {
  const [rule] = sarifOf().run.tool.driver.rules;
  expect(rule).toMatchObject({
    id: 'ListenerIsEncrypted',
    shortDescription: { text: 'a listener speaks TLS' },
    help: {
      text: "Risk: Whoever is on the path reads what customers send. Fix: Set 'Protocol' to HTTPS.",
      markdown: expect.stringContaining('**PCI DSS 4.0.1:** 4.2.1'),
    },
    properties: {
      'security-severity': '8.0',
      tags: [
        'security',
        'external/cwe/cwe-319',
        'pci-dss-4.0.1/4.2.1',
        'gdpr/32(1)(a)',
        'security-hub/ELB.1',
      ],
    },
  });
});

test('the line of code comes first, the template second', () => {
  const [result] = sarifOf().run.results;
  expect(result.locations).toMatchObject([
    {
      physicalLocation: {
        artifactLocation: { uri: 'lib/shop.ts' },
        region: { startLine: 12, startColumn: 5 },
      },
      logicalLocations: [{ name: 'Listener', fullyQualifiedName: 'Shop/Listener', kind: 'resource' }],
    },
    { physicalLocation: { artifactLocation: { uri: 'cdk.out/Shop.template.json' } } },
  ]);
});

test('a finding has a place also where no file is known', () => {
  expect(sarifOf([findingOf()]).run.results[0].locations).toEqual([
    { logicalLocations: [{ name: 'Listener', fullyQualifiedName: 'Shop/Listener', kind: 'resource' }] },
  ]);
});

test('the fingerprint holds no line', () => {
  const [here] = sarifOf().run.results;
  const { fingerprint } =
    reportOn('x', [judgementOf([findingOf({ resource: listener })])], FOLDER).findings[0] ?? {};
  expect(here.partialFingerprints).toEqual({
    primaryLocationLineHash: `${fingerprint}:1`,
    'findingIdentity/v2': fingerprint,
  });
});

test('what is acknowledged is suppressed, and every other result says that it is not', () => {
  const { results } = sarifOf([
    findingOf({ resource: listener, ruleId: 'Accepted' }),
    findingOf({ resource: listener, ruleId: 'Open' }),
  ]).run;
  expect(results.map((result: { suppressions: unknown }) => result.suppressions)).toEqual([
    [{ kind: 'inSource', status: 'accepted', justification: 'behind a VPN' }],
    [],
  ]);
});

test('what was not judged is said, and a check that could not run was not successful', () => {
  const { run } = sarifOf([findingOf({ level: 'fatal', verdict: 'failed' })], {
    notJudged: [{ template: 'Shop', why: 'a macro' }],
  });
  expect(run.invocations).toEqual([
    {
      executionSuccessful: false,
      exitCode: 3,
      toolExecutionNotifications: [{ level: 'warning', message: { text: 'not judged: Shop: a macro' } }],
    },
  ]);
});

test('runs of one app are one category, in every run', () => {
  expect(sarifOf().run.automationDetails).toEqual({ id: 'secure-transmission/TransmissionChecks/cdk.out/' });
  expect(sarifOf().text).toBe(sarifOf().text);
});

test('a template cannot send reviewers anywhere', () => {
  const finding = findingOf({ got: '[log in](https://evil.example) {0} \u202e' });
  const { text } = sarifOf([finding]).run.results[0].message;
  expect(text).toContain('[log in] (https://evil.example) {{0}} \\u{{202e}}');
});

test('a waiver is told with who answers for it, and nothing in it is hidden', () => {
  const waiver = { ...WAIVER, reason: 'so\u202e it is', owner: 'team\u001bweb' };
  const { text, run } = sarifOf([findingOf({ waiver })]);
  expect(run.results[0].suppressions).toMatchObject([
    { kind: 'inSource', justification: 'so\\u{202e} it is', properties: { owner: 'team\\u{1b}web' } },
  ]);
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
});

const REPAIR = {
  about: 'set Protocol to HTTPS',
  edits: [
    { file: 'lib/shop.ts', start: { line: 12, column: 5 }, end: { line: 12, column: 9 }, text: 'HTTPS' },
    { file: 'lib/shop.ts', start: { line: 14, column: 1 }, end: { line: 15, column: 1 }, text: '' },
    { file: 'lib/other shop.ts', start: { line: 1, column: 1 }, end: { line: 1, column: 1 }, text: '{0}' },
  ],
};

const FULL = reportWith(
  [
    viewWith({ repair: REPAIR, counterexample: 'a browser on port 80 is answered in clear' }),
    viewWith({ suppressed: SUPPRESSED }),
    viewWith({ known: KNOWN, fingerprint: 'f'.repeat(32) }),
    viewWith({ level: 'info', when: 'Stage is test' }),
  ],
  { notJudged: [{ template: 'Shop', why: 'a macro' }] },
);

function runsOf(text: string) {
  return JSON.parse(text).runs;
}

describe("Microsoft's multitool", () => {
  test('finds nothing wrong but that there is no address to lead to', () => {
    const { kinds, messages } = multitoolOn(renderSarif(FULL));
    const grave = kinds.filter((kind) => !kind.endsWith(' note'));
    // SARIF2005: the project has no address in public yet that `informationUri` could name.
    expect(grave).toEqual(['SARIF2005 warning']);
    // It has looked: it always remarks that results are not tied to a revision.
    expect(kinds).toContain('SARIF2003 note');
    expect(messages.join('\n')).toContain('1 files scanned');
  });

  test('finds nothing wrong with hostile strings either', () => {
    const targets = fc.sample(hostileReport, { numRuns: 6, seed: 1 }).flatMap((report) => report.targets);
    const { kinds } = multitoolOn(renderSarif(reportOnAll(targets)));
    expect(kinds.filter((kind) => !kind.endsWith(' note'))).toEqual(['SARIF2005 warning']);
  });

  test('does find what is wrong', () => {
    const broken = renderSarif(FULL).replace('"ruleIndex": 0', '"ruleIndex": 99');
    expect(multitoolOn(broken).kinds).toEqual(expect.arrayContaining([expect.stringMatching(/ error$/)]));
  });
});

test('the message proves the fault and tells the repair', () => {
  expect(runsOf(renderSarif(FULL))[0].results[0].message.text).toBe(
    'a listener speaks TLS: Protocol is HTTP, but must be HTTPS. ' +
      'So: a browser on port 80 is answered in clear. Fix: Set Protocol to HTTPS.',
  );
});

test('a repair is a fix, file by file and to the letter', () => {
  const [{ fixes }, other] = runsOf(renderSarif(FULL))[0].results;
  expect(fixes).toEqual([
    {
      description: { text: 'Set Protocol to HTTPS.' },
      artifactChanges: [
        {
          artifactLocation: { uri: 'lib/shop.ts' },
          replacements: [
            {
              deletedRegion: { startLine: 12, startColumn: 5, endLine: 12, endColumn: 9 },
              insertedContent: { text: 'HTTPS' },
            },
            { deletedRegion: { startLine: 14, startColumn: 1, endLine: 15, endColumn: 1 } },
          ],
        },
        {
          artifactLocation: { uri: 'lib/other%20shop.ts' },
          replacements: [
            {
              deletedRegion: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
              insertedContent: { text: '{0}' },
            },
          ],
        },
      ],
    },
  ]);
  expect(other).not.toHaveProperty('fixes');
  expect(problemsIn(renderSarif(FULL))).toEqual([]);
});

test('a known finding is suppressed from outside the source, with who accepted it and for how long', () => {
  expect(runsOf(renderSarif(FULL))[0].results[2].suppressions).toEqual([
    {
      kind: 'external',
      status: 'accepted',
      justification: 'known since 2026-10-01 (owner web, until 2027-03-30)',
      properties: { owner: 'web', since: '2026-10-01', expires: '2027-03-30' },
    },
  ]);
});

test('quiet, what does not count is left out and counted', () => {
  const [run] = runsOf(renderSarif(FULL, { quiet: true }));
  expect(run.results).toHaveLength(2);
  expect(run.results.flatMap((result: { suppressions: unknown[] }) => result.suppressions)).toEqual([]);
  expect(run.invocations[0].toolExecutionNotifications[0]).toEqual({
    level: 'warning',
    message: { text: 'left out since they do not count: 2 accepted findings' },
  });
});

test('a category sets runs on the same target apart', () => {
  expect(runsOf(renderSarif(FULL, { category: 'prod' }))[0].automationDetails.id).toBe(
    'secure-transmission/TransmissionChecks/cdk.out/prod/',
  );
});

test('several apps are several runs, each with a category of its own', () => {
  const [target] = FULL.targets;
  const targets = ['a.out', 'b.out'].flatMap((name) => (target ? [{ ...target, target: name }] : []));
  const ids = runsOf(renderSarif(reportOnAll(targets))).map(
    ({ automationDetails }: { automationDetails: { id: string } }) => automationDetails.id,
  );
  expect(ids).toEqual([
    'secure-transmission/TransmissionChecks/a.out/',
    'secure-transmission/TransmissionChecks/b.out/',
  ]);
});

test('whatever a template holds, the official schema finds nothing wrong, and nobody is sent anywhere', () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const text = renderSarif(report);
      expect(problemsIn(text)).toEqual([]);
      const [{ results }] = runsOf(text);
      const [target] = report.targets;
      results.forEach(({ message }: { message: { text: string } }, i: number) => {
        const said = visible(target?.findings[i]?.message ?? '', 4000).replaceAll('](', '] (');
        expect(message.text.replaceAll('{{', '{').replaceAll('}}', '}')).toMatch(/ Fix: /);
        expect(message.text.replaceAll('{{', '{').replaceAll('}}', '}').startsWith(`${said}. `)).toBe(true);
        expect(message.text).not.toContain('](');
        expect(message.text.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]/);
      });
    }),
    { numRuns: 20 },
  );
});
