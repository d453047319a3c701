import { generateKeyPairSync } from 'node:crypto';
import { type PartnerKey, PartnerKeys } from '../../../lib/target';
import { PAIRS, PARTNER_KEYS } from './messages';

const [KEY] = PARTNER_KEYS as [PartnerKey];
const jwk = PAIRS.ed25519.publicKey.export({ format: 'jwk' });
const pemOf = (pair: { publicKey: { export(options: object): unknown } }) =>
  String(pair.publicKey.export({ format: 'pem', type: 'spki' }));
const PRIVATE =
  'must be a public key, got a private one, replace it since it was shown, and give the public one';

test('a key is found by its name, as PEM and as JSON Web Key', () => {
  for (const publicKey of [jwk, pemOf(PAIRS.ed25519)]) {
    const keys = PartnerKeys.of([{ ...KEY, publicKey, notBefore: '2026-01-01T00:00:00Z' }]);
    expect(keys.find('acme-ed25519')).toMatchObject({ partner: 'acme-ed25519', algorithm: 'ed25519' });
    expect(keys.find('acme')).toBeUndefined();
    expect(keys.find('constructor')).toBeUndefined();
  }
});

test.each<[string, readonly Partial<PartnerKey>[], string]>([
  ['none', [], 'keys of partners must be at least one, got none, name the key of a partner'],
  [
    'two of one name',
    [{}, { partner: 'other' }],
    "key 'acme-ed25519' must be named once, got two, give each key a name of its own",
  ],
  [
    'three of one partner',
    [{}, { keyId: 'b' }, { keyId: 'c' }],
    "key 'c' is one key too many of its partner, 2 are allowed, the old and the new one, take out the oldest",
  ],
  [
    'a name with a space',
    [{ keyId: 'a b' }],
    `keys of partners must have a 'keyId' of at most 100 letters, digits and . _ : / -, got "a b"`,
  ],
  [
    'a partner without name',
    [{ partner: '' }],
    `key 'acme-ed25519' must have a 'partner' of at most 64 letters, digits and . _ -, got ""`,
  ],
  [
    'a shared secret',
    [{ algorithm: 'hmac-sha256' as 'ed25519' }],
    `key 'acme-ed25519' must have one of the algorithms ed25519, ecdsa-p256-sha256, rsa-pss-sha512, got "hmac-sha256"`,
  ],
  [
    'a key of another algorithm',
    [{ algorithm: 'rsa-pss-sha512' }],
    "key 'acme-ed25519' must be an RSA key, got ed25519, since its algorithm is rsa-pss-sha512",
  ],
  [
    'a key on another curve',
    [
      {
        algorithm: 'ecdsa-p256-sha256',
        publicKey: pemOf(generateKeyPairSync('ec', { namedCurve: 'P-384' })),
      },
    ],
    "key 'acme-ed25519' must be a key on the curve P-256, got ec secp384r1, since its algorithm is ecdsa-p256-sha256",
  ],
  [
    'a short key',
    [{ algorithm: 'rsa-pss-sha512', publicKey: pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 })) }],
    "key 'acme-ed25519' must have 2048 to 4096 bits, got 1024, since its algorithm is rsa-pss-sha512",
  ],
  [
    'a private JSON Web Key',
    [{ publicKey: PAIRS.ed25519.privateKey.export({ format: 'jwk' }) }],
    `key 'acme-ed25519' ${PRIVATE}`,
  ],
  [
    'a private key in PEM',
    [{ publicKey: String(PAIRS.ed25519.privateKey.export({ format: 'pem', type: 'pkcs8' })) }],
    `key 'acme-ed25519' ${PRIVATE}`,
  ],
  [
    'no key',
    [{ publicKey: 'x' }],
    "key 'acme-ed25519' must be a public key as PEM or JSON Web Key, got neither",
  ],
  [
    'a day without time',
    [{ notAfter: '2027-11-23' }],
    `key 'acme-ed25519' must have a 'notAfter' such as 2027-12-01T00:00:00Z, got "2027-11-23"`,
  ],
  [
    'a month that is none',
    [{ notBefore: '2026-13-01T00:00:00Z' }],
    `key 'acme-ed25519' must have a 'notBefore' such as 2027-12-01T00:00:00Z, got "2026-13-01T00:00:00Z"`,
  ],
  [
    'a key that ends before it begins',
    [{ notBefore: '2027-11-23T12:00:00Z' }],
    "key 'acme-ed25519' must have a 'notBefore' that lies before 'notAfter'",
  ],
])('%s is refused', (_, keys, message) => {
  expect(() => PartnerKeys.of(keys.map((key) => ({ ...KEY, ...key })))).toThrow(`partner keys: ${message}`);
});
