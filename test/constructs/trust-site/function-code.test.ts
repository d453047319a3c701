import { createContext, runInContext } from 'node:vm';
import { Aws, Token } from 'aws-cdk-lib';
import { functionCode } from '../../../lib/constructs/trust-site/function-code';

const TEXT = 'line\u2028separator "quoted" </script> \\ \u0000 \ud83d\udd12\n';
const CODE = functionCode([
  { path: '/.well-known/security.txt', contentType: 'text/plain; charset=utf-8', text: TEXT },
  { path: '/.well-known/transmission.json', contentType: 'application/json', text: '{"a":1}' },
]);

/** An event as CloudFront makes it (Developer Guide, "functions-event-structure"). */
function eventFor(uri: string, method = 'GET', querystring: object = {}) {
  return {
    version: '1.0',
    context: {
      distributionId: 'EDFDVBD6EXAMPLE',
      eventType: 'viewer-request',
      requestId: '4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ==',
    },
    viewer: { ip: '198.51.100.11' },
    request: { method, uri, querystring, headers: { host: { value: 'shop.example.com' } }, cookies: {} },
  };
}

/** Runs the code where nothing but the language is there, as at the edge. */
function answer(event: ReturnType<typeof eventFor>) {
  const context = createContext(
    { event: JSON.stringify(event) },
    { codeGeneration: { strings: false, wasm: false } },
  );
  return JSON.parse(
    runInContext(`${CODE}; JSON.stringify(handler(JSON.parse(event)))`, context, { timeout: 1000 }),
  );
}

test('security.txt is answered as RFC 9116, 3 wants it, character by character', () => {
  expect(answer(eventFor('/.well-known/security.txt'))).toEqual({
    statusCode: 200,
    statusDescription: 'OK',
    headers: {
      'content-type': { value: 'text/plain; charset=utf-8' },
      'cache-control': { value: 'public, max-age=3600' },
      'x-content-type-options': { value: 'nosniff' },
    },
    body: { encoding: 'text', data: TEXT },
  });
});

test('transmission.json is answered as JSON', () => {
  expect(answer(eventFor('/.well-known/transmission.json'))).toMatchObject({
    headers: { 'content-type': { value: 'application/json' } },
    body: { data: '{"a":1}' },
  });
});

test.each([
  ['a query string', '/.well-known/security.txt', { a: { value: '1', multiValue: [{ value: '1' }] } }],
  ['a dot that is encoded', '/.well-known/security%2Etxt', {}],
  ['letters and a hyphen that are encoded', '/%2ewell%2dknown/%73ecurity.txt', {}],
])('%s makes no other path', (_, uri, querystring) => {
  expect(answer(eventFor(uri, 'GET', querystring))).toMatchObject({ statusCode: 200, body: { data: TEXT } });
});

test('HEAD gets the same headers and no body', () => {
  const { body, ...head } = answer(eventFor('/.well-known/security.txt', 'HEAD'));
  const { body: _, ...get } = answer(eventFor('/.well-known/security.txt'));
  expect(body).toBeUndefined();
  expect(head).toEqual(get);
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'get'])('%s is not allowed', (method) => {
  expect(answer(eventFor('/.well-known/security.txt', method))).toEqual({
    statusCode: 405,
    statusDescription: 'Method Not Allowed',
    headers: {
      allow: { value: 'GET, HEAD' },
      'cache-control': { value: 'no-store' },
      'x-content-type-options': { value: 'nosniff' },
    },
  });
});

test.each([
  '/',
  '/security.txt',
  '/.well-known/security.txt/',
  '/.well-known/Security.txt',
  '/.well-known/acme-challenge/token',
  '/.well-known%2Fsecurity.txt',
  '/.well-known/security.txt%00',
  '/.well-known/security.txt%20',
  '/.well-known/%',
  '/.well-known/%E0%A4',
  '/.well-known/../.well-known/security.txt',
  '//.well-known/security.txt',
  '/constructor',
  '__proto__',
])('%s passes on as it came', (uri) => {
  const event = eventFor(uri, 'POST', { q: { value: '%2E' } });
  expect(answer(event)).toEqual(event.request);
});

test('the code is ASCII, and holds nothing that a runtime of ECMAScript 5.1 does not know', () => {
  expect(CODE).toMatch(/^[\n\x20-\x7E]*$/);
  const withoutTexts = CODE.replace(/^var documents = .*$/m, '');
  expect(withoutTexts).not.toMatch(/=>|`|\b(let|const|class|async|eval|import|require)\b/);
});

test('a text that looks like a token of the CDK is published as it is, not what the token stands for', () => {
  const text = `# ${Aws.ACCOUNT_ID} and \${Token[AWS.AccountId.0]}\n`;
  const code = functionCode([{ path: '/a', contentType: 'text/plain', text }]);
  expect(Token.isUnresolved(text)).toBe(true);
  expect(Token.isUnresolved(code)).toBe(false);
  const served = runInContext(
    `${code}; handler({ request: { uri: '/a', method: 'GET' } }).body.data`,
    createContext({}),
  );
  expect(served).toBe(text);
});
