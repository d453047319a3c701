import { createHash } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import fc from 'fast-check';
import {
  canonicalRequest,
  isSignedWith,
  readAuthorization,
  type SignedRequest,
  signatureOf,
  signingKey,
  stringToSign,
  timeOf,
  timeText,
  unsignedHeaders,
} from '../../../lib/local-vault/kms/signature-v4';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** The key and the day of AWS's examples and of its test suite ("Signature Version 4 test suite"). */
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const TIME = '20150830T123600Z';
const scopeOf = (service: string) => ({ date: '20150830', region: 'us-east-1', service });

interface Example {
  readonly method?: string;
  readonly target?: string;
  readonly host?: string;
  readonly service?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

function requestOf({
  method = 'GET',
  target = '/',
  host = 'example.amazonaws.com',
  headers = {},
  body = '',
}: Example) {
  const all = { host, 'x-amz-date': TIME, ...headers };
  return { method, target, headers: all, body: Buffer.from(body) } satisfies SignedRequest;
}

function signed(example: Example): string {
  const request = requestOf(example);
  const names = Object.keys(request.headers).sort();
  const scope = scopeOf(example.service ?? 'service');
  return signatureOf(signingKey(SECRET, scope), stringToSign(canonicalRequest(request, names), TIME, scope));
}

describe('the signature is the one that AWS publishes', () => {
  test('for the example of its guide, with each of its steps', () => {
    const example: Example = {
      target: '/?Action=ListUsers&Version=2010-05-08',
      host: 'iam.amazonaws.com',
      service: 'iam',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    };
    const canonical = canonicalRequest(requestOf(example), ['content-type', 'host', 'x-amz-date']);
    expect(createHash('sha256').update(canonical).digest('hex')).toBe(
      'f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59',
    );
    expect(signingKey(SECRET, scopeOf('iam')).toString('hex')).toBe(
      'c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9',
    );
    expect(signed(example)).toBe('5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7');
  });

  test.each<[string, Example, string]>([
    ['get-vanilla', {}, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['post-vanilla', { method: 'POST' }, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'get-vanilla-query-order-key-case',
      { target: '/?Param2=value2&Param1=value1' },
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'post-x-www-form-urlencoded',
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'Param1=value1',
      },
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
    [
      'post-header-key-sort',
      { method: 'POST', headers: { 'my-header1': 'value1' } },
      'c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c',
    ],
    [
      'post-header-value-case',
      { method: 'POST', headers: { 'my-header1': 'VALUE1' } },
      'cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d',
    ],
    [
      'get-header-key-duplicate',
      { headers: { 'my-header1': ['value2', 'value2', 'value1'] } },
      'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
    ],
  ])('in its suite: %s', (_, example, signature) => {
    expect(signed(example)).toBe(signature);
  });
});

describe('the signature of the SDK', () => {
  const client = new KMSClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET },
  });
  const scheme = { name: 'sigv4', signingName: 'kms', signingRegion: 'eu-west-1', properties: {} };

  test('is taken, for any path, query, header and body; and no other request is', async () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcXYZ019-._~!*() +/=&%é漢'), maxLength: 12 });
    const request = fc.record({
      query: fc.dictionary(
        word.filter((name) => name !== '' && name !== '__proto__'),
        word,
        { maxKeys: 3 },
      ),
      header: fc.string({ unit: fc.constantFrom(...'ab  c,;='), maxLength: 10 }),
      body: fc.string({ maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ query, header, body }) => {
        const signer = await client.config.signer(scheme);
        const asked = await signer.sign(
          {
            protocol: 'https:',
            method: 'POST',
            hostname: 'kms.eu-west-1.amazonaws.com',
            path: '/',
            query,
            headers: { host: 'kms.eu-west-1.amazonaws.com', 'x-amz-target': 'T', 'x-custom': header },
            body,
          },
          { signingDate: new Date('2026-12-01T00:00:00Z') },
        );
        const text = Object.entries(query).map(
          ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
        );
        const arrived = {
          method: 'POST',
          target: text.length === 0 ? '/' : `/?${text.join('&')}`,
          headers: Object.fromEntries(
            Object.entries(asked.headers).map(([name, value]) => [name.toLowerCase(), value]),
          ),
          body: Buffer.from(body),
        };
        const authorization = readAuthorization(String(arrived.headers.authorization));
        expect(authorization).toMatchObject({
          accessKeyId: 'AKIDEXAMPLE',
          scope: { date: '20261201', region: 'eu-west-1', service: 'kms' },
        });
        if (authorization === undefined) return;
        const is = (request: SignedRequest, secret = SECRET) => isSignedWith(secret, request, authorization);
        expect(is(arrived)).toBe(true);
        expect(is(arrived, 'another secret')).toBe(false);
        expect(is({ ...arrived, method: 'GET' })).toBe(false);
        expect(is({ ...arrived, target: `${arrived.target}x` })).toBe(false);
        expect(is({ ...arrived, body: Buffer.from(`${body} `) })).toBe(false);
        expect(is({ ...arrived, headers: { ...arrived.headers, 'x-amz-target': 'U' } })).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});

test('a header that is no signature of this kind is not read', () => {
  expect(readAuthorization('Bearer abc')).toBeUndefined();
  expect(readAuthorization('AWS4-HMAC-SHA256 Credential=a/b')).toBeUndefined();
});

test('what is asked for must be under the signature', () => {
  const request = requestOf({ headers: { 'x-amz-target': 'T', accept: '*/*' } });
  expect(unsignedHeaders(request, ['x-amz-date'])).toEqual(['host', 'x-amz-target']);
  expect(unsignedHeaders(request, ['host', 'x-amz-date', 'x-amz-target'])).toEqual([]);
});

test('times are read as they are written', () => {
  expect(timeText(timeOf(TIME) ?? 0)).toBe(TIME);
  expect(timeOf(TIME)).toBe(Date.UTC(2015, 7, 30, 12, 36));
  expect(timeOf('yesterday')).toBeUndefined();
});
