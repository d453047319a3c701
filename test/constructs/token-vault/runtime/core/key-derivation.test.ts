import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import {
  deriveKey,
  hmac,
  kbkdfBlock,
} from '../../../../../lib/constructs/token-vault/runtime/core/key-derivation';
import kbkdf from '../../../../_fixtures/vectors/nist-kbkdf-counter-hmac-sha256.json';
import vectors from '../../../../_fixtures/vectors/wycheproof-hmac-sha256.json';

const hex = (text: string) => Buffer.from(text, 'hex');

test.each(vectors.tests.map((vector) => [`${vector.tcId} ${vector.comment}`, vector] as const))(
  'Project Wycheproof, HMAC-SHA-256: %s',
  (_, { key, msg, tag, result }) => {
    expect(hmac(hex(key), hex(msg)).toString('hex') === tag).toBe(result === 'valid');
  },
);

/** RFC 4231, test cases 1 to 4 and 6. */
test.each([
  ['0b'.repeat(20), '4869205468657265', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  [
    '4a656665',
    '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  ['aa'.repeat(20), 'dd'.repeat(50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
  [
    '0102030405060708090a0b0c0d0e0f10111213141516171819',
    'cd'.repeat(50),
    '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
  ],
  [
    'aa'.repeat(131),
    '54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374',
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
])('RFC 4231: a key of %s', (key, data, expected) => {
  expect(hmac(hex(key), hex(data)).toString('hex')).toBe(expected);
});

test.each(kbkdf.tests.map((vector) => [vector.count, vector] as const))(
  'NIST CAVP, KBKDF in counter mode, the counter of 32 bits before the fixed data: case %d',
  (_, { key, fixedInputData, output }) => {
    expect(kbkdfBlock(hex(key), hex(fixedInputData)).toString('hex')).toBe(output);
  },
);

test('a derived key is the first block of SP 800-108 in counter mode: counter, label, zero, context, length', () => {
  const key = Buffer.alloc(32, 7);
  const context = Buffer.from('context');
  const input = Buffer.concat([
    hex('00000001'),
    Buffer.from('record/1'),
    hex('00'),
    context,
    // 256 bits, in 32 bits.
    hex('00000100'),
  ]);
  expect(deriveKey(key, 'record/1', context)).toEqual(createHmac('sha256', key).update(input).digest());
});

test('another key, label or context gives another key', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });
  const label = fc.constantFrom('record/1', 'subject-key/1');
  fc.assert(
    fc.property(fc.tuple(bytes, label, bytes), fc.tuple(bytes, label, bytes), (one, other) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other));
      // HMAC fills a short key with zeros: two keys that differ in trailing zeros alone are one key (RFC 2104).
      fc.pre(one[0].at(-1) !== 0 && other[0].at(-1) !== 0);
      return !deriveKey(...one).equals(deriveKey(...other));
    }),
  );
});
