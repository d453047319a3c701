import { isAtLeast, isAtMost, isGiven, type PropertyTest } from '../../../../lib/judge/rules/property';
import type { Json, JsonMap } from '../../../../lib/judge/template';
import { World } from '../../../../lib/judge/template';
import { appOf } from '../../support';

/** What a test of the property A says. */
function verdictOn(test: PropertyTest, Properties: JsonMap): string {
  const app = appOf(
    { It: { Type: 'AWS::X::Y', Properties } },
    { Parameters: { Hidden: { Type: 'Number' } } },
  );
  const [resource] = app.resourcesOfType('AWS::X::Y');
  if (resource === undefined) throw new RangeError('there is no resource');
  const verdict = test(new World(app).view(resource), {});
  return 'verdict' in verdict ? verdict.verdict : 'several';
}

test.each<[Json, string, string]>([
  [6, 'violation', 'compliant'],
  [7, 'compliant', 'compliant'],
  [8, 'compliant', 'violation'],
  ['7', 'compliant', 'compliant'],
  [{ Ref: 'Hidden' }, 'unknown', 'unknown'],
])('%j: whether it is 7 at least is %s, and 7 at most is %s', (A, least, most) => {
  expect(verdictOn(isAtLeast('A', 7), { A })).toBe(least);
  expect(verdictOn(isAtMost('A', 7), { A })).toBe(most);
});

test('a number that is left out is too small and too large, unless its default is said to be fine', () => {
  for (const bound of [isAtLeast, isAtMost]) {
    expect(verdictOn(bound('A', 7), {})).toBe('violation');
    expect(verdictOn(bound('A', 7, { absent: 'compliant' }), {})).toBe('compliant');
  }
});

test.each<[string, Json, string]>([
  ['text', 'x', 'compliant'],
  ['a list with entries', ['x'], 'compliant'],
  ['empty text', '', 'violation'],
  ['an empty list', [], 'violation'],
  ['a resource', { Ref: 'Other' }, 'compliant'],
  ['a parameter without a default', { Ref: 'Hidden' }, 'unknown'],
])('%s: whether something is given', (_title, A, expected) => {
  const resources = { It: { Type: 'AWS::X::Y', Properties: { A } }, Other: { Type: 'AWS::X::Z' } };
  const app = appOf(resources, { Parameters: { Hidden: { Type: 'String' } } });
  const [resource] = app.resourcesOfType('AWS::X::Y');
  if (resource === undefined) throw new RangeError('there is no resource');
  const verdict = isGiven('A', 'something')(new World(app).view(resource), {});
  expect(verdict).toMatchObject({ verdict: expected });
});
