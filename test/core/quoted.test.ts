import fc from 'fast-check';
import { quoted } from '../../lib/core/quoted';

test.each([
  ['', '""'],
  ['a "b"', '"a \\"b\\""'],
  ['two\nlines', '"two\\nlines"'],
  ['\u202eevil\u2028', '"\\u202eevil\\u2028"'],
  ['\u009b2J', '"\\u009b2J"'],
  ['\ud800', '"\\ud800"'],
  ['a'.repeat(80), `"${'a'.repeat(80)}"`],
  ['a'.repeat(81), `"${'a'.repeat(79)}…"`],
])('%j is quoted as %s', (text, expected) => {
  expect(quoted(text)).toBe(expected);
});

test('whatever is given, the quote is one short line in which nothing is hidden', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(quoted(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u);
      expect(quoted(text).length).toBeLessThanOrEqual(80 * 8 + 2);
    }),
  );
});
