import { childOf, valueAt } from '../../../lib/judge/template';

const JSON_TREE = { list: [{ 'a.b': 1 }, null], text: 'abc' };

describe('what stands at a path', () => {
  test.each<[(string | number)[], unknown]>([
    [[], JSON_TREE],
    [['list', '0', 'a.b'], 1],
    [['list', 0, 'a.b'], 1],
    [['list', 1], null],
    [['list', 2], undefined],
    [['list', 1, 'deeper'], undefined],
    [['text', 0], undefined],
    [['absent', 'deeper'], undefined],
  ])('at %j is %j', (path, expected) => {
    expect(valueAt(JSON_TREE, path)).toEqual(expected);
  });

  test('is nothing under the names that every object and list of JavaScript has', () => {
    for (const key of ['constructor', 'toString', '__proto__', 'length', 'map']) {
      expect([childOf({}, key), childOf([], key)]).toEqual([undefined, undefined]);
    }
  });
});
