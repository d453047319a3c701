import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CertificateTold, lookAtCertificate } from '../../../lib/live/prober/certificate';
import { type Handshake, shakeHands } from '../../../lib/live/prober/handshake';
import {
  DAY,
  hierarchy,
  type Issued,
  issue,
  NOW,
  P256,
  rsa,
  type Wishes,
} from '../../_fixtures/tls-servers/chains';
import { mlKemOnly } from '../../_fixtures/tls-servers/hand-made';
import { hasProgram } from '../../_fixtures/tls-servers/programs';
import { ANYTHING, openssl, raw, stopServers, tls } from '../../_fixtures/tls-servers/servers';

afterEach(stopServers);

async function shake(
  port: number,
  authorities: readonly Issued[] = [],
  host = 'localhost',
): Promise<Handshake> {
  const trust = { authorities: authorities.map(({ pem }) => pem) };
  return shakeHands({ address: '127.0.0.1', port }, host, trust, 20_000);
}

/** What is told of a server that sends `chain`, to whoever trusts `trusted`. */
async function told(
  own: Issued,
  chain: readonly Issued[],
  trusted: readonly Issued[],
  host = 'localhost',
): Promise<CertificateTold> {
  const sent = { ...own, pem: [own, ...chain].map(({ pem }) => pem).join('') };
  const server = await tls(sent, ANYTHING);
  const handshake = await shake(server.port, trusted, host);
  if (!handshake.done) throw new Error(handshake.why);
  const certificate = lookAtCertificate(handshake.chain, host, handshake.chainEnd, NOW);
  if (certificate === undefined) throw new Error('no certificate');
  return certificate;
}

const GOOD = {
  nameMatches: true,
  isNotYetValid: false,
  weakKeys: [],
  brokenHashes: [],
  chainEnd: 'trusted',
  names: ['localhost'],
  daysLeft: 89,
};

test('a chain that is whole, trusted and in time has nothing wrong with it', async () => {
  const { root, authority, own } = await hierarchy();
  const certificate = await told(own, [authority], [root]);
  expect(certificate).toMatchObject(GOOD);
  expect(certificate.chain.map(({ subject }) => subject)).toEqual([
    'CN=localhost',
    'CN=Test Authority',
    'CN=Test Root',
  ]);
  expect(certificate.chain[0]).toMatchObject({ keyType: 'ec', keyBits: 256, signatureHash: 'sha256' });
});

test.each<[string, Wishes, Partial<CertificateTold>]>([
  [
    'has expired',
    { notBefore: new Date(NOW.getTime() - 90 * DAY), notAfter: new Date(NOW.getTime() - 1.5 * DAY) },
    { daysLeft: -2, lifeLeft: 0, chainEnd: 'trusted' },
  ],
  [
    'is not valid yet',
    { notBefore: new Date(NOW.getTime() + 5 * DAY) },
    { isNotYetValid: true, chainEnd: 'trusted' },
  ],
  [
    'is for another name',
    { names: ['other.example.com'] },
    { nameMatches: false, names: ['other.example.com'] },
  ],
  ['names the host in its common name only', { names: [] }, { nameMatches: false, names: [] }],
  ['has a key of 1024 bits', { key: rsa(1024) }, { weakKeys: ['CN=localhost'] }],
])('a certificate that %s is told to', async (_what, wishes, wrong) => {
  const { root, authority, own } = await hierarchy(wishes);
  expect(await told(own, [authority], [root])).toMatchObject(wrong);
});

test('a signature over SHA-1 is told, with whose it is', async () => {
  const root = await issue({ name: 'Test Root', isAuthority: true, key: rsa(2048, 'SHA-1') });
  const own = await issue({ issuer: root, key: rsa(2048) });
  const { brokenHashes } = await told(own, [], [root]);
  expect(brokenHashes).toEqual(['CN=localhost: sha1']);
});

test('what is wrong with an intermediate is told as well, and nothing of a root', async () => {
  const ofAuthority = { key: rsa(1024), notAfter: new Date(NOW.getTime() + 3 * DAY) };
  const { root, authority, own } = await hierarchy({ key: rsa(2048) }, ofAuthority);
  expect(await told(own, [authority], [root])).toMatchObject({
    weakKeys: ['CN=Test Authority'],
    daysLeft: 2,
  });
  const weakRoot = await issue({ name: 'Weak Root', isAuthority: true, key: rsa(1024) });
  const below = await issue({ issuer: weakRoot });
  expect(await told(below, [weakRoot], [weakRoot])).toMatchObject({ weakKeys: [], chainEnd: 'trusted' });
});

test('an authority that lives for years has not little left of its life in its last one', async () => {
  const years = {
    notBefore: new Date(NOW.getTime() - 3650 * DAY),
    notAfter: new Date(NOW.getTime() + 300 * DAY),
  };
  const { root, authority, own } = await hierarchy({}, years);
  expect((await told(own, [authority], [root])).lifeLeft).toBeCloseTo(0.989, 2);
  const late = await hierarchy({}, { ...years, notAfter: new Date(NOW.getTime() + 27 * DAY) });
  expect((await told(late.own, [late.authority], [late.root])).lifeLeft).toBeCloseTo(0.1, 2);
});

test.each([
  ['without its intermediate', 'incomplete'],
  ['whose root nobody trusts', 'untrusted-root'],
  ['that is one certificate, which vouches for itself', 'self-signed'],
] as const)('a chain %s is %s', async (what, end) => {
  const { root, authority, own } = await hierarchy();
  const alone = await issue();
  const certificate =
    end === 'incomplete'
      ? await told(own, [], [root])
      : end === 'untrusted-root'
        ? await told(own, [authority, root], [])
        : await told(alone, [], []);
  expect([what, certificate.chainEnd]).toEqual([what, end]);
  expect(certificate.missingIssuer).toBe(end === 'incomplete' ? 'CN=Test Authority' : undefined);
});

test.each([
  ['without its intermediate', 'incomplete'],
  ['whose root nobody trusts', 'untrusted-root'],
  ['that vouches for itself', 'self-signed'],
] as const)('that a certificate has expired does not hide a chain %s', async (_what, end) => {
  const past = {
    notBefore: new Date(NOW.getTime() - 90 * DAY),
    notAfter: new Date(NOW.getTime() - 0.5 * DAY),
  };
  const { root, authority, own } = await hierarchy(past);
  const alone = await issue(past);
  const certificate =
    end === 'incomplete'
      ? await told(own, [], [root])
      : end === 'untrusted-root'
        ? await told(own, [authority, root], [])
        : await told(alone, [], []);
  expect(certificate).toMatchObject({ chainEnd: end, daysLeft: -1 });
});

test('a server is asked for the name that is looked at, and shows the certificate of that', async () => {
  const [first, second] = await Promise.all([
    issue({ name: 'one.example.com' }),
    issue({ name: 'two.example.com' }),
  ]);
  const { createSecureContext } = await import('node:tls');
  const server = await tls(first, {
    SNICallback: (name, done) => {
      const { pem: cert, keyPem: key } = name === 'two.example.com' ? second : first;
      done(null, createSecureContext({ cert, key }));
    },
  });
  const handshakes = await Promise.all(
    ['one.example.com', 'two.example.com'].map((name) => shake(server.port, [], name)),
  );
  expect(handshakes.map((each) => each.done && each.chain[0]?.equals(first.der))).toEqual([true, false]);
  expect(handshakes[1]).toMatchObject({ chain: [second.der] });
});

test.each([
  ['hangs', () => raw(() => undefined), 'is silent'],
  ['closes', () => raw((socket) => socket.end()), 'closes the connection'],
  [
    'speaks HTTP in clear',
    () => raw((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    /^ends the handshake \(/,
  ],
])('a server that %s makes no handshake, and says so', async (_what, start, why) => {
  const { port } = await start();
  const handshake = await shakeHands({ address: '127.0.0.1', port }, 'localhost', {}, 300);
  expect(handshake).toEqual({ done: false, why: expect.stringMatching(why) });
});

test('a server that nothing here can compute with makes no handshake, which says nothing about what it refuses', async () => {
  const handshake = await shake((await mlKemOnly()).port);
  // Node 24 offers ML-KEM, and finds the server to be one of paper.
  expect(handshake.done).toBe(false);
});

const WITH_OPENSSL = hasProgram('openssl');
(WITH_OPENSSL ? test : test.skip).each([
  ['good', 'V', undefined],
  ['revoked', 'R', '261101000000Z'],
])(
  `a staple that says %s is read${WITH_OPENSSL ? '' : ' (skipped: there is no openssl)'}`,
  async (status, flag, revoked) => {
    const root = await issue({ name: 'Test Root', isAuthority: true, key: P256 });
    const own = await issue({ issuer: root });
    const folder = mkdtempSync(path.join(tmpdir(), 'staple-'));
    try {
      const file = (name: string, text: string) => {
        writeFileSync(path.join(folder, name), text);
        return name;
      };
      file('root.pem', root.pem);
      file('root.key', root.keyPem);
      file('own.pem', own.pem);
      const serial = own.certificate.serialNumber.toUpperCase();
      file('index.txt', `${flag}\t351231000000Z\t${revoked ?? ''}\t${serial}\tunknown\t/CN=localhost\n`);
      const options = { cwd: folder, stdio: 'ignore' as const };
      execFileSync(
        'openssl',
        ['ocsp', '-issuer', 'root.pem', '-cert', 'own.pem', '-reqout', 'request.der', '-no_nonce'],
        options,
      );
      const answer = ['-index', 'index.txt', '-CA', 'root.pem', '-rsigner', 'root.pem', '-rkey', 'root.key'];
      spawnSync(
        'openssl',
        ['ocsp', ...answer, '-reqin', 'request.der', '-respout', 'staple.der', '-ndays', '3'],
        options,
      );
      const server = await openssl(own, '-status_file', path.join(folder, 'staple.der'));
      expect(await shake(server.port, [root])).toMatchObject({ done: true, staple: status });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

test('a server that staples nothing is told to', async () => {
  const own = await issue();
  expect(await shake((await tls(own)).port)).toMatchObject({ staple: undefined });
});
