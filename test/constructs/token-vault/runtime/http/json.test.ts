import fc from 'fast-check';
import { ProblemError } from '../../../../../lib/constructs/token-vault/runtime/app/problem';
import { parseJson } from '../../../../../lib/constructs/token-vault/runtime/http/json';

const LIMITS = { depth: 4, values: 16 };
const ANY_DEPTH = { depth: 1000, values: 100_000 };

const problem = (text: string) => {
  try {
    parseJson(text, LIMITS);
  } catch (failure) {
    if (failure instanceof ProblemError) return [failure.code, failure.detail];
    throw failure;
  }
  return undefined;
};

test('reads whatever JSON.stringify writes, as JSON.parse does', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 6, stringUnit: 'grapheme' }),
      fc.constantFrom(0, 2),
      (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(parseJson(text, ANY_DEPTH)).toEqual(JSON.parse(text));
      },
    ),
  );
});

test('refuses whatever JSON.parse refuses', () => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '\\',
    '1',
    '01',
    '-',
    '1.',
    '.5',
    'e',
    'true',
    'tru',
    ' ',
    '\u0000',
    '\u00a0',
    '\\u00',
    'NaN',
    'Infinity',
    "'a'",
    '//',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), (parts) => {
      const text = parts.join('');
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      // Stricter it may be, but never laxer.
      if (!isJson) expect(problem(text)?.[0]).toBe('invalid_request');
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['a name that stands twice', '{"a":1,"a":2}', 'an object has a name twice'],
  ['a name that stands twice, once with an escape', '{"a":1,"\\u0061":2}', 'an object has a name twice'],
  ['__proto__ twice', '{"__proto__":1,"__proto__":2}', 'an object has a name twice'],
  ['half a character', '{"a":"\ud800"}', 'a text holds half a character'],
  ['half a character as an escape', '{"a":"\\ud800"}', 'a text holds half a character'],
  ['half a character in a name', '{"\\udc00":1}', 'a text holds half a character'],
  ['a number that is not finite', '[1e999]', 'a number is too large'],
  ['too deep', '[[[[[1]]]]]', 'the body is too deep'],
  ['too many values', `[${'1,'.repeat(16)}1]`, 'the body holds too many values'],
  ['nothing', '', 'the body is not JSON'],
  ['more than one value', '{}{}', 'the body is not JSON'],
  ['a byte order mark', '\ufeff{}', 'the body is not JSON'],
  ['a control character in a text', '"\u0001"', 'the body is not JSON'],
  ['a text without an end', '"abc', 'the body is not JSON'],
  ['an escape at the end', '"abc\\', 'the body is not JSON'],
  ['an escape that there is not', '"\\x"', 'the body is not JSON'],
  ['NaN', '[NaN]', 'the body is not JSON'],
])('refuses %s', (_, text, detail) => {
  expect(problem(text)).toEqual(['invalid_request', detail]);
});

test('takes __proto__ for a name as any other', () => {
  const value = parseJson('{"__proto__":{"polluted":true},"constructor":1}', LIMITS);
  expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
  expect(Reflect.get(value as object, 'polluted')).toBeUndefined();
});

test('reads 256 KB of anything in a few milliseconds', () => {
  const size = 256 * 1024;
  const texts = [
    '['.repeat(size),
    `"${'\\u0041'.repeat(size / 6)}"`,
    `"${'x'.repeat(size)}"`,
    `[${'1,'.repeat(size / 2)}1]`,
    ' '.repeat(size),
    '9'.repeat(size),
    `{"a":${'"b'.repeat(size / 2)}`,
  ];
  for (const text of texts) {
    problem(text);
    const times = [1, 2, 3].map(() => {
      const started = performance.now();
      problem(text);
      return performance.now() - started;
    });
    // Some ten times what it takes on an idle machine.
    expect(Math.min(...times)).toBeLessThan(50);
  }
});
