import fc from 'fast-check';
import { open, SEALING_BYTES, seal } from '../../../../../lib/constructs/token-vault/runtime/core/sealed';
import nist from '../../../../_fixtures/vectors/nist-gcm-256.json';
import vectors from '../../../../_fixtures/vectors/wycheproof-aes-256-gcm.json';

const hex = (text: string) => Buffer.from(text, 'hex');
const { tests } = vectors;
const name = ({ tcId, comment }: (typeof tests)[number]) => `${tcId} ${comment}`;
const sealedOf = ({ iv, ct, tag }: (typeof tests)[number]) => hex(`01${iv}${ct}${tag}`);

describe('Project Wycheproof, AES-256-GCM', () => {
  test.each(
    tests.filter(({ result }) => result === 'valid').map((vector) => [name(vector), vector] as const),
  )('seals and opens %s', (_, vector) => {
    const { key, iv, aad, msg } = vector;
    const sealed = seal(hex(key), hex(msg), hex(aad), () => hex(iv));
    expect(sealed.toString('hex')).toBe(sealedOf(vector).toString('hex'));
    expect(open(hex(key), sealed, hex(aad))?.toString('hex')).toBe(msg);
  });

  test.each(
    tests.filter(({ result }) => result === 'invalid').map((vector) => [name(vector), vector] as const),
  )('does not open %s', (_, vector) => {
    expect(open(hex(vector.key), sealedOf(vector), hex(vector.aad))).toBeUndefined();
  });

  test('both kinds are among them', () => {
    expect(new Set(tests.map(({ result }) => result))).toEqual(new Set(['valid', 'invalid']));
  });
});

describe('NIST CAVP, AES-256-GCM', () => {
  const named = nist.tests.map(
    (vector) => [`${vector.file}, ${vector.section}, case ${vector.count}`, vector] as const,
  );
  const inOurForm = ({ iv, ct, tag }: (typeof nist.tests)[number]) => hex(`01${iv}${ct}${tag}`);

  test.each(named.filter(([, { result }]) => result === 'valid'))('seals and opens %s', (_, vector) => {
    const { key, iv, aad, msg = '' } = vector;
    expect(seal(hex(key), hex(msg), hex(aad), () => hex(iv)).toString('hex')).toBe(
      inOurForm(vector).toString('hex'),
    );
    expect(open(hex(key), inOurForm(vector), hex(aad))?.toString('hex')).toBe(msg);
  });

  test.each(named.filter(([, { result }]) => result === 'invalid'))('does not open %s', (_, vector) => {
    expect(open(hex(vector.key), inOurForm(vector), hex(vector.aad))).toBeUndefined();
  });

  test('twelve of them are valid, six are not', () => {
    const count = (wanted: string) => nist.tests.filter(({ result }) => result === wanted).length;
    expect([count('valid'), count('invalid')]).toEqual([12, 6]);
  });
});

const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size });

test('any flipped bit, and any cut, keeps it shut', () => {
  fc.assert(
    fc.property(
      bytes(32),
      fc.uint8Array({ maxLength: 64 }),
      fc.uint8Array({ maxLength: 64 }),
      bytes(12),
      fc.nat(),
      (key, plaintext, authenticated, iv, at) => {
        const sealed = seal(key, plaintext, authenticated, () => iv);
        const flipped = Buffer.from(sealed);
        const bit = at % (sealed.length * 8);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const cut = sealed.subarray(0, at % sealed.length);
        return (
          open(key, flipped, authenticated) === undefined &&
          open(key, cut, authenticated) === undefined &&
          Buffer.compare(open(key, sealed, authenticated) ?? Buffer.from('shut'), plaintext) === 0
        );
      },
    ),
  );
});

test('what is sealed is longer by a version, an IV and a tag, and by nothing else', () => {
  expect(
    seal(Buffer.alloc(32), Buffer.alloc(19), Buffer.alloc(0), (count) => Buffer.alloc(count)),
  ).toHaveLength(19 + SEALING_BYTES);
  expect(SEALING_BYTES).toBe(29);
});
