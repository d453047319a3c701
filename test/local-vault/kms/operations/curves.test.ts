import {
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  verify,
} from 'node:crypto';
import type { KMS } from '@aws-sdk/client-kms';
import { digestVerified, signDigest } from '../../../../lib/local-vault/kms/operations/digests';
import { ROOT, type ServedVaultKms, servedKms } from '../../../_fixtures/vault/kms';

let served: ServedVaultKms;
beforeAll(async () => {
  served = await servedKms();
});
afterAll(() => served.close());

/** The SDK's real client. */
const kmsOf = () => served.clientOf(ROOT);
const symmetric = async (kms: KMS) => (await kms.createKey({})).KeyMetadata?.KeyId ?? '';
const bytes = (text: string) => Buffer.from(text);

describe('a pair of P-256', () => {
  const signing = async (kms: KMS) =>
    (await kms.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' })).KeyMetadata?.KeyId ?? '';
  const SigningAlgorithm = 'ECDSA_SHA_256';
  const publicKeyOf = async (kms: KMS, KeyId: string) => {
    const { PublicKey } = await kms.getPublicKey({ KeyId });
    return createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
  };

  test('signs messages and digests so that others verify both', async () => {
    const kms = kmsOf();
    const KeyId = await signing(kms);
    const publicKey = await publicKeyOf(kms, KeyId);
    const message = bytes('a receipt');
    const digest = createHash('sha256').update(message).digest();
    const raw = await kms.sign({ KeyId, SigningAlgorithm, Message: message });
    const ofDigest = await kms.sign({ KeyId, SigningAlgorithm, Message: digest, MessageType: 'DIGEST' });
    for (const { Signature = new Uint8Array() } of [raw, ofDigest]) {
      expect(verify('sha256', message, publicKey, Signature)).toBe(true);
      const is = { KeyId, SigningAlgorithm, Signature } as const;
      expect(await kms.verify({ ...is, Message: message })).toMatchObject({ SignatureValid: true });
      expect(await kms.verify({ ...is, Message: digest, MessageType: 'DIGEST' })).toMatchObject({
        SignatureValid: true,
      });
      await expect(kms.verify({ ...is, Message: bytes('another') })).rejects.toMatchObject({
        name: 'KMSInvalidSignatureException',
      });
      const other = createHash('sha256').update('another').digest();
      await expect(kms.verify({ ...is, Message: other, MessageType: 'DIGEST' })).rejects.toMatchObject({
        name: 'KMSInvalidSignatureException',
      });
    }
    await expect(
      kms.sign({ KeyId, SigningAlgorithm, Message: bytes('short'), MessageType: 'DIGEST' }),
    ).rejects.toMatchObject({ message: 'Digest is invalid length for algorithm ECDSA_SHA_256.' });
  });

  test('takes the signature of RFC 6979, A.2.5, and no other; and its own are verified by node:crypto', () => {
    const jwk = (x: string, y: string) => ({
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: Buffer.from(x, 'hex').toString('base64url'),
        y: Buffer.from(y, 'hex').toString('base64url'),
      },
      format: 'jwk' as const,
    });
    const publicKey = createPublicKey(
      jwk(
        '60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6',
        '7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299',
      ),
    );
    const r = 'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716';
    const s = 'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8';
    const signature = Buffer.from(`3046022100${r}022100${s}`, 'hex');
    const digest = createHash('sha256').update('sample').digest();
    expect(digestVerified(publicKey, digest, signature)).toBe(true);
    expect(digestVerified(publicKey, createHash('sha256').update('test').digest(), signature)).toBe(false);
    for (const broken of [Buffer.alloc(0), signature.subarray(1), Buffer.concat([signature, Buffer.of(0)])])
      expect(digestVerified(publicKey, digest, broken)).toBe(false);
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    for (let count = 0; count < 40; count += 1) {
      const message = bytes(`message ${count}`);
      const own = signDigest(pair.privateKey, createHash('sha256').update(message).digest());
      expect(verify('sha256', message, pair.publicKey, own)).toBe(true);
    }
  });

  /** NIST CAVP, "ECC CDH Primitive" (SP 800-56A), P-256, counts 0 and 1. */
  test.each([
    [
      '700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287',
      'db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac',
      '7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534',
      'ead218590119e8876b29146ff89ca61770c4edbbf97d38ce385ed281d8a6b230',
      '28af61281fd35e2fa7002523acc85a429cb06ee6648325389f59edfce1405141',
      '46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b',
    ],
    [
      '809f04289c64348c01515eb03d5ce7ac1a8cb9498f5caa50197e58d43a86a7ae',
      'b29d84e811197f25eba8f5194092cb6ff440e26d4421011372461f579271cda3',
      '38f65d6dce47676044d58ce5139582d568f64bb16098d179dbab07741dd5caf5',
      '119f2f047902782ab0c9e27a54aff5eb9b964829ca99c06b02ddba95b0a3f6d0',
      '8f52b726664cac366fc98ac7a012b2682cbd962e5acb544671d41b9445704d1d',
      '057d636096cb80b67a8c038c890e887d1adfa4195e9b3ce241c8a778c59cda67',
    ],
  ])('agrees on the secret of NIST: %#', async (x, y, d, ownX, ownY, secret) => {
    const point = (a: string, b: string) => ({
      kty: 'EC',
      crv: 'P-256',
      x: Buffer.from(a, 'hex').toString('base64url'),
      y: Buffer.from(b, 'hex').toString('base64url'),
    });
    const own = createPrivateKey({
      key: { ...point(ownX, ownY), d: Buffer.from(d, 'hex').toString('base64url') },
      format: 'jwk',
    });
    const KeyId = served.kms.addKey({
      spec: 'ECC_NIST_P256',
      usage: 'KEY_AGREEMENT',
      material: own.export({ format: 'der', type: 'pkcs8' }),
    });
    const peer = createPublicKey({ key: point(x, y), format: 'jwk' });
    const PublicKey = peer.export({ format: 'der', type: 'spki' });
    const made = await kmsOf().deriveSharedSecret({ KeyId, PublicKey, KeyAgreementAlgorithm: 'ECDH' });
    expect(Buffer.from(made.SharedSecret ?? []).toString('hex')).toBe(secret);
  });

  test('agrees on nothing with a point that is not on the curve, or is on another', async () => {
    const KeyId = served.kms.addKey({ spec: 'ECC_NIST_P256', usage: 'KEY_AGREEMENT' });
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const off = pair.publicKey.export({ format: 'der', type: 'spki' });
    off[off.length - 1] = (off.at(-1) ?? 0) ^ 1;
    const foreign = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({
      format: 'der',
      type: 'spki',
    });
    for (const PublicKey of [off, foreign, bytes('no key')])
      await expect(
        kmsOf().deriveSharedSecret({ KeyId, PublicKey, KeyAgreementAlgorithm: 'ECDH' }),
      ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('can be a data key pair, whose private key comes back from Decrypt and fits its public key', async () => {
    const kms = kmsOf();
    const EncryptionContext = { epoch: '7' };
    const { PrivateKeyCiphertextBlob, PublicKey } = await kms.generateDataKeyPairWithoutPlaintext({
      KeyId: await symmetric(kms),
      KeyPairSpec: 'ECC_NIST_P256',
      EncryptionContext,
    });
    const { Plaintext } = await kms.decrypt({ CiphertextBlob: PrivateKeyCiphertextBlob, EncryptionContext });
    const privateKey = createPrivateKey({ key: Buffer.from(Plaintext ?? []), format: 'der', type: 'pkcs8' });
    const publicKey = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(diffieHellman({ privateKey, publicKey: other.publicKey })).toEqual(
      diffieHellman({ privateKey: other.privateKey, publicKey }),
    );
  });
});
