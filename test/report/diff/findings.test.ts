import type { JsonMap } from '../../../lib/judge/template';
import { compareFindings } from '../../../lib/report/diff/findings';
import { viewedFindings } from '../../../lib/report/report';
import { FOLDER, findingOf, judgementOf, resourcesOf } from '../support';

/** One finding about an element of a list, as a rule tells it that stops at the first. */
function aboutElement(rules: readonly JsonMap[], index: number) {
  const resource = resourcesOf({ Door: { Type: 'T', Properties: { Rules: rules } } })('Door');
  const finding = findingOf({ resource, path: `Properties.Rules.${index}.Port` });
  return viewedFindings([judgementOf([finding])], FOLDER);
}

const states = (base: ReturnType<typeof aboutElement>, head: ReturnType<typeof aboutElement>) =>
  compareFindings(base, head, new Map()).map(({ state }) => state);

const A = { Port: 22, From: 'anyone' };
const B = { Port: 3389, From: 'anyone' };

describe('a rule that tells of the first of several elements', () => {
  test('tells nothing new where they change places', () => {
    expect(states(aboutElement([A, B], 0), aboutElement([B, A], 0))).toEqual(['unchanged']);
  });

  test('tells something new where the element was not there, or was another one', () => {
    expect(states(aboutElement([A], 0), aboutElement([B, A], 0))).toEqual(['new', 'fixed']);
    const harmless = { ...B, From: 'nobody', Id: 'b' };
    expect(
      states(aboutElement([A, harmless], 0), aboutElement([{ ...harmless, From: 'anyone' }, A], 0)),
    ).toEqual(['new', 'fixed']);
  });
});

test('of findings that nothing tells apart those that say the same go together', () => {
  const of = (...got: readonly string[]) => {
    const resource = resourcesOf({ Web: { Type: 'T', Properties: { Port: 1 } } })('Web');
    const findings = got.map((each) => findingOf({ resource, path: 'Properties.Port', got: each }));
    return viewedFindings([judgementOf(findings)], FOLDER);
  };
  const compared = compareFindings(of('1', '2'), of('2', '3', '4'), new Map());
  expect(compared.map(({ state, got }) => `${state} ${got}`)).toEqual([
    'new 4',
    'unchanged 2',
    'unchanged 3',
  ]);
  const fixed = compareFindings(of('1', '2'), of('2'), new Map());
  expect(fixed.map(({ state, got }) => `${state} ${got}`)).toEqual(['fixed 1', 'unchanged 2']);
  expect(new Set(fixed.map(({ fingerprint }) => fingerprint)).size).toBe(2);
});
