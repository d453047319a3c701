import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { renderReport } from '../../lib/report';
import { renderJson } from '../../lib/report/json';
import { hostileReport, KNOWN, reportWith, SUPPRESSED, viewWith } from './views';

const SCHEMA = JSON.parse(
  readFileSync(path.resolve(__dirname, '../../schemas/check-report.schema.json'), 'utf8'),
);
const validate = new Ajv2020({ allErrors: true }).compile(SCHEMA);

function problemsIn(text: string) {
  validate(JSON.parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const EDIT = { file: 'lib/shop.ts', start: { line: 1, column: 1 }, end: { line: 1, column: 2 }, text: 'x' };

test('all that a finding can hold is in the schema, and the schema does find what is wrong', () => {
  const full = reportWith([
    viewWith({ counterexample: 'x', repair: { about: 'x', edits: [EDIT] }, when: 'x', detail: 'x' }),
    viewWith({ known: KNOWN }),
    viewWith({ suppressed: { ...SUPPRESSED, ticket: 'x', waiver: '0123456789abcdef', isExternal: true } }),
  ]);
  expect(problemsIn(renderJson(full))).toEqual([]);
  expect(problemsIn(renderReport(full, 'json'))).toEqual([]);
  expect(problemsIn(renderJson(full).replace('"column": 2', '"column": 0'))).not.toEqual([]);
});

interface Written {
  readonly $schema: string;
  readonly rules: readonly { readonly id: string }[];
  readonly targets: readonly {
    readonly packs: readonly { readonly rules: readonly { readonly id: string }[] }[];
  }[];
}

/** The report that was written, with the texts of rules where a pack has only what they did. */
function whole({ $schema: _, rules: texts, targets, ...rest }: Written) {
  const textOf = new Map(texts.map((text) => [text.id, text]));
  const withTexts = targets.map(({ packs, ...target }) => ({
    ...target,
    packs: packs.map(({ rules, ...pack }) => ({
      ...pack,
      rules: rules.map((run) => ({ ...textOf.get(run.id), ...run })),
    })),
  }));
  return { ...rest, targets: withTexts };
}

test('the texts of rules stand in it once, however many targets and packs they are judged by', () => {
  const report = reportWith([viewWith({})]);
  const [target] = report.targets;
  if (target === undefined) throw new Error('a report has a target');
  const once = renderJson(report);
  const { rules } = JSON.parse(once);
  expect(rules.length).toBeGreaterThan(0);
  const many = renderJson({ ...report, targets: Array.from({ length: 50 }, () => target) });
  expect(JSON.parse(many).rules).toEqual(rules);
  expect(many.match(/"since":/g)).toHaveLength(rules.length);
});

test('whatever a template holds, it comes back as it was', () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      expect(whole(JSON.parse(renderJson(report)))).toEqual(report);
      // The ends of waivers are days, and checked before they come here.
      expect(problemsIn(renderJson(report)).filter((problem) => !problem.includes('/expires '))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
