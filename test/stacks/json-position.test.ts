import fc from 'fast-check';
import { lineOf, positionOfMistake } from '../../lib/stacks/json-position';

describe('positionOfMistake', () => {
  test.each([
    ['', 0],
    ['{', 1],
    ['{"a":1', 6],
    ['{"a" 1}', 5],
    ['{"a":1 "b":2}', 7],
    ['{"a":1,}', 7],
    ['[1,]', 3],
    ['[1 2]', 3],
    ['[1}', 2],
    ['{a:1}', 1],
    ["{'a':1}", 1],
    ['{"a":01}', 6],
    ['{"a":"\n"}', 5],
    ['{"a":"\\x"}', 5],
    ['{} {}', 3],
    ['// note\n{}', 0],
    ['{"a":undefined}', 5],
    ['[tru]', 1],
    ['{,}', 1],
    ['[:]', 1],
  ])('%j: %i', (text, position) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(positionOfMistake(text)).toBe(position);
  });

  test('finds none in JSON, however it is spaced', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 4 }), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(positionOfMistake(text)).toBe(text.length);
      }),
    );
  });

  test('finds what a character too many or too few has broken, no later than the end of it', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.nat(),
        fc.constantFrom('', ',', '}', ']', 'x', ':'),
        (value, seed, put) => {
          const whole = JSON.stringify(value);
          const at = seed % whole.length;
          const text = whole.slice(0, at) + put + whole.slice(at + 1);
          let broken = false;
          try {
            JSON.parse(text);
          } catch {
            broken = true;
          }
          fc.pre(broken);
          const position = positionOfMistake(text);
          // Up to there the text is the beginning of something: cut off, it is broken only by ending too soon.
          expect(position).toBeLessThanOrEqual(text.length);
          expect(positionOfMistake(text.slice(0, position))).toBe(position);
        },
      ),
    );
  });
});

test.each([
  ['a\nb\nc', 2, 2],
  ['a\nb\n\n', 5, 2],
  ['', 0, 1],
])('lineOf(%j, %i) is %i', (text, position, line) => {
  expect(lineOf(text, position)).toBe(line);
});
