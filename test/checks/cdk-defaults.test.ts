import { readFileSync } from 'node:fs';
import path from 'node:path';
import { page, render } from '../../tools/generate/cdk-defaults';
import { DEFAULT_CONSTRUCTS } from '../_fixtures/cdk-defaults';
import { FIXES } from '../_fixtures/cdk-defaults/fixes';
import { judgedStack } from '../_fixtures/cdk-defaults/judged';
import { failedRules, type MeasuredDefault, measuredDefaults } from '../_fixtures/cdk-defaults/measure';

const COMMONEST = 20;

let measured: readonly MeasuredDefault[] = [];
beforeAll(() => {
  measured = measuredDefaults();
}, 60_000);

test('every construct is built once, and judged', () => {
  const names = DEFAULT_CONSTRUCTS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(measured.map(({ name }) => name)).toEqual(names);
  const failed = measured.flatMap(({ findings }) => findings.filter(({ level }) => level === 'fatal'));
  expect(failed.map(({ detail }) => detail)).toEqual([]);
});

test('each of the rules that defaults fail most has a sample that passes', () => {
  const commonest = failedRules(measured).slice(0, COMMONEST);
  expect(commonest.map(({ finding }) => finding.rule.id).filter((id) => !(id in FIXES))).toEqual([]);
});

test('no sample mends what no default fails', () => {
  const failed = new Set(failedRules(measured).map(({ finding }) => finding.rule.id));
  expect(Object.keys(FIXES).filter((id) => !failed.has(id))).toEqual([]);
});

describe.each(Object.entries(FIXES))('the sample for %s', (id, build) => {
  test('is looked at by the rule, and found right', () => {
    const { findings, compliant } = judgedStack(build);
    expect(findings.filter(({ rule }) => rule.id === id).map(({ path: at, got }) => `${at}: ${got}`)).toEqual(
      [],
    );
    expect([...compliant]).toContain(id);
  });
});

test('the page is what its generator makes of it', () => {
  expect(readFileSync(path.resolve(__dirname, '../..', page), 'utf8')).toBe(render(measured));
});
