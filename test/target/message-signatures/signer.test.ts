import { createHash, sign, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KMS } from '@aws-sdk/client-kms';
import fc from 'fast-check';
import {
  type KmsSignCall,
  kmsSigner,
  privateKeySigner,
  SIGNATURE_ALGORITHMS,
  verifyRequest,
} from '../../../lib/target';
import { options, PAIRS, PAYMENT, signed } from './messages';

/** Answers as AWS KMS does: ECDSA in DER, PSS with a salt as long as the hash, and a digest where one is given. */
function kms(calls: unknown[] = []): KmsSignCall {
  return {
    async sign({ SigningAlgorithm, Message, MessageType, KeyId }) {
      calls.push({ SigningAlgorithm, MessageType, KeyId, bytes: Message.length });
      const algorithm = {
        ED25519_SHA_512: 'ed25519',
        ECDSA_SHA_256: 'ecdsa-p256-sha256',
        RSASSA_PSS_SHA_512: 'rsa-pss-sha512',
      }[SigningAlgorithm] as (typeof SIGNATURE_ALGORITHMS)[number];
      return { Signature: prehashed(algorithm, Message, MessageType) };
    },
  };
}

/** Node signs no digest that was made before, so the fake looks up the message of which it is. */
const messages = new Map<string, Uint8Array>();
function prehashed(
  algorithm: (typeof SIGNATURE_ALGORITHMS)[number],
  message: Uint8Array,
  type: 'RAW' | 'DIGEST',
): Uint8Array {
  const key = PAIRS[algorithm].privateKey;
  if (type === 'RAW') return sign(null, message, key);
  const whole = messages.get(Buffer.from(message).toString('hex'));
  if (whole === undefined) throw new Error('the digest is that of nothing that was to be signed');
  if (algorithm === 'ecdsa-p256-sha256') return sign('sha256', whole, { key, dsaEncoding: 'der' });
  return sign('sha512', whole, { key, padding: 6, saltLength: 64 });
}
const remembering = (signer: ReturnType<typeof kmsSigner>) => ({
  ...signer,
  sign: (data: Uint8Array) => {
    for (const hash of ['sha256', 'sha512']) {
      messages.set(createHash(hash).update(data).digest('hex'), Buffer.from(data));
    }
    return signer.sign(data);
  },
});

test.each([
  ['ed25519', 'ED25519_SHA_512', 'RAW'],
  ['ecdsa-p256-sha256', 'ECDSA_SHA_256', 'DIGEST'],
  ['rsa-pss-sha512', 'RSASSA_PSS_SHA_512', 'DIGEST'],
] as const)('KMS signs with %s', async (algorithm, SigningAlgorithm, MessageType) => {
  const calls: unknown[] = [];
  const signer = remembering(
    kmsSigner({ keyId: `acme-${algorithm}`, algorithm, kmsKeyId: 'alias/partner', kms: kms(calls) }),
  );
  expect(await verifyRequest(await signed(PAYMENT, { signer }), options())).toMatchObject({ verified: true });
  expect(calls).toEqual([expect.objectContaining({ SigningAlgorithm, MessageType, KeyId: 'alias/partner' })]);
});

test('the client of the AWS SDK is what it takes, and KMS gets the digest alone', async () => {
  const bodies: Record<string, string>[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString());
    bodies.push({ ...body, target: request.headers['x-amz-target'] });
    const { Signature } = await kms().sign({ ...body, Message: Buffer.from(body.Message, 'base64') });
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ Signature: Buffer.from(Signature ?? []).toString('base64') }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const client = new KMS({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  try {
    const algorithm = 'ecdsa-p256-sha256';
    const signer = remembering(
      kmsSigner({ keyId: `acme-${algorithm}`, algorithm, kmsKeyId: 'alias/partner', kms: client }),
    );
    expect(await verifyRequest(await signed(PAYMENT, { signer }), options())).toMatchObject({
      verified: true,
    });
    expect(bodies).toEqual([
      {
        target: 'TrentService.Sign',
        KeyId: 'alias/partner',
        Message: expect.stringMatching(/^[\w+/]{43}=$/),
        MessageType: 'DIGEST',
        SigningAlgorithm: 'ECDSA_SHA_256',
      },
    ]);
  } finally {
    client.destroy();
    await new Promise((done) => server.close(done));
  }
});

test('any ECDSA signature in DER becomes two numbers of 32 bytes, also where one is short', async () => {
  const { privateKey, publicKey } = PAIRS['ecdsa-p256-sha256'];
  const lengths = new Set<number>();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 40 }), async (data) => {
      const der = sign('sha256', data, { key: privateKey, dsaEncoding: 'der' });
      lengths.add(der.length);
      const signer = kmsSigner({
        keyId: 'k',
        algorithm: 'ecdsa-p256-sha256',
        kmsKeyId: 'k',
        kms: { sign: async () => ({ Signature: der }) },
      });
      const joined = await signer.sign(data);
      return verify('sha256', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, joined);
    }),
    { numRuns: 600 },
  );
  // Leading zeros are left out in DER, and a leading one bit needs one more byte: all of it occurred.
  expect(lengths.size).toBeGreaterThanOrEqual(3);
});

test.each([
  ['nothing', undefined, "'kms' must answer with a signature, got none"],
  ['no DER', Buffer.alloc(64), "'kms' must answer with a signature in DER, got something else"],
  [
    'half of it',
    Buffer.from('30060201010201', 'hex'),
    "'kms' must answer with a signature in DER, got something else",
  ],
  [
    'more after it',
    Buffer.from('300602010102010100', 'hex'),
    "'kms' must answer with a signature in DER, got something else",
  ],
])('an answer of KMS that is %s is refused', async (_, Signature, message) => {
  const signer = kmsSigner({
    keyId: 'k',
    algorithm: 'ecdsa-p256-sha256',
    kmsKeyId: 'k',
    kms: { sign: async () => ({ Signature }) },
  });
  await expect(signer.sign(Buffer.from('x'))).rejects.toThrow(`signer: ${message}`);
});

test.each(SIGNATURE_ALGORITHMS)(
  'a private key of %s is read as PEM, JSON Web Key and KeyObject',
  async (algorithm) => {
    const { privateKey } = PAIRS[algorithm];
    const forms = [
      privateKey,
      privateKey.export({ format: 'jwk' }),
      String(privateKey.export({ format: 'pem', type: 'pkcs8' })),
    ];
    for (const each of forms) {
      const signer = privateKeySigner({ keyId: `acme-${algorithm}`, algorithm, privateKey: each });
      expect(await verifyRequest(await signed(PAYMENT, { signer }), options())).toMatchObject({
        verified: true,
      });
    }
  },
);

test('a key that is none, public or of another algorithm is refused, and not shown', () => {
  const read = (privateKey: Parameters<typeof privateKeySigner>[0]['privateKey']) => () =>
    privateKeySigner({ keyId: 'k', algorithm: 'ed25519', privateKey });
  const message =
    "signer: 'privateKey' must be a private key as PEM, JSON Web Key or KeyObject, got none of them";
  expect(read('hunter2')).toThrow(message);
  expect(read(PAIRS.ed25519.publicKey)).toThrow(message);
  expect(read({ kty: 'OKP' })).toThrow(message);
  expect(read(PAIRS['rsa-pss-sha512'].privateKey)).toThrow(
    "signer: 'privateKey' must be an Ed25519 key, got rsa, since its algorithm is ed25519",
  );
});
