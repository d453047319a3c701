import { sign, verify } from 'node:crypto';
import { component, createSignature, type RequestDescriptor, verifySignature } from 'http-message-sig';
import {
  contentDigest,
  type RequestMessage,
  signRequest,
  signResponse,
  verifyRequest,
  verifyResponse,
} from '../../../lib/target';
import { CREATED, NOW, options, PAIRS, PAYMENT, signed, signerOf } from './messages';

/**
 * Held against `http-message-sig` of Cloudflare, which shares no code with `http-message-signatures`, below ours: neither
 * its parser, nor its signature base, nor its cryptography.
 */
const second = NOW.getTime() / 1000;
const descriptor = ({ method, url, headers }: RequestMessage): RequestDescriptor => ({
  kind: 'request',
  method,
  targetUri: url,
  fields: Object.entries(headers).map(([name, value]) => ({ name, value: String(value) })),
});
const verifier = {
  algorithm: 'ed25519',
  verify: (data: Uint8Array, signature: Uint8Array) => verify(null, data, PAIRS.ed25519.publicKey, signature),
};
const signer = {
  algorithm: 'ed25519',
  sign: (data: Uint8Array) => sign(null, data, PAIRS.ed25519.privateKey),
};
const policy = {
  algorithms: ['ed25519'],
  requiredComponents: ['@method', '@target-uri', 'content-digest'],
  requiredParameters: ['created', 'keyid', 'nonce', 'tag'],
  maxAge: 300,
  now: second,
};

test('it verifies our requests', async () => {
  const request = await signed();
  const verified = await verifySignature(descriptor(request), { policy, resolveVerifier: () => verifier });
  expect(verified.parameters).toMatchObject({
    created: second,
    keyid: 'acme-ed25519',
    tag: 'partner-request',
  });
});

test('it refuses our requests when one bit is another', async () => {
  const request = await signed();
  const changed = { ...request, url: request.url.replace('dry=1', 'dry=0') };
  await expect(
    verifySignature(descriptor(changed), { policy, resolveVerifier: () => verifier }),
  ).rejects.toMatchObject({ code: 'VerificationFailed' });
});

test.each([
  ['@target-uri', ['@method', '@target-uri']],
  ['authority, path and query', ['@method', '@authority', '@path', '@query']],
])('we verify its requests, with %s', async (_, components) => {
  const headers = { ...PAYMENT.headers, 'content-digest': contentDigest(PAYMENT.body, 'sha-512') };
  const { signature, signatureInput } = await createSignature(descriptor({ ...PAYMENT, headers }), {
    label: 'partner',
    components: [...components, 'content-type', 'content-digest', 'idempotency-key'],
    parameters: {
      created: second,
      expires: second + 60,
      nonce: 'b3k2pp5k7z-50gnwp.yemd',
      keyid: 'acme-ed25519',
      alg: 'ed25519',
      tag: 'partner-request',
    },
    signer,
  });
  const request = { ...PAYMENT, headers: { ...headers, signature, 'signature-input': signatureInput } };
  expect(await verifyRequest(request, options())).toMatchObject({ verified: true, partner: 'acme-ed25519' });
  expect(await verifyRequest(request, options({ now: new Date(NOW.getTime() + 61_000) }))).toMatchObject({
    problem: { code: 'signature-expired', detail: 'expires must lie ahead, sign again when sending again' },
  });
});

test('it verifies our responses, and we verify its', async () => {
  const request = await signed();
  const ours = await signResponse(CREATED, request, { signer: signerOf(), now: NOW });
  const message = (fields: Record<string, unknown>) => ({
    kind: 'response' as const,
    status: CREATED.status,
    fields: Object.entries(fields).map(([name, value]) => ({ name, value: String(value) })),
    request: descriptor(request),
  });
  await verifySignature(message({ ...CREATED.headers, ...ours }), {
    policy: { ...policy, requiredComponents: ['@status', component('signature', { req: true })] },
    resolveVerifier: () => verifier,
  });

  const headers = { ...CREATED.headers, 'content-digest': contentDigest(CREATED.body) };
  const { signature, signatureInput } = await createSignature(message(headers), {
    label: 'answer',
    components: [
      '@status',
      component('@method', { req: true }),
      component('@target-uri', { req: true }),
      component('signature', { req: true }),
      'content-digest',
      'content-type',
    ],
    parameters: {
      created: second,
      nonce: 'b3k2pp5k7z-50gnwp.yemd',
      keyid: 'acme-ed25519',
      tag: 'partner-response',
    },
    signer,
  });
  const response = { ...CREATED, headers: { ...headers, signature, 'signature-input': signatureInput } };
  expect(verifyResponse(response, request, { ...options(), partner: 'acme-ed25519' })).toMatchObject({
    verified: true,
  });
});

test('what we sign without options is what it verifies without ours', async () => {
  const get = { method: 'GET', url: PAYMENT.url, headers: {} };
  const fields = await signRequest(get, { signer: signerOf(), now: NOW });
  expect(Object.keys(fields)).toEqual(['signature-input', 'signature']);
  await verifySignature(descriptor({ ...get, headers: fields }), {
    policy: { ...policy, requiredComponents: ['@method', '@target-uri'] },
    resolveVerifier: () => verifier,
  });
});
