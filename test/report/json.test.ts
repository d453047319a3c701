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

test('whatever a template holds, it comes back as it was', () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const { $schema: _, ...read } = JSON.parse(renderJson(report));
      expect(read).toEqual(report);
      // The ends of waivers are days, and checked before they come here.
      expect(problemsIn(renderJson(report)).filter((problem) => !problem.includes('/expires '))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
