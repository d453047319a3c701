import { type ResponseMessage, type SignOptions, signResponse, verifyResponse } from '../../../lib/target';
import { CREATED, NOW, PAYMENT, options as requestOptions, signed, signerOf } from './messages';

const options = (partner = 'acme-ed25519') => ({ ...requestOptions(), partner });

async function answered(given: Partial<SignOptions> = {}, response: ResponseMessage = CREATED) {
  const request = await signed();
  const fields = await signResponse(response, request, { signer: signerOf(), now: NOW, ...given });
  return { request, response: { ...response, headers: { ...response.headers, ...fields } } };
}

test('a response is verified with the request that it answers, and says who answered', async () => {
  const { request, response } = await answered();
  expect(verifyResponse(response, request, options())).toMatchObject({
    verified: true,
    partner: 'acme-ed25519',
    created: NOW,
  });
  expect(String(response.headers['signature-input'])).toMatch(
    /^sig=\("@status" "@method";req "@target-uri";req "signature";req "content-digest" "content-type"\);created=\d+;keyid="acme-ed25519";nonce="[\w-]+";tag="partner-response"$/,
  );
});

test('a response without content is verified, and none may be added', async () => {
  const { request, response } = await answered({}, { status: 204, headers: {} });
  expect(verifyResponse(response, request, options())).toMatchObject({ verified: true });
  expect(verifyResponse({ ...response, body: 'x' }, request, options())).toMatchObject({
    problem: { code: 'digest-missing' },
  });
});

test('it answers that request and no other, also none of the same kind', async () => {
  const { response } = await answered();
  expect(verifyResponse(response, await signed(), options())).toMatchObject({
    verified: false,
    problem: { code: 'signature-invalid' },
  });
});

test.each<[string, (response: ResponseMessage) => ResponseMessage, string]>([
  ['status', (response) => ({ ...response, status: 200 }), 'signature-invalid'],
  ['content', (response) => ({ ...response, body: '{}' }), 'digest-mismatch'],
  [
    'type',
    (response) => ({ ...response, headers: { ...response.headers, 'content-type': 'text/html' } }),
    'signature-invalid',
  ],
  [
    'digest',
    ({ headers: { 'content-digest': _, ...headers }, ...response }) => ({ ...response, headers }),
    'component-missing',
  ],
])('of a response the %s cannot be changed', async (_, change, code) => {
  const { request, response } = await answered();
  expect(verifyResponse(change(response), request, options())).toMatchObject({ problem: { code } });
});

test.each(['"@status" ', '"@method";req ', '"@target-uri";req ', '"signature";req '])(
  'its signature must cover %s',
  async (component) => {
    const { request, response } = await answered();
    const input = String(response.headers['signature-input']).replace(component, '');
    const headers = { ...response.headers, 'signature-input': input };
    expect(verifyResponse({ ...response, headers }, request, options())).toMatchObject({
      problem: {
        code: 'component-missing',
        detail: `the signature must cover ${component.trim().replaceAll('"', '')}`,
      },
    });
  },
);

test('the signature of a request is not taken for that of a response', async () => {
  const { request, response } = await answered({ tag: 'partner-request' });
  expect(verifyResponse(response, request, options())).toMatchObject({
    problem: { code: 'parameter-missing', detail: "the signature must have the tag 'partner-response'" },
  });
});

test('an answer to a request that was not signed cannot be bound, and is not signed', async () => {
  await expect(signResponse(CREATED, PAYMENT, { signer: signerOf(), now: NOW })).rejects.toThrow(
    'sign: a field that the signature covers must be in the message',
  );
});

test('another partner cannot answer, although its key is known', async () => {
  const { request, response } = await answered({ signer: signerOf('ecdsa-p256-sha256') });
  expect(verifyResponse(response, request, options())).toMatchObject({
    problem: { code: 'key-unknown', detail: 'keyid must name a key of the partner that was asked' },
  });
  expect(verifyResponse(response, request, options('acme-ecdsa-p256-sha256'))).toMatchObject({
    verified: true,
  });
});
