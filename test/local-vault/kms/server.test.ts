import { generateKeyPairSync } from 'node:crypto';
import { connect } from 'node:net';
import {
  DecryptCommand,
  DeriveSharedSecretCommand,
  DescribeKeyCommand,
  EncryptCommand,
  KMSClient,
  ListKeysCommand,
} from '@aws-sdk/client-kms';
import { DEFAULT_QUOTAS } from '../../../lib/local-vault/kms';
import {
  canonicalRequest,
  signatureOf,
  signingKey,
  stringToSign,
  timeText,
} from '../../../lib/local-vault/kms/signature-v4';
import { principal, REGION, ROOT, type ServedVaultKms, servedKms } from '../../_fixtures/vault/kms';

let served: ServedVaultKms;
beforeEach(async () => {
  served = await servedKms({ quotas: { ...DEFAULT_QUOTAS, ecc: 3 } });
});
afterEach(() => served.close());

const list = new ListKeysCommand({});
const headers = { 'x-amz-target': 'TrentService.ListKeys', 'content-type': 'application/x-amz-json-1.1' };
const post = (more: Record<string, string> = {}, body = '{}') =>
  fetch(served.url, { method: 'POST', headers: { ...headers, ...more }, body }).then(async (answer) => ({
    status: answer.status,
    body: await answer.json(),
  }));

describe('who signs a request', () => {
  test('is known by it', async () => {
    await expect(served.clientOf(ROOT).send(list)).resolves.toMatchObject({ Keys: [] });
    expect(served.kms.log.calls.at(-1)).toMatchObject({ operation: 'ListKeys', principal: ROOT.arn });
  });

  test('with another secret, a key that is not known, or a token that is not its own is refused', async () => {
    const forged = { ...ROOT, secretAccessKey: 'guessed' };
    await expect(served.clientOf(forged).send(list)).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      message: expect.stringMatching(/^The request signature we calculated does not match/),
    });
    for (const who of [principal('NOBODY', ROOT.arn), { ...ROOT, sessionToken: 'stolen' }])
      await expect(served.clientOf(who).send(list)).rejects.toMatchObject({
        name: 'UnrecognizedClientException',
        message: 'The security token included in the request is invalid.',
      });
    expect(served.kms.log.calls.every(({ principal }) => principal === undefined)).toBe(true);
  });

  test('for another Region or at another time is refused, and the SDK then sets its clock', async () => {
    const client = served.clientOf(ROOT);
    client.config.systemClockOffset -= 6 * 60 * 1000;
    await expect(client.send(list)).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      message: expect.stringMatching(/^Signature expired: /),
    });
    await expect(client.send(list)).resolves.toMatchObject({ Keys: [] });
    const abroad = new KMSClient({
      region: 'us-east-1',
      endpoint: served.url,
      credentials: ROOT,
      maxAttempts: 1,
      systemClockOffset: served.clock.now - Date.now(),
    });
    await expect(abroad.send(list)).rejects.toMatchObject({ name: 'InvalidSignatureException' });
    abroad.destroy();
    expect(REGION).toBe('eu-west-1');
  });

  test('by a role shows the token of its session, and only that one', async () => {
    const role = principal('SESSION', ROOT.arn, { sessionToken: 'its own' });
    served.kms.addPrincipal(role);
    await expect(served.clientOf(role).send(list)).resolves.toMatchObject({ Keys: [] });
    const { sessionToken: _, ...without } = role;
    await expect(served.clientOf(without).send(list)).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });

  test('signs what is asked for: another target under the same signature is refused', async () => {
    const time = timeText(served.clock.now);
    const scope = { date: time.slice(0, 8), region: REGION, service: 'kms' };
    const signedWith = async (...names: readonly string[]) => {
      const all = { ...headers, host: new URL(served.url).host, 'x-amz-date': time };
      const request = { method: 'POST', target: '/', headers: all, body: Buffer.from('{}') };
      const text = stringToSign(canonicalRequest(request, names), time, scope);
      const signature = signatureOf(signingKey(ROOT.secretAccessKey, scope), text);
      const credential = `${ROOT.accessKeyId}/${scope.date}/${REGION}/kms/aws4_request`;
      return post({
        'x-amz-date': time,
        authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
      });
    };
    expect(await signedWith('host', 'x-amz-date', 'x-amz-target')).toMatchObject({ status: 200 });
    expect(await signedWith('host', 'x-amz-date')).toEqual({
      status: 400,
      body: { __type: 'InvalidSignatureException', message: "'x-amz-target' must be a signed header." },
    });
  });

  test('nobody is refused, in the words of AWS', async () => {
    expect(await post()).toEqual({
      status: 400,
      body: { __type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
    });
    expect(await post({ authorization: 'Bearer x' })).toMatchObject({
      body: { __type: 'IncompleteSignatureException' },
    });
  });
});

test('it listens on loopback, and on no other address', async () => {
  expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const port = Number(new URL(served.url).port);
  const outside = await new Promise((done) => {
    const socket = connect({ port, host: '::1' });
    socket.once('connect', () => done('connected')).once('error', () => done('refused'));
  });
  expect(outside).toBe('refused');
});

test('more than a request can be is refused, as is what is no JSON', async () => {
  expect(await post({}, 'x'.repeat(70_000))).toMatchObject({
    status: 413,
    body: { __type: 'RequestEntityTooLargeException' },
  });
});

test('too many requests are refused until the bucket has filled again', async () => {
  const { publicKey: PublicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { format: 'der', type: 'spki' },
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
  });
  const KeyId = served.kms.addKey({ spec: 'ECC_NIST_P256', usage: 'KEY_AGREEMENT' });
  const command = new DeriveSharedSecretCommand({ KeyId, PublicKey, KeyAgreementAlgorithm: 'ECDH' });
  const ask = () => served.clientOf(ROOT).send(command);
  for (let count = 0; count < 3; count += 1) await ask();
  await expect(ask()).rejects.toMatchObject({
    name: 'ThrottlingException',
    message: 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
  });
  served.move(334);
  await expect(ask()).resolves.toMatchObject({ KeyId });
  await expect(ask()).rejects.toMatchObject({ name: 'ThrottlingException' });
});

describe('a fault', () => {
  const encrypt = (maxAttempts: number) => {
    const KeyId = served.kms.addKey({ spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT' });
    return served
      .clientOf(ROOT, maxAttempts)
      .send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') }));
  };

  test.each(['throttle', 'internal', 'cut', 'reset', 'page'] as const)(
    "by '%s' is met as often as is said, and the SDK's own attempts get over it",
    async (kind) => {
      served.kms.faults.add(kind, 'Encrypt', 2);
      const answer = await encrypt(3);
      expect(answer.$metadata.attempts).toBe(3);
      expect(served.kms.log.counts.Encrypt).toBe(3);
      served.kms.faults.add(kind, 'Encrypt', 1);
      await expect(encrypt(1)).rejects.toThrow();
      await expect(encrypt(1)).resolves.toMatchObject({ $metadata: { attempts: 1 } });
    },
  );

  test("by 'hang' ends only when who asks gives up", async () => {
    served.kms.faults.add('hang');
    const KeyId = served.kms.addKey({ spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT' });
    const abortSignal = AbortSignal.timeout(50);
    await expect(
      served.clientOf(ROOT).send(new DescribeKeyCommand({ KeyId }), { abortSignal }),
    ).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  test('is of one operation and not of another', async () => {
    served.kms.faults.add('internal', 'Decrypt');
    const { CiphertextBlob } = await encrypt(1);
    await expect(served.clientOf(ROOT).send(new DecryptCommand({ CiphertextBlob }))).rejects.toMatchObject({
      name: 'KMSInternalException',
      $metadata: { httpStatusCode: 500 },
    });
  });
});

test('requests for the same at one time are counted', async () => {
  served.kms.faults.add('hang');
  const client = served.clientOf(ROOT);
  const end = new AbortController();
  const asked = [1, 2, 3].map(() => client.send(list, { abortSignal: end.signal }));
  const all = Promise.allSettled(asked);
  while (served.kms.log.total < 3) await new Promise((done) => setTimeout(done, 5));
  end.abort();
  await all;
  expect([served.kms.log.mostAlike, served.kms.log.total]).toEqual([3, 3]);
  served.kms.log.clear();
  expect([served.kms.log.mostAlike, served.kms.log.total, served.kms.log.calls]).toEqual([0, 0, []]);
});
