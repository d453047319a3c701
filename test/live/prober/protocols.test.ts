import type { TlsVersion } from '../../../lib/core/tls';
import type { WeakClassId } from '../../../lib/live/prober/cipher-suites';
import type { Protocols } from '../../../lib/live/prober/protocols';
import { type Issued, issue, rsa } from '../../_fixtures/tls-servers/chains';
import {
  alert,
  mlKemOnly,
  readClientHello,
  record,
  serverHello,
  ssl3,
} from '../../_fixtures/tls-servers/hand-made';
import { hasProgram } from '../../_fixtures/tls-servers/programs';
import { ANYTHING, answering, openssl, raw, stopServers, tls } from '../../_fixtures/tls-servers/servers';
import { ask, verdicts } from './asking';

let own: Issued;
beforeAll(async () => {
  own = await issue({ key: rsa(2048) });
});
afterEach(stopServers);

function accepted({ versions }: Protocols): TlsVersion[] {
  return versions.filter(({ verdict }) => verdict === 'accepted').map(({ version }) => version);
}

function weak({ weakSuites }: Protocols, version: TlsVersion): WeakClassId[] {
  return weakSuites
    .filter((told) => told.version === version && told.verdict === 'accepted')
    .map(({ suites }) => suites);
}

describe("Node's own server", () => {
  test.each([
    [{ minVersion: 'TLSv1.3' }, ['TLSv1.3']],
    [{ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }, ['TLSv1.2']],
    [{ minVersion: 'TLSv1.2' }, ['TLSv1.2', 'TLSv1.3']],
    [ANYTHING, ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']],
    [{ ...ANYTHING, maxVersion: 'TLSv1.1' }, ['TLSv1.0', 'TLSv1.1']],
  ] as const)('with %j accepts %j, and refuses the rest', async (options, versions) => {
    const told = await ask(await tls(own, options));
    expect(accepted(told)).toEqual(versions);
    const others = told.versions.filter(({ verdict }) => verdict !== 'accepted');
    expect(others.map(({ verdict }) => verdict)).toEqual(others.map(() => 'refused'));
  });

  test('tells the suite and the group that it picks', async () => {
    const options = {
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
      ciphers: 'ECDHE-RSA-AES256-GCM-SHA384',
      ecdhCurve: 'P-384',
    } as const;
    const told = await ask(await tls(own, options));
    expect(told.versions).toContainEqual({
      version: 'TLSv1.2',
      verdict: 'accepted',
      cipherSuite: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
      group: 'secp384r1',
    });
  });

  test('names its group under TLS 1.3 although it is given no share of keys', async () => {
    const told = await ask(await tls(own, { minVersion: 'TLSv1.3', ecdhCurve: 'P-521' }));
    expect(told.versions.at(-1)).toMatchObject({ verdict: 'accepted', group: 'secp521r1' });
  });

  test('tells its certificate, and whether it asks for one', async () => {
    const options = { maxVersion: 'TLSv1.2' } as const;
    const [silent, asking] = await Promise.all([
      ask(await tls(own, options)),
      ask(await tls(own, { ...options, requestCert: true, ca: own.pem })),
    ]);
    expect(silent.certificates).toEqual([own.der]);
    expect([silent.asksForCertificate, asking.asksForCertificate]).toEqual([false, true]);
  });

  test('is asked for each class of weak suites, version by version', async () => {
    const ciphers = 'ECDHE-RSA-AES128-GCM-SHA256';
    const good = await ask(await tls(own, { maxVersion: 'TLSv1.2', ciphers }));
    expect(weak(good, 'TLSv1.2')).toEqual([]);
    const old = await ask(await tls(own, { ...ANYTHING, ciphers: 'AES128-SHA:@SECLEVEL=0' }));
    expect(weak(old, 'TLSv1.0')).toEqual(['no-forward-secrecy', 'cbc']);
    expect(weak(old, 'TLSv1.2')).toEqual(['no-forward-secrecy', 'cbc']);
  });
});

const WITH_OPENSSL = hasProgram('openssl');
(WITH_OPENSSL ? describe : describe.skip)(
  `OpenSSL's s_server${WITH_OPENSSL ? '' : ' (skipped: there is no openssl)'}`,
  () => {
    test.each([
      ['-tls1', 'AES128-SHA', 'TLSv1.0', ['no-forward-secrecy', 'cbc']],
      ['-tls1_1', 'ECDHE-RSA-AES128-SHA', 'TLSv1.1', ['cbc']],
      ['-tls1_2', 'ECDHE-RSA-CHACHA20-POLY1305', 'TLSv1.2', []],
      ['-tls1_2', 'AES256-GCM-SHA384', 'TLSv1.2', ['no-forward-secrecy']],
      ['-tls1_2', 'aNULL:!eNULL', 'TLSv1.2', ['anonymous', 'cbc']],
      ['-tls1', 'NULL-SHA', 'TLSv1.0', ['null', 'no-forward-secrecy']],
      ['-tls1_2', 'ECDHE-RSA-CAMELLIA128-SHA256', 'TLSv1.2', ['cbc']],
      ['-tls1_2', 'ECDHE-ARIA256-GCM-SHA384', 'TLSv1.2', []],
    ] as const)('with %s and %s speaks %s, with %j', async (option, ciphers, version, classes) => {
      const told = await ask(await openssl(own, option, '-cipher', `${ciphers}:@SECLEVEL=0`));
      expect(accepted(told)).toEqual([version]);
      expect(weak(told, version)).toEqual(classes);
    });

    test('agrees on keys in a field whose size is told', async () => {
      const told = await ask(
        await openssl(own, '-tls1_2', '-cipher', 'DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0'),
      );
      expect(told.versions[3]).toMatchObject({ verdict: 'accepted', fieldBits: 2048 });
    });

    test('without ML-KEM refuses post-quantum key agreement', async () => {
      const { postQuantum } = await ask(await openssl(own, '-groups', 'X25519:P-256'));
      expect(postQuantum).toEqual({ verdict: 'refused', detail: 'answers with the alert handshake_failure' });
    });
  },
);

describe('a server written by hand', () => {
  test('that speaks SSL 3.0 is told to, and nothing else', async () => {
    const told = await ask(await ssl3(own.der));
    expect(accepted(told)).toEqual(['SSLv3']);
    expect(told.versions[1]).toMatchObject({ verdict: 'refused', detail: 'answers with SSLv3' });
    expect(weak(told, 'SSLv3')).toEqual(['rc4', 'no-forward-secrecy']);
    expect(told.certificates).toEqual([own.der]);
  });

  test('that agrees on keys with ML-KEM only speaks TLS 1.3, post-quantum', async () => {
    const told = await ask(await mlKemOnly());
    expect(accepted(told)).toEqual(['TLSv1.3']);
    expect(told.versions.at(-1)).toMatchObject({ group: 'X25519MLKEM768' });
    expect(told.postQuantum).toEqual({ verdict: 'accepted', group: 'X25519MLKEM768' });
  });

  test('that prefers a classical group is asked for ML-KEM alone', async () => {
    const retry = (group: number) =>
      record(
        22,
        0x0303,
        serverHello(0x0303, 0x1301, [
          [43, Buffer.from([3, 4])],
          [51, Buffer.from([group >> 8, group & 255])],
        ]),
      );
    const server = await answering((bytes) => {
      const hello = readClientHello(bytes);
      if (!hello.extensions.has(43)) return alert(70);
      const groups = hello.extensions.get(10) ?? Buffer.alloc(0);
      return retry(groups.includes(Buffer.from([0, 0x1d])) ? 0x001d : 0x11eb);
    });
    const told = await ask(server);
    expect(told.versions.at(-1)).toMatchObject({ verdict: 'accepted', group: 'x25519' });
    expect(told.postQuantum).toEqual({ verdict: 'accepted', group: 'SecP256r1MLKEM768' });
  });

  test('that wants a share of keys at once is given one, and says nothing about ML-KEM', async () => {
    const server = await answering((bytes) => {
      const { extensions } = readClientHello(bytes);
      const share = extensions.get(51) ?? Buffer.alloc(2);
      if (share.length <= 2) return alert(47);
      return record(
        22,
        0x0303,
        serverHello(0x0303, 0x1301, [
          [43, Buffer.from([3, 4])],
          [51, share.subarray(2, 38)],
        ]),
      );
    });
    const told = await ask(server);
    expect(told.versions.at(-1)).toMatchObject({ verdict: 'accepted', group: 'x25519' });
    expect(told.postQuantum).toEqual({
      verdict: 'cannot tell',
      detail: 'names no group but for a share of it',
    });
  });

  test('that closes on old versions without a word refuses them, since it answers others', async () => {
    const server = await raw((socket) => {
      socket.once('data', (bytes) => {
        if (readClientHello(bytes).version < 0x0303) socket.end();
        else socket.write(record(22, 0x0303, serverHello(0x0303, 0xc02f)));
      });
    });
    const told = await ask(server, 500);
    expect(told.versions[0]).toEqual({
      version: 'SSLv3',
      verdict: 'refused',
      detail: 'closes the connection',
    });
    expect(verdicts(told)).toMatchObject({ 'TLSv1.2': 'accepted', 'TLSv1.3': 'refused' });
  });

  test.each([
    [112, 'cannot tell', 'unrecognized_name'],
    [80, 'cannot tell', 'internal_error'],
    [40, 'refused', 'handshake_failure'],
    [71, 'refused', 'insufficient_security'],
    [199, 'cannot tell', '199'],
  ])('that answers with the alert %d is told as %s', async (description, verdict, name) => {
    const told = await ask(await answering(() => alert(description)));
    expect(told.versions[3]).toEqual({
      version: 'TLSv1.2',
      verdict,
      detail: `answers with the alert ${name}`,
    });
  });

  test('that warns before it accepts has accepted', async () => {
    const server = await answering(() =>
      Buffer.concat([alert(112, 1), record(22, 0x0303, serverHello(0x0303, 0xc02f)), alert(0)]),
    );
    expect(verdicts(await ask(server))['TLSv1.2']).toBe('accepted');
  });

  test.each([
    [
      'a suite that was not offered',
      serverHello(0x0303, 0x4444),
      'picks a cipher suite that was not offered',
    ],
    [
      'a version that does not exist',
      serverHello(0x0399, 0xc02f),
      'answers with a version that does not exist',
    ],
  ])('that picks %s has not accepted', async (_what, hello, detail) => {
    const told = await ask(await answering(() => record(22, 0x0303, hello)), 500);
    expect(told.versions[3]).toEqual({ version: 'TLSv1.2', verdict: 'cannot tell', detail });
  });
});
