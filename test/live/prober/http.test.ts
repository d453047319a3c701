import type { RequestListener } from 'node:http';
import { askPage, askSecurityTxt, plaintextTold, readHsts } from '../../../lib/live/prober/http';
import { type Issued, issue, NOW } from '../../_fixtures/tls-servers/chains';
import { http, https, type Running, raw, stopServers } from '../../_fixtures/tls-servers/servers';

let own: Issued;
beforeAll(async () => {
  own = await issue();
});
afterEach(stopServers);

const LATER = new Date(NOW.getTime() + 1e10).toISOString();
const SECURITY_TXT = `Contact: mailto:security@example.com\nExpires: ${LATER}\n`;

async function inClear(server: Running, milliseconds = 20_000) {
  const { port } = server;
  const endpoint = { address: '127.0.0.1', port };
  const page = await askPage({
    endpoint,
    host: 'localhost',
    path: '/',
    isTls: false,
    trust: {},
    mostBytes: 0,
    milliseconds,
  });
  return plaintextTold(port, page);
}

async function securityTxt(handler: RequestListener) {
  const { port } = await https(own, handler);
  return askSecurityTxt(
    { endpoint: { address: '127.0.0.1', port }, host: 'localhost', trust: {}, milliseconds: 20_000 },
    NOW,
  );
}

describe('a request in clear', () => {
  test.each([
    ['redirected', 301, 'https://localhost/'],
    ['redirected', 308, 'https://www.example.com/'],
    ['served', 302, 'http://localhost/elsewhere'],
    ['served', 302, '/elsewhere'],
    ['served', 301, 'http://['],
    ['served', 200, undefined],
    ['served', 301, undefined],
    ['refused', 403, undefined],
    ['refused', 426, undefined],
  ])('is %s by %d to %s', async (verdict, status, location) => {
    const server = await http((_request, response) => {
      response.writeHead(status, location === undefined ? {} : { location }).end('something');
    });
    expect(await inClear(server)).toMatchObject({ verdict, status });
  });

  test('is refused where nobody listens, and not answered where somebody is silent', async () => {
    const gone = await http(() => undefined);
    gone.stop();
    expect(await inClear(gone)).toMatchObject({
      verdict: 'refused',
      detail: 'refuses connections on this port',
    });
    expect(await inClear(await raw(() => undefined), 200)).toMatchObject({ verdict: 'no answer' });
    const other = await raw((socket) => socket.end('SSH-2.0-x\r\n'));
    expect(await inClear(other)).toMatchObject({ verdict: 'cannot tell', detail: 'does not answer in HTTP' });
  });

  test('says who asks, and for which host', async () => {
    let seen = {};
    const server = await http(({ headers }, response) => {
      seen = headers;
      response.end();
    });
    await inClear(server);
    expect(seen).toMatchObject({
      host: `localhost:${server.port}`,
      'user-agent': expect.stringMatching(/^secure-transmission\/\S+ \(TLS prober\)$/),
    });
  });
});

test('a body without end is read as far as it was asked for', async () => {
  let sent = 0;
  const { port } = await https(own, (_request, response) => {
    const more = () => {
      sent += 65_536;
      if (sent < 200_000_000 && !response.destroyed) response.write(Buffer.alloc(65_536, 'a'), more);
    };
    more();
  });
  const endpoint = { address: '127.0.0.1', port };
  const page = await askPage({
    endpoint,
    host: 'localhost',
    path: '/',
    isTls: true,
    trust: {},
    mostBytes: 1000,
    milliseconds: 20_000,
  });
  expect(page).toMatchObject({ answered: true, body: 'a'.repeat(1000) });
  expect(sent).toBeLessThan(50_000_000);
});

test('headers without end are no answer', async () => {
  const { port } = await raw((socket) => {
    socket.on('data', () => {
      socket.write(
        `HTTP/1.1 200 OK\r\n${'x-filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n'.repeat(5000)}`,
      );
    });
  });
  const endpoint = { address: '127.0.0.1', port };
  const page = await askPage({
    endpoint,
    host: 'localhost',
    path: '/',
    isTls: false,
    trust: {},
    mostBytes: 0,
    milliseconds: 20_000,
  });
  expect(page).toEqual({ answered: false, why: 'does not answer in HTTP' });
});

test.each([
  ['max-age=31536000', { maxAgeSeconds: 31536000, includeSubdomains: false, preload: false }],
  [
    'max-age=63072000; includeSubDomains; preload',
    { maxAgeSeconds: 63072000, includeSubdomains: true, preload: true },
  ],
  ['MAX-AGE="5" ; INCLUDESUBDOMAINS', { maxAgeSeconds: 5, includeSubdomains: true, preload: false }],
  ['max-age=1, max-age=99', { maxAgeSeconds: 1, includeSubdomains: false, preload: false }],
  ['includeSubDomains', 'none'],
  ['max-age=soon', 'none'],
  ['', 'none'],
  [undefined, 'none'],
])('reads %j as browsers do', (header, told) => expect(readHsts(header)).toEqual(told));

describe('security.txt', () => {
  const text =
    (body: string, type = 'text/plain; charset=utf-8'): RequestListener =>
    (_request, response) => {
      response.writeHead(200, { 'content-type': type }).end(body);
    };

  test.each([
    ['valid', text(SECURITY_TXT), []],
    ['expired', text(SECURITY_TXT.replace(LATER, '2020-01-01T00:00:00Z')), []],
    ['invalid', text('Contact: mailto:a@example.com\n'), ["'Expires' must be given, got none, add it"]],
    ['absent', text(SECURITY_TXT, 'text/html'), []],
    ['absent', (_request, response) => response.writeHead(404).end(), []],
  ] as [string, RequestListener, string[]][])('is %s', async (verdict, handler, problems) => {
    expect(await securityTxt(handler)).toEqual({ verdict, problems });
  });

  test('is looked for behind a redirect to another path, never on another host', async () => {
    const asked: string[] = [];
    const moved = await securityTxt((request, response) => {
      asked.push(request.url ?? '');
      if (request.url === '/security.txt') text(SECURITY_TXT)(request, response);
      else response.writeHead(302, { location: '/security.txt' }).end();
    });
    expect([moved.verdict, asked]).toEqual(['valid', ['/.well-known/security.txt', '/security.txt']]);

    let elsewhere = 0;
    const trap = await http(() => {
      elsewhere += 1;
    });
    const location = `http://127.0.0.1:${trap.port}/`;
    const away = await securityTxt((_request, response) => response.writeHead(302, { location }).end());
    expect(away).toEqual({
      verdict: 'cannot tell',
      problems: [`is redirected to another host: ${location}`],
    });
    expect(elsewhere).toBe(0);
  });

  test.each([
    'https://localhost:PORT//',
    'https://localhost:PORT/\\\\',
    '//',
    '?',
    'https://',
    'https:',
    '%',
    'https://[',
    '/a b\u00ff',
  ])('whatever a redirect is to, such as %j, an answer comes of it', async (where) => {
    let asked = 0;
    const { port } = await https(own, (_request, response) => {
      asked += 1;
      const location = where.replace('PORT', String(port));
      response.writeHead(302, { location: asked === 1 ? location : 'foo' }).end();
    });
    const endpoint = { address: '127.0.0.1', port };
    const told = await askSecurityTxt({ endpoint, host: 'localhost', trust: {}, milliseconds: 20_000 }, NOW);
    expect(told).toMatchObject({
      verdict: 'cannot tell',
      problems: [expect.stringMatching(/^is redirected /)],
    });
  });

  test('of an address with a zone, which stands in no URL, is told as of any other', async () => {
    const { port } = await https(own, text(SECURITY_TXT));
    const endpoint = { address: '127.0.0.1', port };
    const request = { endpoint, host: '::1%lo', trust: {}, milliseconds: 20_000 };
    expect(await askSecurityTxt(request, NOW)).toEqual({ verdict: 'valid', problems: [] });
  });

  test('is not looked for in circles', async () => {
    let asked = 0;
    const told = await securityTxt((_request, response) => {
      asked += 1;
      response.writeHead(302, { location: '/.well-known/security.txt' }).end();
    });
    expect(told).toEqual({ verdict: 'cannot tell', problems: ['is redirected again and again'] });
    expect(asked).toBe(4);
  });
});
