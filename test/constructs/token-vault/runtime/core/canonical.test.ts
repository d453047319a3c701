import fc from 'fast-check';
import { canonical, type Part } from '../../../../../lib/constructs/token-vault/runtime/core/canonical';

const part = fc.oneof(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 20 }));

/** Reads back what was written, which only an encoding without ambiguity allows. */
function read(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    parts.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return parts;
}

const asBytes = (one: Part) => (typeof one === 'string' ? Buffer.from(one, 'utf8') : Buffer.from(one));

test('what was written can be read back, so that no two lists give the same bytes', () => {
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      expect(read(canonical(...parts))).toEqual(parts.map(asBytes));
    }),
  );
});

test.each([
  [
    ['ab', 'c'],
    ['a', 'bc'],
  ],
  [
    ['', 'a'],
    ['a', ''],
  ],
  [['a'], ['a', '']],
  [['a\0b'], ['a', 'b']],
])('%j and %j differ', (one, other) => {
  expect(canonical(...one)).not.toEqual(canonical(...other));
});
