import { isGiven } from '../../../../lib/judge/rules/property';
import type { Json } from '../../../../lib/judge/template';
import { World } from '../../../../lib/judge/template';
import { appOf } from '../../support';

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
