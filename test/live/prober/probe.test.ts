import {
  type HostReport,
  type ProbeOptions,
  type ProbeRequest,
  probeHost,
  probeHosts,
} from '../../../lib/live/prober';
import { hierarchy, type Issued, NOW } from '../../_fixtures/tls-servers/chains';
import { mlKemOnly, ssl3 } from '../../_fixtures/tls-servers/hand-made';
import { hasProgram } from '../../_fixtures/tls-servers/programs';
import { ANYTHING, http, https, openssl, raw, stopServers, tls } from '../../_fixtures/tls-servers/servers';

let own: Issued;
let root: Issued;
beforeAll(async () => {
  const made = await hierarchy();
  root = made.root;
  own = { ...made.own, pem: made.own.pem + made.authority.pem };
});
afterEach(stopServers);

function probe(
  port: number,
  promised?: ProbeRequest['promised'],
  more: Partial<ProbeOptions> = {},
): Promise<HostReport> {
  const options = { now: NOW, reach: 'any' as const, authorities: [root.pem], milliseconds: 20_000, ...more };
  return probeHost({ host: 'localhost', port, ...(promised === undefined ? {} : { promised }) }, options);
}

const ids = ({ findings }: HostReport, drift?: boolean) =>
  findings.filter(({ isDrift }) => drift === undefined || isDrift === drift).map(({ id }) => id);

const HSTS = 'max-age=63072000; includeSubDomains';
const GOOD = {
  minVersion: 'TLSv1.2',
  ciphers: 'TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES128-GCM-SHA256',
} as const;

test('a server whose redirects lead to no URL takes away neither its own report nor those of others', async () => {
  const hostile = await https(own, ({ url = '' }, response) => {
    const location = url.startsWith('/.well-known/') ? `https://localhost:${hostile.port}//` : '//';
    response.writeHead(url === '/' ? 200 : 302, url === '/' ? {} : { location }).end();
  });
  const good = await https(own, (_request, response) => response.end());
  const requests = [hostile, good].map(({ port }) => ({ host: 'localhost', port }));
  const options = { now: NOW, reach: 'any' as const, authorities: [root.pem], milliseconds: 2000 };
  const [first, second] = await probeHosts(requests, options);
  expect([first?.unknown, first?.web?.status, first?.web?.securityTxt?.verdict]).toEqual([
    [],
    200,
    'cannot tell',
  ]);
  expect([second?.unknown, second?.web?.status]).toEqual([[], 200]);
});

test('a name that nobody resolves is waited for ten seconds, however long a connection may take', async () => {
  jest.useFakeTimers();
  try {
    const waiting = probe(443, undefined, { resolver: () => new Promise(() => {}), milliseconds: 60_000 });
    await jest.advanceTimersByTimeAsync(10_000);
    expect((await waiting).unknown).toEqual(['was not asked: the name is not resolved in time']);
  } finally {
    jest.useRealTimers();
  }
});

test('a mistake of ours becomes something that was not told, and loses no report', async () => {
  const { port } = await https(own, (_request, response) => response.end());
  const report = await probe(port, undefined, { now: {} as Date });
  expect(report.findings).toEqual([]);
  expect(report.unknown).toEqual(['was not told to the end: what it answers made us fail']);
});

test('a server that does everything right is told to, and keeps its promise', async () => {
  const { port } = await https(
    own,
    (request, response) => {
      const isText = request.url === '/.well-known/security.txt';
      response.writeHead(200, {
        'strict-transport-security': HSTS,
        'content-security-policy': "default-src 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'permissions-policy': 'camera=()',
        'content-type': isText ? 'text/plain' : 'text/html',
      });
      const expires = new Date(NOW.getTime() + 1e10).toISOString();
      response.end(isText ? `Contact: mailto:a@example.com\nExpires: ${expires}\n` : '');
    },
    GOOD,
  );
  const web = await http((_request, response) =>
    response.writeHead(301, { location: 'https://localhost/' }).end(),
  );
  const promised = {
    oldest: 'TLSv1.2',
    newest: 'TLSv1.3',
    forwardSecret: true,
    noCbc: true,
    plaintext: 'redirected',
    hsts: { maxAgeSeconds: 63072000, includeSubdomains: true, preload: false },
    clientCertificates: 'none',
  } as const;
  const report = await probe(port, promised, { plaintextPort: web.port });
  expect(ids(report).filter((id) => id !== 'AgreesOnPostQuantumKeys')).toEqual([]);
  expect(report).toMatchObject({
    target: `localhost:${port}`,
    address: '127.0.0.1',
    forwardSecrecy: 'always',
    clientCertificates: 'not asked for',
    certificate: { chainEnd: 'trusted', nameMatches: true },
    plaintext: { verdict: 'redirected' },
    web: { status: 200, securityTxt: { verdict: 'valid' }, headers: { missing: [] } },
    unknown: [],
  });
});

test('a server that does everything wrong is told all of it, and what it promised', async () => {
  const { port } = await https(own, (_request, response) => response.end(), {
    ...ANYTHING,
    ciphers: 'AES128-SHA:ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0',
    maxVersion: 'TLSv1.2',
  });
  const web = await http((_request, response) => response.end('hello'));
  const promised = {
    oldest: 'TLSv1.2',
    newest: 'TLSv1.3',
    forwardSecret: true,
    noCbc: true,
    plaintext: 'refused',
    hsts: { maxAgeSeconds: 63072000, includeSubdomains: true, preload: false },
    clientCertificates: 'required',
  } as const;
  const report = await probe(port, promised, { plaintextPort: web.port });
  expect(ids(report, false)).toEqual([
    'RefusesOldVersions',
    'ServesNothingInClear',
    'RefusesCbc',
    'SendsHsts',
    'AcceptsTls13',
    'AgreesOnPostQuantumKeys',
    'SendsSecurityHeaders',
    'PublishesSecurityTxt',
  ]);
  expect(ids(report, true)).toEqual([
    'KeepsPromisedFloor',
    'AcceptsPromisedNewest',
    'KeepsPromisedCipherSuites',
    'KeepsPromisedPlaintextAnswer',
    'KeepsPromisedHsts',
    'KeepsPromisedClientCertificates',
  ]);
});

test('a chain that was sent in clear is followed where no handshake is possible', async () => {
  const report = await probe((await ssl3(own.der)).port);
  expect(report.certificate).toMatchObject({ chainEnd: 'incomplete', missingIssuer: 'CN=Test Authority' });
  expect(report.unknown).toEqual([]);
  expect(ids(report)).toEqual(
    expect.arrayContaining(['RefusesOldVersions', 'RefusesRc4', 'HasForwardSecrecy', 'ChainIsTrusted']),
  );
});

test('a server of TLS 1.2 that hangs up on clients without a certificate is told all the same', async () => {
  const mutual = { ...GOOD, maxVersion: 'TLSv1.2', requestCert: true, ca: root.pem } as const;
  const { port } = await https(own, (_request, response) => response.end(), mutual);
  const report = await probe(port, { oldest: 'TLSv1.2', clientCertificates: 'required' });
  expect(report).toMatchObject({
    clientCertificates: 'asked for',
    certificate: { chainEnd: 'trusted', nameMatches: true },
    unknown: [],
  });
  expect(ids(report, true)).toEqual([]);
});

const WITH_OPENSSL = hasProgram('openssl');
(WITH_OPENSSL ? test : test.skip)(
  `a server of TLS 1.3 that wants a certificate of clients is told to${WITH_OPENSSL ? '' : ' (skipped: there is no openssl)'}`,
  async () => {
    const alone = { ...own, pem: own.certificate.toString('pem') };
    const { port } = await openssl(alone, '-tls1_3', '-Verify', '1');
    const report = await probe(port, { oldest: 'TLSv1.3', clientCertificates: 'required' });
    expect(report.clientCertificates).toBe('asked for');
    expect(report.unknown).toEqual([]);
    const open = await openssl(alone, '-tls1_3');
    expect((await probe(open.port)).clientCertificates).toBe('cannot tell');
  },
);

test('a server of TLS 1.3 that nothing here can compute with accepts TLS 1.3, and its certificate is not known', async () => {
  const report = await probe((await mlKemOnly()).port, { oldest: 'TLSv1.3', postQuantum: true });
  expect(report.protocols?.versions.at(-1)).toMatchObject({ verdict: 'accepted' });
  expect(ids(report)).toEqual([]);
  expect(report.unknown).toEqual(['its certificate was not told']);
});

test('silence is not told as anything, and is no drift', async () => {
  const report = await probe(
    (await raw(() => undefined)).port,
    { oldest: 'TLSv1.2', postQuantum: true },
    { milliseconds: 200 },
  );
  expect(report.findings).toEqual([]);
  expect(report.unknown[0]).toBe('SSLv3, TLSv1.0, TLSv1.1, TLSv1.2, TLSv1.3: no answer: it is silent');
  expect(report.forwardSecrecy).toBe('cannot tell');
});

test('one host has its time, whatever it does', async () => {
  let connections = 0;
  const { port } = await raw(() => {
    connections += 1;
  });
  const before = performance.now();
  await probe(port, undefined, { milliseconds: 20_000, hostMilliseconds: 300, connectionsPerHost: 2 });
  expect(performance.now() - before).toBeLessThan(20_000);
  expect(connections).toBeLessThanOrEqual(4);
});

test('so many connections are open at a time, and no more', async () => {
  let open = 0;
  let most = 0;
  const { port } = await raw((socket) => {
    open += 1;
    most = Math.max(most, open);
    socket.on('close', () => {
      open -= 1;
    });
    socket.once('data', () => setTimeout(() => socket.destroy(), 20));
  });
  await probe(port, undefined, { connectionsPerHost: 3 });
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(3);
});

describe('an address that is not allowed', () => {
  test.each([
    ['127.0.0.1', 'it is an address of this machine'],
    ['::1', 'it is an address of this machine'],
    ['169.254.169.254', 'it is a link-local address, where the metadata of clouds are'],
    ['::ffff:10.0.0.1', 'it is a private address'],
  ])('such as %s is not connected to', async (host, why) => {
    const report = await probeHost({ host, port: 443 }, { now: NOW });
    expect(report).toMatchObject({
      unknown: [`was not asked: ${why}, which is not probed unless that is allowed`],
    });
    expect(report.address).toBeUndefined();
  });

  test('is not connected to for a name that leads there, nor where it is given', async () => {
    let connections = 0;
    const { port } = await raw(() => {
      connections += 1;
    });
    const options = { now: NOW, resolver: async () => ['127.0.0.1'] };
    const named = await probeHost({ host: 'rebound.example.com', port }, options);
    expect(named.unknown).toEqual([
      'was not asked: it leads to 127.0.0.1, an address of this machine, which is not probed unless that is allowed',
    ]);
    const given = await probeHost({ host: 'shop.example.com', port }, { now: NOW, address: '127.0.0.1' });
    expect(given.unknown).toHaveLength(1);
    expect(connections).toBe(0);
  });

  test('does not come in by a second look: a name is resolved once', async () => {
    const { port } = await tls(own);
    let looks = 0;
    const resolver = async () => {
      looks += 1;
      return looks === 1 ? ['127.0.0.1'] : ['169.254.169.254'];
    };
    const report = await probeHost(
      { host: 'shop.example.com', port },
      { now: NOW, reach: 'any', resolver, milliseconds: 1000 },
    );
    expect(report.address).toBe('127.0.0.1');
    expect(looks).toBe(1);
  });
});

test('reports stand in the order of the requests, some at a time', async () => {
  const resolver = async (host: string) => [host === 'slow.example.com' ? '10.0.0.1' : '10.0.0.2'];
  const requests = ['slow', 'fast', 'last'].map((name) => ({ host: `${name}.example.com`, port: 443 }));
  const reports = await probeHosts(requests, { now: NOW, resolver, hostsAtOnce: 2 });
  expect(reports.map(({ host }) => host)).toEqual(requests.map(({ host }) => host));
});
