import fc from 'fast-check';
import { COLOURED, renderReport } from '../../lib/report';
import { FORMATS } from '../../lib/report/format-names';
import { hostileReport, KNOWN, reportWith, SUPPRESSED, viewWith } from './views';

const SECRETS = [
  'AKIAIOSFODNN7EXAMPLE',
  '4111 1111 1111 1111',
  'ghp_0123456789abcdefghijklmnopqrstuvwxyz',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N',
];

/** A finding with something in every string that a template decides. */
function saying(text: string) {
  return {
    message: text,
    stack: text,
    logicalId: text,
    type: text,
    constructPath: text,
    property: text,
    got: text,
    want: text,
    detail: text,
    when: text,
    counterexample: text,
    repair: { about: text, edits: [] },
  };
}

describe.each(FORMATS)('%s', (format) => {
  test.each(SECRETS)('does not print %s, whatever it stands in', (secret) => {
    const report = reportWith(
      [
        viewWith(saying(`a ${secret} b`)),
        viewWith({ ...saying(secret), suppressed: { ...SUPPRESSED, reason: secret, owner: secret } }),
        viewWith({ ...saying(secret), known: { ...KNOWN, owner: secret } }),
      ],
      { target: secret, notJudged: [{ template: secret, why: secret }] },
    );
    const text = renderReport(report, format);
    expect(text).not.toContain(secret);
    expect(text).toContain('(redacted)');
  });

  test('tells the proof of a fault', () => {
    const text = renderReport(reportWith([viewWith({ counterexample: 'GetObject without TLS' })]), format);
    expect(text).toContain('GetObject without TLS');
  });

  test('counts what is accepted, or lists it', () => {
    const report = reportWith([viewWith({ known: KNOWN }), viewWith({ suppressed: SUPPRESSED })]);
    expect(renderReport(report, format)).toMatch(/known/);
    expect(renderReport(report, format)).toMatch(/suppress/);
  });

  test('is the same for the same report, ends with a line break and hides nothing', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const text = renderReport(report, format);
        expect(renderReport(report, format)).toBe(text);
        expect(text).toMatch(/\n$/);
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 30 },
    );
  });

  test('gives GitHub no command but those of the format for it', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const lines = renderReport(report, format).split('\n');
        const commands = lines.filter((line) => /^\s*::/.test(line));
        const ours = format === 'github' ? /^::(error|warning|notice) / : /^$/;
        expect(commands.filter((line) => !ours.test(line))).toEqual([]);
        expect(lines.filter((line) => line.includes('##['))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

test('only text is coloured', () => {
  const report = reportWith([viewWith()]);
  for (const format of FORMATS) {
    const coloured = renderReport(report, format, { style: COLOURED });
    expect(coloured.includes('\u001b')).toBe(format === 'text');
  }
});
