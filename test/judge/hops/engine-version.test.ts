import { isVersionAtLeast } from '../../../lib/judge/hops';

test.each([
  ['15', '15', true],
  ['15.4', '15', true],
  ['9.6', '15', false],
  ['14.99', '15', false],
  ['8.0.mysql_aurora.3.05.2', '8.4', false],
  ['8.4.7', '8.4', true],
  ['10.11', '11.8', false],
  ['11.10.1', '11.8', true],
  // A version that leaves digits out may be older.
  ['8.0', '8.0.28', false],
  ['1.0.4.0', '1.0.4.0', true],
  ['1.0.3.9', '1.0.4.0', false],
  ['latest', '1', false],
])('%s is at least %s: %s', (version, floor, expected) => {
  expect(isVersionAtLeast(version, floor)).toBe(expected);
});
