import { TLS_VERSIONS } from '../../../lib/core/tls';
import { clientHello } from '../../../lib/live/prober/client-hello';
import { groupsOf, readClientHello } from '../../_fixtures/tls-servers/hand-made';

const SUITES = [0xc02f, 0x1301];

test.each([
  ['SSLv3', 0x0300, 0x0300],
  ['TLSv1.0', 0x0301, 0x0301],
  ['TLSv1.1', 0x0302, 0x0301],
  ['TLSv1.2', 0x0303, 0x0301],
  ['TLSv1.3', 0x0303, 0x0301],
] as const)('offers %s as 0x0%o in a record that old servers read', (version, number, recordNumber) => {
  const hello = readClientHello(clientHello({ version, suites: SUITES, serverName: 'localhost' }));
  expect(hello.version).toBe(number);
  expect(hello.recordVersion).toBe(recordNumber);
  expect(hello.suites.slice(0, 2)).toEqual(SUITES);
});

test('offers TLS 1.3 and nothing else, with no share of keys, so that the server names its group', () => {
  const hello = readClientHello(
    clientHello({ version: 'TLSv1.3', suites: SUITES, groups: [0x11ec], serverName: 'localhost' }),
  );
  expect(hello.extensions.get(43)).toEqual(Buffer.from([2, 3, 4]));
  expect(hello.extensions.get(51)).toEqual(Buffer.from([0, 0]));
  expect(groupsOf(hello)).toEqual([0x11ec]);
  expect(hello.suites).toEqual(SUITES);
});

test('says to servers of old that it knows of secure renegotiation', () => {
  const old = readClientHello(clientHello({ version: 'SSLv3', suites: SUITES, serverName: 'localhost' }));
  expect(old.suites.at(-1)).toBe(0x00ff);
  expect(old.extensions.size).toBe(0);
  const later = readClientHello(clientHello({ version: 'TLSv1.0', suites: SUITES, serverName: 'localhost' }));
  expect(later.extensions.has(0xff01)).toBe(true);
  expect(later.extensions.has(13)).toBe(false);
});

test('names the server, unless that is an address', () => {
  const named = readClientHello(
    clientHello({ version: 'TLSv1.2', suites: SUITES, serverName: 'shop.example.com' }),
  );
  expect(named.extensions.get(0)?.subarray(5).toString()).toBe('shop.example.com');
  for (const serverName of ['192.0.2.7', '2001:db8::1']) {
    const hello = readClientHello(clientHello({ version: 'TLSv1.2', suites: SUITES, serverName }));
    expect(hello.extensions.has(0)).toBe(false);
  }
});

test('never has the length on which some load balancers hang', () => {
  for (const version of TLS_VERSIONS.filter((each) => each !== 'SSLv3')) {
    for (let count = 1; count < 250; count += 1) {
      const suites = Array.from({ length: count }, (_, i) => i + 1);
      const { length } = clientHello({ version, suites, serverName: 'localhost' });
      // Without the five bytes of the record.
      expect(length - 5 < 256 || length - 5 >= 512).toBe(true);
    }
  }
});
