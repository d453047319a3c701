import { createHash, sign as signBytes } from 'node:crypto';
import fc from 'fast-check';
import { createSigner, createVerifier, httpbis } from 'http-message-signatures';
import {
  PartnerKeys,
  type RequestMessage,
  SIGNATURE_ALGORITHMS,
  signRequest,
  verifyRequest,
  verifyRequestHead,
  verifySignedBody,
} from '../../../lib/target';
import { AUTHORITY, NOW, options, PAIRS, PARTNER_KEYS, PAYMENT, signed, signerOf } from './messages';
import { TEST_REQUEST } from './rfc9421';

async function problemOf(request: RequestMessage, given: Parameters<typeof options>[0] = {}) {
  const result = await verifyRequest(request, options(given));
  return result.verified ? 'verified' : `${result.problem.code}: ${result.problem.detail}`;
}

const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const withHeaders = (request: RequestMessage, headers: RequestMessage['headers']): RequestMessage => ({
  ...request,
  headers: { ...request.headers, ...headers },
});
const field = ({ headers }: RequestMessage, name: string) => String(headers[name]);

describe.each(SIGNATURE_ALGORITHMS)('a request signed with %s', (algorithm) => {
  test('is verified, and says who sent it', async () => {
    const request = await signed(PAYMENT, { signer: signerOf(algorithm) });
    expect(await verifyRequest(request, options())).toMatchObject({
      verified: true,
      partner: `acme-${algorithm}`,
      keyId: `acme-${algorithm}`,
      created: NOW,
      contentDigest: `sha-256=:${createHash('sha256')
        .update(PAYMENT.body ?? '')
        .digest('base64')}:`,
    });
  });

  test('is verified by http-message-signatures on its own', async () => {
    const request = await signed(PAYMENT, { signer: signerOf(algorithm) });
    const key = PAIRS[algorithm].publicKey.export({ format: 'pem', type: 'spki' }).toString();
    const verified = await httpbis.verifyMessage(
      { keyLookup: async () => ({ verify: createVerifier(key, algorithm) }), notAfter: later(1) },
      { method: request.method, url: request.url, headers: request.headers as Record<string, string> },
    );
    expect(verified).toBe(true);
  });

  test('and by hand, from the signature base that RFC 9421 tells to write', async () => {
    const request = await signed(PAYMENT, { signer: signerOf(algorithm) });
    const [, input = ''] = /^sig=(.*)$/.exec(field(request, 'signature-input')) ?? [];
    const base = [
      '"@method": POST',
      `"@target-uri": ${PAYMENT.url}`,
      `"content-digest": ${field(request, 'content-digest')}`,
      '"content-type": application/json',
      `"idempotency-key": ${field(request, 'idempotency-key')}`,
      `"@signature-params": ${input}`,
    ].join('\n');
    expect(input).toMatch(
      new RegExp(
        String.raw`^\("@method" "@target-uri" "content-digest" "content-type" "idempotency-key"\);created=1795435200;keyid="acme-${algorithm}";nonce="[\w-]{22}";tag="partner-request"$`,
      ),
    );
    if (algorithm !== 'ed25519') return;
    const bytes = signBytes(null, Buffer.from(base), PAIRS.ed25519.privateKey);
    expect(field(request, 'signature')).toBe(`sig=:${bytes.toString('base64')}:`);
  });
});

test.each(['ed25519', 'ecdsa-p256-sha256'] as const)(
  'a request that http-message-signatures signs on its own with %s is verified',
  async (algorithm) => {
    const key = PAIRS[algorithm].privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    const digest = `sha-256=:${createHash('sha256')
      .update(PAYMENT.body ?? '')
      .digest('base64')}:`;
    const { headers } = await httpbis.signMessage(
      {
        key: createSigner(key, algorithm, `acme-${algorithm}`),
        fields: [
          '@method',
          '@authority',
          '@path',
          '@query',
          'content-type',
          'content-digest',
          'idempotency-key',
        ],
        params: ['created', 'keyid', 'nonce', 'tag'],
        paramValues: { created: NOW, nonce: 'b3k2pp5k7z-50gnwp.yemd', tag: 'partner-request' },
      },
      {
        method: 'POST',
        url: PAYMENT.url,
        headers: { ...(PAYMENT.headers as Record<string, string>), 'content-digest': digest },
      },
    );
    expect(await problemOf({ ...PAYMENT, headers })).toBe('verified');
  },
);

test('the salt of RSA-PSS is 64 bytes, as RFC 9421 has it; the longest, which Node takes by itself, is refused', async () => {
  const key = PAIRS['rsa-pss-sha512'].privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const request = await signed(PAYMENT, {
    signer: {
      keyId: 'acme-rsa-pss-sha512',
      algorithm: 'rsa-pss-sha512',
      sign: (data) => createSigner(key, 'rsa-pss-sha512').sign(Buffer.from(data)),
    },
  });
  expect(await problemOf(request)).toMatch(/^signature-invalid: /);
});

test('a request without content is verified, and none may be added', async () => {
  const request = await signed({ method: 'GET', url: `https://${AUTHORITY}/payments/p-1`, headers: {} });
  expect(await verifyRequest(request, options())).toMatchObject({ verified: true, contentDigest: undefined });
  expect(await problemOf({ ...request, body: 'x' })).toBe(
    'digest-missing: a message with a content must have a content-digest (RFC 9530)',
  );
});

test('bytes are signed as they are, whether UTF-8 or not', async () => {
  const body = Uint8Array.from([0xff, 0, 0x80]);
  expect(await problemOf(await signed({ ...PAYMENT, body }))).toBe('verified');
});

describe('a request is refused where', () => {
  test.each<[string, (request: RequestMessage) => RequestMessage, string]>([
    [
      'it is not signed',
      ({ headers: { signature: _, ...headers }, ...request }) => ({ ...request, headers }),
      "signature-missing: the message must have a 'signature' field, sign it as RFC 9421 has it",
    ],
    [
      'it has two signatures',
      (request) =>
        withHeaders(request, {
          'signature-input': `${field(request, 'signature-input')}, other=();created=1`,
        }),
      'signature-ambiguous: the message must have one signature, take the others out',
    ],
    [
      'one label is there twice',
      (request) =>
        withHeaders(request, {
          'signature-input': `sig=("@method");created=1, ${field(request, 'signature-input')}`,
        }),
      'signature-malformed: signature-input must be a dictionary in the canonical form of RFC 9651, without a label that is there twice',
    ],
    [
      'the labels differ',
      (request) => withHeaders(request, { signature: field(request, 'signature').replace('sig=', 'other=') }),
      'signature-malformed: signature and signature-input must have the same label',
    ],
    [
      'a parameter is there twice',
      (request) =>
        withHeaders(request, {
          'signature-input': field(request, 'signature-input').replace(
            ';nonce',
            ';nonce="aaaaaaaaaaaaaaaaaaaa";nonce',
          ),
        }),
      'signature-malformed: signature-input must be a dictionary in the canonical form of RFC 9651, without a label that is there twice',
    ],
    [
      'the field of the signature comes in two lines',
      (request) =>
        withHeaders(request, { signature: [field(request, 'signature'), field(request, 'signature')] }),
      "fields-malformed: 'signature' must be sent once",
    ],
    [
      'a covered field comes in two spellings',
      (request) => withHeaders(request, { 'Content-Type': 'text/plain' }),
      'fields-malformed: a header field is there twice, in different spelling',
    ],
    [
      'a field is folded',
      (request) => withHeaders(request, { 'content-type': 'application/json\r\n text/plain' }),
      'fields-malformed: a header field must have no control character and no folded line',
    ],
    [
      'a name holds a colon',
      (request) => withHeaders(request, { 'a:b': '1' }),
      'fields-malformed: a name of a header field must be a token of RFC 9110',
    ],
    [
      'the header is too large',
      (request) => withHeaders(request, { cookie: 'x'.repeat(17_000) }),
      'fields-malformed: the header must have at most 100 fields and 16384 bytes, send less',
    ],
    [
      'a covered field is not ASCII',
      (request) => withHeaders(request, { 'content-type': 'application/j\xe9son' }),
      'fields-malformed: a field that the signature covers must be in ASCII',
    ],
    [
      'a covered field is gone',
      ({ headers: { 'idempotency-key': _, ...headers }, ...request }) => ({ ...request, headers }),
      'component-missing: a field that the signature covers must be in the message',
    ],
    [
      'another Idempotency-Key is put beside',
      (request) => withHeaders(request, { 'idempotency-key': '"11111111-1111-1111-1111-111111111111"' }),
      'signature-invalid: the message is not what was signed, compare the signature base on both sides (RFC 9421, 2.5)',
    ],
    [
      'the key is not known',
      (request) =>
        withHeaders(request, {
          'signature-input': field(request, 'signature-input').replace('acme-ed', 'evil-ed'),
        }),
      'key-unknown: keyid must name a key that this API was given',
    ],
    [
      'the message names another algorithm',
      (request) =>
        withHeaders(request, {
          'signature-input': `${field(request, 'signature-input')};alg="hmac-sha256"`,
        }),
      'algorithm-mismatch: the key is for ed25519 only, leave alg out or name that',
    ],
    [
      'the path has dot segments',
      (request) => ({ ...request, url: `https://${AUTHORITY}/a/../payments?dry=1` }),
      'target-malformed: the target must be in the form that the URL standard gives it, without dot segments, default port, user and fragment',
    ],
    [
      'the scheme is http',
      (request) => ({ ...request, url: request.url.replace('https', 'http') }),
      'target-malformed: the scheme of the target must be https',
    ],
    [
      'it was signed for another host',
      (request) => ({ ...request, url: 'https://other.example.com/payments?dry=1' }),
      'target-unknown: the target and the host field must name this API, send to the name that the partner was given',
    ],
    [
      'the host field names another',
      (request) => withHeaders(request, { host: 'other.example.com' }),
      'target-unknown: the target and the host field must name this API, send to the name that the partner was given',
    ],
    [
      'the content is another',
      (request) => ({ ...request, body: '{"amount":"1250","currency":"EUR"}' }),
      'digest-mismatch: the content must be the one that content-digest was made of, byte by byte, sign what is sent',
    ],
    [
      'the method is in small letters',
      (request) => ({ ...request, method: 'post' }),
      'target-malformed: the method must be in capital letters',
    ],
  ])('%s', async (_, change, problem) => {
    expect(await problemOf(change(await signed()))).toBe(problem);
  });

  test.each<[string, string, string]>([
    ['the method', '("@target-uri" "content-digest" "content-type" "idempotency-key")', '@method'],
    [
      'the target',
      '("@method" "@path" "@query" "content-digest" "content-type" "idempotency-key")',
      '@target-uri, or @authority, @path and @query',
    ],
    ['the digest', '("@method" "@target-uri" "content-type" "idempotency-key")', 'content-digest'],
    [
      'the type of the content',
      '("@method" "@target-uri" "content-digest" "idempotency-key")',
      'content-type',
    ],
    ['the Idempotency-Key', '("@method" "@target-uri" "content-digest" "content-type")', 'idempotency-key'],
    [
      'what the API asks for besides',
      '("@method" "@target-uri" "content-digest" "content-type" "idempotency-key")',
      'user-agent',
    ],
  ])('the signature does not cover %s', async (_, covered, name) => {
    const request = await signed();
    const input = field(request, 'signature-input').replace(/\(.*\)/, covered);
    expect(
      await problemOf(withHeaders(request, { 'signature-input': input }), { alsoCovered: ['user-agent'] }),
    ).toBe(`component-missing: the signature must cover ${name}`);
  });

  test.each<[string, string, string]>([
    ['"@query-param";name="dry"', 'component-refused', 'a component must have no parameters'],
    ['"@method";req', 'component-refused', 'a component must have no parameters'],
    ['"content-digest";bs', 'component-refused', 'a component must have no parameters'],
    [
      '"@request-target"',
      'component-refused',
      'a component must be a field in small letters or one of @method, @target-uri, @authority, @scheme, @path, @query',
    ],
    [
      '"@status"',
      'component-refused',
      'a component must be a field in small letters or one of @method, @target-uri, @authority, @scheme, @path, @query',
    ],
    [
      '"Content-Type"',
      'component-refused',
      'a component must be a field in small letters or one of @method, @target-uri, @authority, @scheme, @path, @query',
    ],
    [
      '"signature"',
      'component-refused',
      'a component must be a field in small letters or one of @method, @target-uri, @authority, @scheme, @path, @query',
    ],
    ['"@method"', 'component-refused', 'a component must be covered once'],
    ['1', 'signature-malformed', 'the name of a component must be a string'],
  ])('the signature covers %s besides', async (component, code, detail) => {
    const request = await signed();
    const input = field(request, 'signature-input').replace('")', `" ${component})`);
    expect(await problemOf(withHeaders(request, { 'signature-input': input }))).toBe(`${code}: ${detail}`);
  });

  test.each(['created', 'keyid', 'nonce', 'tag'])('the signature lacks %s', async (name) => {
    const request = await signed();
    const input = field(request, 'signature-input').replace(new RegExp(`;${name}=("[^"]*"|\\d+)`), '');
    expect(await problemOf(withHeaders(request, { 'signature-input': input }))).toBe(
      `parameter-missing: the signature must have the parameters created, keyid, nonce and tag, it lacks ${name}`,
    );
  });

  test('the signature is for something else', async () => {
    expect(await problemOf(await signed(PAYMENT, { tag: 'partner-response' }))).toBe(
      "parameter-missing: the signature must have the tag 'partner-request'",
    );
  });

  test('the nonce is short', async () => {
    const request = await signed();
    const input = field(request, 'signature-input').replace(/nonce="[^"]*"/, 'nonce="123"');
    expect(await problemOf(withHeaders(request, { 'signature-input': input }))).toBe(
      'signature-malformed: nonce must be 16 to 128 visible ASCII characters, take 16 random bytes in Base64',
    );
  });

  test.each([
    [-1, 'verified'],
    [300, 'verified'],
    [301, 'signature-expired: created must be at most 300 seconds ago, sign again when sending again'],
    [-30, 'verified'],
    [
      -31,
      'signature-early: created must be at most 30 seconds ahead of this clock, set the clock of the sender by NTP',
    ],
  ])('the clock is %s seconds on', async (seconds, problem) => {
    expect(await problemOf(await signed(), { now: later(seconds) })).toBe(problem);
  });

  test('a key is outside of its validity, which only its owner learns', async () => {
    const keys = PartnerKeys.of(PARTNER_KEYS.map((key) => ({ ...key, notAfter: '2026-11-23T11:59:59Z' })));
    const request = await signed();
    expect(await problemOf(request, { keys })).toBe(
      'key-not-valid: the key must be within its validity, sign with the next one',
    );
    expect(await problemOf({ ...request, url: `${request.url}1` }, { keys })).toMatch(/^signature-invalid: /);
  });

  test('a key is not taken yet, which only its owner learns', async () => {
    const request = await signed();
    const from = (notBefore: string) => ({
      keys: PartnerKeys.of(PARTNER_KEYS.map((key) => ({ ...key, notBefore }))),
    });
    expect(await problemOf(request, from('2026-11-23T12:00:01Z'))).toBe(
      'key-not-valid: the key must be within its validity, sign with the next one',
    );
    expect(await problemOf(request, from('2026-11-23T12:00:00Z'))).toBe('verified');
  });

  test.each([
    ['another host', 'https://partners.example.org/payments', 'partners.example.org'],
    ['another port', 'https://partners.example.com:8443/payments', 'partners.example.com:8443'],
    ['a host that this name ends', 'https://evil.partners.example.com/payments', 'evil.partners.example.com'],
    ['the name with a dot behind', 'https://partners.example.com./payments', 'partners.example.com.'],
  ])('it was signed for %s, and sent there', async (_, url, host) => {
    const request = await signed({ ...PAYMENT, url, headers: { ...PAYMENT.headers, host } });
    expect(await problemOf(request)).toMatch(/^target-unknown: /);
    expect(await problemOf(request, { authorities: [host] })).toBe('verified');
  });

  test.each<[string, RequestMessage['headers']]>([
    ['a length', { 'content-length': '2' }],
    ['a transfer encoding', { 'transfer-encoding': 'chunked' }],
    ['a type', { 'content-type': 'application/json' }],
  ])('%s says that there is a content, and none has a digest, whatever the method', async (_, headers) => {
    const bare = { method: 'DELETE', url: `https://${AUTHORITY}/payments/1`, headers: { host: AUTHORITY } };
    const request = await signed(bare);
    expect(await problemOf(request)).toBe('verified');
    expect(await problemOf(withHeaders(await signed(bare), headers))).toMatch(/^digest-missing: /);
    expect(await problemOf(withHeaders(await signed(bare), { 'content-length': '0' }))).toBe('verified');
  });

  test('its target has a fragment, which no request has', async () => {
    const request = await signed();
    expect(await problemOf({ ...request, url: `${request.url}#top` })).toMatch(/^target-malformed: /);
  });

  test('it was received before', async () => {
    const request = await signed();
    const same = options();
    expect(await verifyRequest(request, same)).toMatchObject({ verified: true });
    expect(await verifyRequest(request, same)).toMatchObject({
      verified: false,
      problem: {
        type: 'urn:problem-type:message-replayed',
        status: 401,
        detail: 'nonce must be new with every message, sign again when sending again',
      },
    });
  });

  test('the store of seen signatures is down', async () => {
    const replayStore = { remember: () => Promise.reject(new Error('ECONNREFUSED 10.0.0.7')) };
    const told: unknown[] = [];
    const onStoreError = (thrown: unknown) => told.push(thrown);
    const result = await verifyRequest(await signed(), options({ replayStore, onStoreError }));
    expect(result).toMatchObject({ verified: false, problem: { code: 'replay-unknown', status: 503 } });
    expect(told).toEqual([new Error('ECONNREFUSED 10.0.0.7')]);
    expect(JSON.stringify(result)).not.toContain('10.0.0.7');
  });

  test('it is an example of the RFC: those lack nonce and tag', async () => {
    const headers = {
      ...TEST_REQUEST.headers,
      'Signature-Input':
        'sig-b21=();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"',
      Signature: 'sig-b21=:AAAA:',
    };
    expect(await problemOf({ ...TEST_REQUEST, headers }, { authorities: ['example.com'] })).toBe(
      'parameter-missing: the signature must have the parameters created, keyid, nonce and tag, it lacks tag',
    );
  });
});

test('a signature that does not verify takes no nonce: nobody can burn those of others', async () => {
  const seen: string[] = [];
  const replayStore = {
    remember: async ({ nonce }: { nonce: string }) => {
      seen.push(nonce);
      return true;
    },
  };
  const request = await signed();
  await verifyRequest({ ...request, url: `${request.url}1` }, options({ replayStore }));
  await verifyRequest({ ...request, body: 'other' }, options({ replayStore }));
  expect(seen).toEqual([]);
  await verifyRequest(request, options({ replayStore }));
  expect(seen).toHaveLength(1);
});

test('of a request nothing but its own method, target, covered fields and content verifies, whatever is changed', async () => {
  const request = await signed();
  const places: ((text: string) => RequestMessage)[] = [
    (url) => ({ ...request, url }),
    (body) => ({ ...request, body }),
    (method) => ({ ...request, method }),
    ...['signature', 'signature-input', 'content-digest', 'content-type', 'idempotency-key'].map(
      (name) => (text: string) => withHeaders(request, { [name]: text }),
    ),
  ];
  const texts = [
    request.url,
    String(request.body),
    request.method,
    ...['signature', 'signature-input', 'content-digest', 'content-type', 'idempotency-key'].map((name) =>
      field(request, name),
    ),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: places.length - 1 }),
      fc.nat(),
      fc.constantFrom('change', 'insert', 'remove'),
      fc.integer({ min: 0x20, max: 0x7e }),
      async (place, position, how, code) => {
        const text = texts[place] ?? '';
        const at = position % text.length;
        const character = how === 'remove' ? '' : String.fromCharCode(code);
        const changed = text.slice(0, at) + character + text.slice(at + (how === 'insert' ? 0 : 1));
        fc.pre(changed.trim() !== text);
        const result = await verifyRequest(places[place]?.(changed) ?? request, options());
        return !result.verified;
      },
    ),
    { numRuns: 1500 },
  );
});

test('whatever is sent, the answer is a result and no exception, and echoes nothing of it', async () => {
  const request = await signed();
  const piece = fc.constantFrom(
    ...[
      'sig',
      '=',
      '(',
      ')',
      '"@method"',
      '"hunter2"',
      ';',
      'req',
      'created=1',
      ':',
      'AAAA',
      ',',
      ' ',
      '?1',
      '@1',
    ],
    ...[
      '1.5',
      '-',
      '*',
      '%"a"',
      '\\',
      '"',
      'nonce="0123456789abcdef"',
      'keyid="hunter2"',
      'tag=hunter2',
      '\t',
      '\n',
      '\0',
      'é',
    ],
  );
  const value = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(
        'signature',
        'signature-input',
        'content-digest',
        'host',
        'idempotency-key',
        'hunter2 ',
      ),
      fc.oneof(value, fc.array(value, { maxLength: 3 }), fc.constant(undefined)),
      fc.oneof(fc.constant(request.url), fc.webUrl(), fc.string()),
      fc.oneof(fc.constant('POST'), fc.string()),
      async (name, line, url, method) => {
        const result = await verifyRequest(
          { ...withHeaders(request, { [name]: line }), url, method },
          options(),
        );
        expect(JSON.stringify(result)).not.toMatch(/hunter2|\\u0000/);
      },
    ),
    { numRuns: 2000 },
  );
});

describe('the two halves', () => {
  test('the head is verified without the content, and the content by the digest that was signed', async () => {
    const { body, ...head } = await signed();
    const result = await verifyRequestHead(head, options());
    if (!result.verified) throw new Error(result.problem.detail);
    expect(verifySignedBody(body, result.contentDigest)).toEqual({ verified: true });
    expect(verifySignedBody('{}', result.contentDigest)).toMatchObject({
      problem: { code: 'digest-mismatch' },
    });
  });

  test('a content needs a digest, and an empty one is none', () => {
    expect(verifySignedBody('x', '')).toMatchObject({ verified: false, problem: { code: 'digest-missing' } });
    expect(verifySignedBody('', '')).toEqual({ verified: true });
    expect(verifySignedBody(undefined, undefined)).toEqual({ verified: true });
  });
});

test.each([
  [
    { windowSeconds: 29 },
    "verify: 'windowSeconds' must be a whole number of seconds from 30 to 3600, got 29",
  ],
  [
    { windowSeconds: 86_400 },
    "verify: 'windowSeconds' must be a whole number of seconds from 30 to 3600, got 86400",
  ],
  [{ skewSeconds: 121 }, "verify: 'skewSeconds' must be a whole number of seconds from 0 to 120, got 121"],
  [{ now: new Date(Number.NaN) }, "verify: 'now' must be a valid Date, give the clock's"],
])('options %j are refused', async (given, message) => {
  await expect(verifyRequest(await signed(), options(given))).rejects.toThrow(message);
});

test('a request that cannot be signed says why', async () => {
  const sign = (request: RequestMessage) => signRequest(request, { signer: signerOf(), now: NOW });
  await expect(sign({ ...PAYMENT, url: '/payments' })).rejects.toThrow(
    'sign: the target must be an absolute URL of at most 8192 ASCII characters',
  );
  await expect(
    signRequest(PAYMENT, { signer: signerOf(), now: NOW, alsoCovered: ['x-tenant'] }),
  ).rejects.toThrow('sign: a field that the signature covers must be in the message');
  await expect(signed(PAYMENT, { nonce: '123' })).rejects.toThrow(
    "sign: 'nonce' must be 16 to 128 visible ASCII characters, leave it out for 16 random bytes",
  );
});
