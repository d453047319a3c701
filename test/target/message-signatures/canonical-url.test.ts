import fc from 'fast-check';
import { canonicalUrl } from '../../../lib/target';

test.each([
  ['https://a.example/p', 'https://a.example/p'],
  ['https://a.example/p?b=2&a=1', 'https://a.example/p?a=1&b=2'],
  // A program that takes the first of two, or the last, must not be made to take the other.
  ['https://a.example/p?b=1&a=2&a=1', 'https://a.example/p?a=2&a=1&b=1'],
  ['https://a.example/p?a-b=1&a=2', 'https://a.example/p?a=2&a-b=1'],
  ['https://a.example/p?a=x+y&b=%7e!*', 'https://a.example/p?a=x%20y&b=~%21%2A'],
  ['https://a.example/p?flag', 'https://a.example/p?flag='],
  ['https://A.example:443/x/../p?#top', 'https://a.example/p'],
])('%s becomes %s', (url, canonical) => {
  expect(canonicalUrl(url)).toBe(canonical);
});

test('the form does not depend on the order of names, and is its own', () => {
  const pair = fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }));
  const pairsOfOtherNames = fc.uniqueArray(pair, { maxLength: 6, selector: ([name]) => name });
  fc.assert(
    fc.property(pairsOfOtherNames, (pairs) => {
      const of = (each: typeof pairs) => canonicalUrl(`https://a.example/?${new URLSearchParams(each)}`);
      expect(of([...pairs].reverse())).toBe(of(pairs));
      expect(canonicalUrl(of(pairs))).toBe(of(pairs));
      expect(new URL(of(pairs)).href).toBe(of(pairs));
    }),
  );
});
