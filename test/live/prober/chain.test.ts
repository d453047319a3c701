import { rootCertificates } from 'node:tls';
import { chainEndOf, isAuthority } from '../../../lib/live/prober/chain';
import { shakeHands } from '../../../lib/live/prober/handshake';
import { DAY, hierarchy, type Issued, issue, NOW, type Wishes } from '../../_fixtures/tls-servers/chains';
import { ANYTHING, stopServers, tls } from '../../_fixtures/tls-servers/servers';

afterEach(stopServers);

/** What OpenSSL says about the same chain. */
async function theirs(sent: readonly [Issued, ...Issued[]], authorities: readonly string[]): Promise<string> {
  const server = await tls({ ...sent[0], pem: sent.map(({ pem }) => pem).join('') }, ANYTHING);
  const handshake = await shakeHands(
    { address: '127.0.0.1', port: server.port },
    'localhost',
    { authorities },
    3000,
  );
  return handshake.done ? handshake.chainEnd : handshake.why;
}

const EXPIRED: Wishes = {
  notBefore: new Date(NOW.getTime() - 9 * DAY),
  notAfter: new Date(NOW.getTime() - DAY),
};

describe.each<[string, Wishes]>([
  ['in time', {}],
  ['expired', EXPIRED],
])('a certificate %s', (_when, wishes) => {
  test('ends where OpenSSL says that it ends', async () => {
    const { root, authority, own } = await hierarchy(wishes);
    const alone = await issue(wishes);
    const cases: [readonly [Issued, ...Issued[]], readonly string[], string][] = [
      [[own, authority], [root.pem], 'trusted'],
      [[own, authority, root], [root.pem], 'trusted'],
      [[own, root, authority], [root.pem], 'trusted'],
      [[own], [root.pem], 'incomplete'],
      [[own, authority], [], 'incomplete'],
      [[own, authority, root], [], 'untrusted-root'],
      [[alone], [], 'self-signed'],
      [[alone], [alone.pem], 'trusted'],
    ];
    for (const [sent, authorities, end] of cases) {
      const ours = chainEndOf(
        sent.map(({ der }) => der),
        authorities,
      );
      expect([ours, await theirs(sent, authorities)]).toEqual([end, end]);
    }
  });
});

test('a name without the key behind it vouches for nothing', async () => {
  const [real, other] = [await hierarchy(), await hierarchy()];
  expect(chainEndOf([real.own.der, other.authority.der], [other.root.pem])).toBe('incomplete');
  expect(chainEndOf([real.own.der, real.authority.der], [other.root.pem])).toBe('incomplete');
});

test('what is no authority vouches for nothing, whatever it has signed', async () => {
  const { root, authority, own } = await hierarchy();
  const below = await issue({ issuer: own, name: 'below.example.com' });
  expect(chainEndOf([below.der, own.der, authority.der], [root.pem])).toBe('incomplete');
});

test('what cannot be read leads nowhere', async () => {
  expect(chainEndOf([], [])).toBe('cannot tell');
  expect(chainEndOf([Buffer.from('no certificate')], [])).toBe('cannot tell');
});

test("Node's own authorities are trusted", () => {
  const der = Buffer.from((rootCertificates[0] ?? '').replace(/-----[^-]+-----|\n/g, ''), 'base64');
  expect(isAuthority(der, [])).toBe(true);
  expect(chainEndOf([der], [])).toBe('trusted');
});
