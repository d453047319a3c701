import { isDeeperThan } from '../../lib/core/nesting';

test.each<[unknown, number]>([
  [1, 0],
  [{}, 0],
  [[1], 1],
  [{ a: { b: [null] } }, 3],
])('%j nests as deep as it nests', (value, depth) => {
  expect(isDeeperThan(depth, value)).toBe(false);
  if (depth > 0) expect(isDeeperThan(depth - 1, value)).toBe(true);
});

test('nesting without end is found without recursion', () => {
  const depth = 200_000;
  expect(isDeeperThan(100, JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`))).toBe(true);
});
