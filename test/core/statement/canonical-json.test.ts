import fc from 'fast-check';
import { canonicalJson } from '../../../lib/core/statement';

test('has its keys in the order of code units, and no space (RFC 8785, 3.2)', () => {
  expect(canonicalJson({ b: [1, { z: null, a: 'é\n' }], a: false, '\u20ac': 1, A: {} })).toBe(
    '{"A":{},"a":false,"b":[1,{"a":"é\\n","z":null}],"\u20ac":1}',
  );
});

test('leaves out what is not there', () => {
  expect(canonicalJson({ a: undefined, b: [undefined] })).toBe('{"b":[null]}');
});

test('says the same as the data, whatever the order of its keys', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // `-0` is `0` in JSON.
      const data = JSON.parse(JSON.stringify(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(data);
      if (typeof data !== 'object' || data === null || Array.isArray(data)) return;
      const turned = Object.fromEntries(Object.entries(data).reverse());
      expect(canonicalJson(turned)).toBe(canonicalJson(data));
    }),
    { numRuns: 200 },
  );
});
