import fc from 'fast-check';
import { parseTemplate } from '../../../lib/judge/load';
import { duplicateKeys } from '../../../lib/judge/load/json-duplicates';
import { App } from '../../../lib/judge/template';

const twice = (text: string) => duplicateKeys(text, JSON.parse(text), ': the last is judged');

describe('keys that stand twice in JSON', () => {
  test.each<[string, string, string[]]>([
    ['none', '{"a": {"b": 1}, "c": [{"b": 1}, {"b": 2}]}', []],
    ['one', '{"a": 1,\n "a": 2}', ['key "a" stands twice, in line 2 again: the last is judged']],
    [
      'one, once escaped',
      '{"a": 1, "\\u0061": 2}',
      ['key "a" stands twice, in line 1 again: the last is judged'],
    ],
    [
      'one after a list',
      '{"a": [1, "x"], "a": 2}',
      ['key "a" stands twice, in line 1 again: the last is judged'],
    ],
    ['one in quotes only', '{"a": "\\"a\\": 1, \\"a\\": 2"}', []],
    [
      'one within what is overwritten',
      '{"a": {"b": 1, "b": 2}, "a": 1}',
      [
        'key "b" stands twice, in line 1 again: the last is judged',
        'key "a" stands twice, in line 1 again: the last is judged',
      ],
    ],
    [
      '__proto__',
      '{"__proto__": 1, "__proto__": 2}',
      ['key "__proto__" stands twice, in line 1 again: the last is judged'],
    ],
  ])('are told: %s', (_, text, expected) => {
    expect(twice(text)).toEqual(expected);
  });

  test('are never told of what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('', '  ', '\t'), (value, indent) => {
        expect(twice(JSON.stringify(value, undefined, indent))).toEqual([]);
      }),
    );
  });

  test('are told by the template, of which the last is judged', () => {
    const text = '{"Resources": {"R": {"Type": "A::B::C", "Type": "D::E::F"}}}';
    const [template] = new App([{ name: 'T', ...parseTemplate(text, 't.json') }]).templates;
    expect(template?.notJudged).toEqual(['key "Type" stands twice, in line 1 again: the last is judged']);
    expect(template?.resources.get('R')?.type).toBe('D::E::F');
  });

  test('of which there are many are counted', () => {
    const text = `{${Array.from({ length: 30 }, () => '"a": 1').join(', ')}}`;
    expect(twice(text).at(-1)).toBe('19 more keys stand twice');
  });
});
