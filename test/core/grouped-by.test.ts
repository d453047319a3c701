import { groupedBy } from '../../lib/core/grouped-by';

describe('groups', () => {
  test('and what is in them keep the order in which they come', () => {
    const groups = groupedBy(['bee', 'ant', 'bat', 'cow', 'ape'], ([first]) => first);
    expect([...groups]).toEqual([
      ['b', ['bee', 'bat']],
      ['a', ['ant', 'ape']],
      ['c', ['cow']],
    ]);
  });

  test('are told apart as maps tell keys apart: by identity, and by any name', () => {
    const one = { name: 'same' };
    const other = { name: 'same' };
    expect(groupedBy([one, other, one], (item) => item).get(one)).toEqual([one, one]);
    expect(groupedBy(['__proto__', 'constructor'], (name) => name).size).toBe(2);
  });

  test('of nothing are none', () => {
    expect(groupedBy([], () => 'key').size).toBe(0);
  });
});
