import { CONNECTORS } from '../../../lib/judge/hops/connectors';
import { classify, LISTED_TYPES } from '../../../lib/judge/hops/coverage';

const connected = new Set(CONNECTORS.flatMap(({ types, reads = [] }) => [...types, ...reads]));

test('what the coverage calls judged is what connectors look at', () => {
  const judged = LISTED_TYPES.filter((type) => classify(type).judged);
  expect([...connected].sort()).toEqual([...judged].sort());
});

test('no two connectors look at one type, so that no hop is told twice', () => {
  const all = CONNECTORS.flatMap(({ types }) => types);
  expect(all.filter((type, i) => all.indexOf(type) !== i)).toEqual([]);
});
