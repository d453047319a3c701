import {
  type Authorizer,
  authorize,
  type Decision,
} from '../../../../lib/constructs/partner-api/runtime/authorize';
import type { GatewayEvent } from '../../../../lib/constructs/partner-api/runtime/gateway-request';
import { usageKeyOf } from '../../../../lib/constructs/partner-api/runtime/usage-key';
import { canonicalUrl, MESSAGE_PROBLEMS, type RequestMessage } from '../../../../lib/target';
import { AUTHORITY, NOW, options, PAYMENT, signed } from '../../../target/message-signatures/messages';

const ARN = 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/live/POST/payments';

/** What a REST API hands over: names as they came, values decoded, no order in the query. */
function restEvent({ method, url, headers }: RequestMessage, methodArn = ARN): GatewayEvent {
  const { host, pathname, searchParams } = new URL(url);
  const query: Record<string, string[]> = {};
  for (const [name, value] of [...searchParams].reverse()) query[name] = [value, ...(query[name] ?? [])];
  return {
    methodArn,
    multiValueHeaders: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat()]),
    ),
    multiValueQueryStringParameters: Object.keys(query).length === 0 ? null : query,
    requestContext: { domainName: host, httpMethod: method, path: decodeURIComponent(pathname) },
  };
}

function httpEvent({ method, url, headers }: RequestMessage): GatewayEvent {
  const { host, pathname, search } = new URL(url);
  return {
    version: '2.0',
    routeArn: ARN,
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    requestContext: { domainName: host, http: { method } },
  };
}

function authorizer(given: Parameters<typeof options>[0] = {}) {
  const decisions: Decision[] = [];
  const { now: _, ...rest } = options(given);
  const it: Authorizer = {
    options: rest,
    clock: () => NOW,
    usageScope: 'scope',
    record: (decision) => decisions.push(decision),
  };
  return { it, decisions };
}

const POLICY = (Effect: string, Resource = ARN) => ({
  Version: '2012-10-17',
  Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }],
});

test('a REST API gets a policy for exactly what was asked, and the digest for the backend', async () => {
  const { it, decisions } = authorizer();
  const request = await signed();
  expect(await authorize(restEvent(request), it)).toEqual({
    principalId: 'acme-ed25519',
    policyDocument: POLICY('Allow'),
    context: {
      partner: 'acme-ed25519',
      keyId: 'acme-ed25519',
      contentDigest: request.headers['content-digest'],
    },
    usageIdentifierKey: usageKeyOf('scope', 'acme-ed25519'),
  });
  expect(decisions).toEqual([{ decision: 'admitted', partner: 'acme-ed25519', keyId: 'acme-ed25519' }]);
});

test('an HTTP API gets yes or no', async () => {
  const { it } = authorizer();
  const request = await signed();
  expect(await authorize(httpEvent(request), it)).toMatchObject({
    isAuthorized: true,
    context: { partner: 'acme-ed25519' },
  });
  expect(await authorize(httpEvent(request), it)).toMatchObject({
    isAuthorized: false,
    context: { code: 'message-replayed' },
  });
});

test('where there is no content the digest is empty, since a context has texts only', async () => {
  const { it } = authorizer();
  const request = await signed({ method: 'GET', url: `https://${AUTHORITY}/payments`, headers: {} });
  expect(await authorize(restEvent(request), it)).toMatchObject({ context: { contentDigest: '' } });
});

test('a query is verified in its canonical form, which is all that a REST API knows of it', async () => {
  const url = `https://${AUTHORITY}/payments?to=2026-11-30&from=2026-11-01&tag=b%20c&tag=a%2Bb`;
  const get = { method: 'GET', headers: {} };
  const canonical = await signed({ ...get, url: canonicalUrl(url) });
  expect(await authorize(restEvent(canonical), authorizer().it)).toMatchObject({
    policyDocument: POLICY('Allow'),
  });
  expect(await authorize(httpEvent(canonical), authorizer().it)).toMatchObject({ isAuthorized: true });
  const other = await signed({ ...get, url });
  expect(await authorize(restEvent(other), authorizer().it)).toMatchObject({
    policyDocument: POLICY('Deny'),
    context: { code: 'signature-invalid' },
  });
});

test('a refusal says what is wrong, and holds nothing of what was sent', async () => {
  const { it, decisions } = authorizer();
  const request = await signed();
  const headers = { ...request.headers, 'content-type': 'text/hunter2' };
  const answer = await authorize(restEvent({ ...request, headers }), it);
  expect(answer).toEqual({
    principalId: 'refused',
    policyDocument: POLICY('Deny'),
    context: {
      type: 'urn:problem-type:signature-invalid',
      title: 'The signature does not verify',
      detail: 'the message is not what was signed, compare the signature base on both sides (RFC 9421, 2.5)',
      code: 'signature-invalid',
    },
  });
  expect(decisions).toEqual([{ decision: 'refused', problem: 'signature-invalid' }]);
});

test('no text of a refusal breaks the JSON of a gateway response', async () => {
  for (const { title } of Object.values(MESSAGE_PROBLEMS)) expect(title).toMatch(/^[A-Za-z -]+$/);
  const { it } = authorizer();
  const request = await signed();
  const input = String(request.headers['signature-input']);
  const broken = [
    {},
    { ...request.headers, 'signature-input': `${input}, a=()` },
    { ...request.headers, 'signature-input': input.replace(';nonce', ';x="\\"}";nonce') },
    { ...request.headers, 'signature-input': input.replace('"@method" ', '') },
    { ...request.headers, 'signature-input': input.replace('"@method" ', '"@a\\"b" ') },
    { ...request.headers, 'signature-input': input.replace('partner-request', 'x') },
    { ...request.headers, host: 'x"y' },
  ];
  for (const headers of broken) {
    const { context } = await authorize(restEvent({ ...request, headers }), it);
    const text = `{"status":403,"type":"${context.type}","title":"${context.title}","detail":"${context.detail}","code":"${context.code}"}`;
    expect(context.code).not.toBeUndefined();
    expect(JSON.parse(text)).toMatchObject({ status: 403, detail: context.detail });
  }
});

test.each([
  ['/payments/*', ARN],
  ['/payments/%2e%2e/admin', ARN],
  ['/payments/ä', ARN],
  ['/payments', ARN.replace('payments', '*')],
  ['/payments', ARN.replace('payments', '?')],
])(
  'a path that can be read in two ways, or a policy for more than one, is not decided upon: %s for %s',
  async (path, arn) => {
    const { it, decisions } = authorizer();
    const event = restEvent(await signed(), arn) as Extract<GatewayEvent, { methodArn: string }>;
    const answer = await authorize({ ...event, requestContext: { ...event.requestContext, path } }, it);
    expect(answer).toMatchObject({
      policyDocument: POLICY('Deny', arn),
      context: { code: 'target-malformed' },
    });
    expect(decisions).toEqual([{ decision: 'refused', problem: 'target-malformed' }]);
  },
);

test('while the store does not answer everybody is refused, and it is written down as that', async () => {
  const { it, decisions } = authorizer({
    replayStore: { remember: () => Promise.reject(new Error('down')) },
  });
  expect(await authorize(restEvent(await signed()), it)).toMatchObject({ policyDocument: POLICY('Deny') });
  expect(decisions).toEqual([{ decision: 'unavailable', problem: 'replay-unknown' }]);
});

test('a field that came twice is seen as such', async () => {
  const request = await signed();
  const headers = { ...request.headers, 'content-type': ['application/json', 'text/html'] };
  expect(await authorize(restEvent({ ...request, headers }), authorizer().it)).toMatchObject({
    context: { code: 'fields-malformed' },
  });
});

test('an event without header or with a wrong host is refused', async () => {
  const { method, url } = PAYMENT;
  const event = restEvent({ method, url, headers: {} });
  expect(
    await authorize({ ...event, multiValueHeaders: null } as GatewayEvent, authorizer().it),
  ).toMatchObject({
    context: { code: 'signature-missing' },
  });
  const elsewhere = restEvent({ ...(await signed()), url: url.replace(AUTHORITY, 'other.example.com') });
  expect(await authorize(elsewhere, authorizer().it)).toMatchObject({ context: { code: 'target-unknown' } });
});

describe('a signed request that somebody holds gets in nowhere else', () => {
  type Rest = Extract<GatewayEvent, { methodArn: string }>;
  type Http = Extract<GatewayEvent, { routeArn: string }>;

  test.each<[string, Partial<Rest['requestContext']>]>([
    ['another path', { path: '/refunds' }],
    ['the path of a parent', { path: '/' }],
    ['the path with a slash behind', { path: '/payments/' }],
    ['the path with two slashes', { path: '//payments' }],
    ['the path in capitals', { path: '/Payments' }],
    ['the path with a parameter', { path: '/payments;a=1' }],
    ['the path below a stage', { path: '/prod/payments' }],
    ['a path with dots', { path: '/a/../payments' }],
    ['a path with an escaped slash', { path: '/payments%2F' }],
    ['another method', { httpMethod: 'PUT' }],
    ['a method in small letters', { httpMethod: 'post' }],
    ['another host', { domainName: 'partners.example.org' }],
    ['the default endpoint', { domainName: 'a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com' }],
    ['the host with a dot behind', { domainName: `${AUTHORITY}.` }],
    ['the host in capitals', { domainName: AUTHORITY.toUpperCase() }],
    ['the host with its port', { domainName: `${AUTHORITY}:443` }],
    ['the host with another port', { domainName: `${AUTHORITY}:8443` }],
    ['the host behind a user', { domainName: `partners@${AUTHORITY}` }],
  ])('by %s', async (_, changed) => {
    const { it, decisions } = authorizer();
    const event = restEvent(await signed()) as Rest;
    const moved = { ...event, requestContext: { ...event.requestContext, ...changed } };
    expect(await authorize(moved, it)).toMatchObject({ policyDocument: POLICY('Deny') });
    expect(decisions).toMatchObject([{ decision: 'refused' }]);
    // Nobody burnt its nonce.
    expect(await authorize(event, it)).toMatchObject({ policyDocument: POLICY('Allow') });
  });

  test.each<[string, Readonly<Record<string, string[]>>]>([
    ['another value', { dry: ['0'] }],
    ['one value more', { dry: ['1', '0'] }],
    ['one name more', { dry: ['1'], wet: ['1'] }],
    ['no query', {}],
  ])('by a query with %s', async (_, query) => {
    const event = { ...restEvent(await signed()), multiValueQueryStringParameters: query } as Rest;
    expect(await authorize(event, authorizer().it)).toMatchObject({ context: { code: 'signature-invalid' } });
  });

  test('with two values of one name the other way round, of which a backend may take the last', async () => {
    const url = canonicalUrl(`https://${AUTHORITY}/payments?to=acme&to=globex`);
    const event = restEvent(await signed({ ...PAYMENT, url })) as Rest;
    const turned = { ...event, multiValueQueryStringParameters: { to: ['globex', 'acme'] } };
    expect(await authorize(turned, authorizer().it)).toMatchObject({ policyDocument: POLICY('Deny') });
    expect(await authorize(event, authorizer().it)).toMatchObject({ policyDocument: POLICY('Allow') });
  });

  test('with a cookie that was added to an API whose requests have to cover theirs', async () => {
    const given = () => authorizer({ alsoCovered: ['cookie'] }).it;
    const plain = httpEvent(await signed()) as Http;
    expect(await authorize(plain, given())).toMatchObject({ isAuthorized: true });
    // HTTP APIs hand cookies over beside the header.
    const added = { ...plain, cookies: ['account=globex'] };
    expect(await authorize(added, given())).toMatchObject({ context: { code: 'component-missing' } });

    const headers = { ...PAYMENT.headers, cookie: 'account=acme; theme=dark' };
    const { cookie, ...sent } = (await signed({ ...PAYMENT, headers }, { alsoCovered: ['cookie'] })).headers;
    const event = httpEvent({ ...PAYMENT, headers: sent }) as Http;
    const cookies = String(cookie).split('; ');
    expect(await authorize({ ...event, cookies }, given())).toMatchObject({ isAuthorized: true });
    expect(await authorize({ ...event, cookies: ['account=globex', 'theme=dark'] }, given())).toMatchObject({
      context: { code: 'signature-invalid' },
    });
  });
});
