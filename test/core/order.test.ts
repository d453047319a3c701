import { byCodeUnit } from '../../lib/core/order';

describe('byCodeUnit', () => {
  test('puts capitals before small letters, as no locale does', () => {
    expect(['b', 'A', 'a', 'B', 'é', 'z'].sort(byCodeUnit)).toEqual(['A', 'B', 'a', 'b', 'z', 'é']);
  });

  test('finds the same text the same', () => {
    expect(byCodeUnit('a', 'a')).toBe(0);
  });
});
