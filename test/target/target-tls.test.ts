import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { keepRenewed, TARGET_TLS_ENVIRONMENT, targetTls } from '../../lib/target';
import { selfSignedCertificate } from '../../lib/target/self-signed-certificate';
import { openssl, testWithOpenssl } from './openssl';

const { source, minVersion, keyFile, certificateFile, validityDays } = TARGET_TLS_ENVIRONMENT;
const PROCESS = { [source]: 'process', [minVersion]: 'TLSv1.2' };

let folder: string;
let open: { close(): void }[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'target-tls-'));
});
afterEach(() => {
  for (const each of open) each.close();
  open = [];
  rmSync(folder, { recursive: true });
});

/** A server on loopback, which answers `over TLS`. */
async function serve(options: tls.TlsOptions): Promise<{ server: https.Server; port: number }> {
  const server = https.createServer(options, (_, response) => response.end('over TLS'));
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

/** What a client that offers these versions only, and would take anything, agrees on with a server. */
function handshake(
  port: number,
  version: tls.SecureVersion,
  more: tls.ConnectionOptions = {},
): Promise<string> {
  return new Promise((resolve) => {
    const socket = tls.connect({
      host: '127.0.0.1',
      port,
      servername: 'localhost',
      rejectUnauthorized: false,
      minVersion: version,
      maxVersion: version,
      // OpenSSL 3 would refuse TLS 1.0 and 1.1 by itself: the refusal has to be the server's.
      ciphers: 'ALL@SECLEVEL=0',
      ...more,
    });
    socket.once('secureConnect', () => {
      resolve(`${socket.getProtocol()} ${socket.getCipher().standardName}`);
      socket.destroy();
    });
    socket.once('error', (error) => resolve(`code` in error ? String(error.code) : error.message));
  });
}

/** What the openssl program says when it connects with one version; the server here answers meanwhile. */
function client(port: number, version: string): Promise<string> {
  return new Promise((resolve) => {
    const to = ['-connect', `127.0.0.1:${port}`, '-cipher', 'ALL:@SECLEVEL=0'];
    const child = spawn('openssl', ['s_client', `-${version}`, ...to]);
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
    }
    child.on('close', () => resolve(output.join('')));
    child.stdin.end();
  });
}

/** What a server does that was set up carelessly. */
const lax = () =>
  serve({
    ...selfSignedCertificate({ days: 1, now: new Date() }),
    minVersion: 'TLSv1',
    ciphers: 'ALL@SECLEVEL=0',
  });

function writeFiles(now = new Date()) {
  const files = { [keyFile]: path.join(folder, 'key.pem'), [certificateFile]: path.join(folder, 'cert.pem') };
  const { key, cert } = selfSignedCertificate({ days: 30, now });
  writeFileSync(files[keyFile] ?? '', key);
  writeFileSync(files[certificateFile] ?? '', cert);
  return { environment: { [source]: 'files', ...files }, key, cert };
}

describe('a target that serves with targetTls', () => {
  test.each([
    ['TLSv1.2', 'TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'],
    ['TLSv1.3', 'TLSv1.3 TLS_AES_128_GCM_SHA256'],
  ] as const)('speaks %s', async (version, agreed) => {
    const { port } = await serve({ ...targetTls(PROCESS) });
    expect(await handshake(port, version)).toBe(agreed);
  });

  test.each(['TLSv1', 'TLSv1.1'] as const)(
    'refuses %s to a client that a careless server would have served',
    async (version) => {
      const [target, careless] = await Promise.all([serve({ ...targetTls(PROCESS) }), lax()]);
      expect(await handshake(careless.port, version)).toMatch(new RegExp(`^${version} `));
      expect(await handshake(target.port, version)).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
    },
  );

  test('refuses TLS 1.2 where it is told to', async () => {
    const { port } = await serve({ ...targetTls({ ...PROCESS, [minVersion]: 'TLSv1.3' }) });
    expect(await handshake(port, 'TLSv1.2')).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
    expect(await handshake(port, 'TLSv1.3')).toMatch(/^TLSv1.3 /);
  });

  test('agrees on no cipher suite without forward secrecy, and on none with CBC', async () => {
    const [target, careless] = await Promise.all([serve({ ...targetTls(PROCESS) }), lax()]);
    const old = { ciphers: 'ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA@SECLEVEL=0' };
    expect(await handshake(careless.port, 'TLSv1.2', old)).toMatch(/^TLSv1.2 .*_CBC_/);
    expect(await handshake(target.port, 'TLSv1.2', old)).toMatch(/HANDSHAKE_FAILURE/);
  });

  test('answers a client that verifies and trusts its certificate', async () => {
    const options = targetTls(PROCESS);
    const { port } = await serve({ ...options });
    const answer = await new Promise<string>((resolve, reject) => {
      https
        .get(
          { host: '127.0.0.1', port, servername: 'localhost', ca: options.cert, agent: false },
          (response) => {
            response.setEncoding('utf8').on('data', resolve);
          },
        )
        .on('error', reject);
    });
    expect(answer).toBe('over TLS');
  });

  testWithOpenssl('refuses TLS 1.1 to openssl too, and speaks TLS 1.2 and 1.3 with it', async () => {
    const [{ port }, careless] = await Promise.all([serve({ ...targetTls(PROCESS) }), lax()]);
    expect(await client(careless.port, 'tls1_1')).toMatch(/New, TLSv1.*Cipher is ECDHE-ECDSA-AES/);
    expect(await client(port, 'tls1_1')).toMatch(/alert protocol version|tlsv1 alert/i);
    expect(await client(port, 'tls1_2')).toMatch(/New, TLSv1.2, Cipher is ECDHE-ECDSA-AES/);
    expect(await client(port, 'tls1_3')).toMatch(/New, TLSv1.3, Cipher is TLS_/);
  });
});

describe('targetTls', () => {
  test('makes a new certificate for every process, valid for a year', () => {
    const [first, second] = [targetTls(PROCESS), targetTls(PROCESS)];
    expect(first.cert).not.toBe(second.cert);
    const { validTo } = new X509Certificate(first.cert);
    const days = (new Date(validTo).getTime() - Date.now()) / (24 * 60 * 60 * 1000);
    expect(Math.round(days)).toBe(365);
  });

  test('makes it valid for as long as it is told', () => {
    const { cert } = targetTls({ ...PROCESS, [validityDays]: '7' });
    const days = (new Date(new X509Certificate(cert).validTo).getTime() - Date.now()) / (24 * 60 * 60 * 1000);
    expect(Math.round(days)).toBe(7);
  });

  test('takes key and certificate from files', () => {
    const { environment, key, cert } = writeFiles();
    expect(targetTls(environment)).toMatchObject({ key, cert, minVersion: 'TLSv1.2' });
  });

  test('reads the environment of the process unless it is given another', () => {
    expect(process.env[source]).toBeUndefined();
    expect(() => targetTls()).toThrow(
      "environment: 'TARGET_TLS_SOURCE' must be files or process or proxy, got nothing, deploy with a TargetCertificate, which sets it",
    );
  });

  test.each([
    [
      'an unknown source',
      { [source]: 'acm' },
      '\'TARGET_TLS_SOURCE\' must be files or process or proxy, got "acm"',
    ],
    [
      'TLS 1.1',
      { ...PROCESS, [minVersion]: 'TLSv1.1' },
      '\'TARGET_TLS_MIN_VERSION\' must be TLSv1.2 or TLSv1.3, got "TLSv1.1"',
    ],
    [
      'no version',
      { ...PROCESS, [minVersion]: '' },
      '\'TARGET_TLS_MIN_VERSION\' must be TLSv1.2 or TLSv1.3, got ""',
    ],
    [
      'no days',
      { ...PROCESS, [validityDays]: '0' },
      '\'TARGET_TLS_VALIDITY_DAYS\' must be a whole number of days from 1 to 397, got "0", leave it out for 365',
    ],
    ['too many days', { ...PROCESS, [validityDays]: '398' }, 'from 1 to 397, got "398"'],
    ['half a day', { ...PROCESS, [validityDays]: '1.5' }, 'from 1 to 397, got "1.5"'],
    [
      'a proxy',
      { [source]: 'proxy' },
      "'TARGET_TLS_SOURCE' must be files or process for a target that ends TLS, got 'proxy', serve HTTP to the proxy of the task",
    ],
    ['no key', { [source]: 'files' }, "'TARGET_TLS_KEY_FILE' must be set, got nothing"],
    [
      'a key that is not there',
      { [source]: 'files', [keyFile]: '/nowhere/key.pem' },
      '\'TARGET_TLS_KEY_FILE\' must name a file that can be read and holds PEM, got "/nowhere/key.pem" (ENOENT)',
    ],
  ])('refuses %s', (_, environment, message) => {
    expect(() => targetTls(environment)).toThrow(message);
  });

  test('refuses a certificate of another key, and shows nothing of the key', () => {
    const { environment } = writeFiles();
    const { cert } = selfSignedCertificate({ days: 1, now: new Date() });
    writeFileSync(path.join(folder, 'cert.pem'), cert);
    expect(() => targetTls(environment)).toThrow(
      "'TARGET_TLS_CERTIFICATE_FILE' must name the certificate of the key in 'TARGET_TLS_KEY_FILE', got that of another key, have both written together",
    );
  });

  test('refuses a file that holds no key, and shows nothing of what it holds', () => {
    const { environment } = writeFiles();
    writeFileSync(path.join(folder, 'key.pem'), 'TOP-SECRET-MATERIAL');
    const thrown = (() => {
      try {
        return targetTls(environment);
      } catch (error) {
        return error;
      }
    })();
    expect(String(thrown)).toContain("'TARGET_TLS_KEY_FILE' must name a file that can be read and holds PEM");
    expect(
      `${String(thrown)} ${JSON.stringify(thrown)} ${String((thrown as { cause?: unknown }).cause)}`,
    ).not.toContain('TOP-SECRET');
  });
});

describe('keepRenewed', () => {
  const fingerprint = (port: number, client?: ClientCertificate) =>
    new Promise<string>((resolve, reject) => {
      const socket = tls.connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...client }, () => {
        resolve(socket.getPeerCertificate().fingerprint256);
        socket.destroy();
      });
      socket.once('error', reject);
    });

  interface ClientCertificate {
    readonly key: string;
    readonly cert: string;
  }

  /** What a client with a certificate gets to read. */
  const answer = (port: number, client: ClientCertificate) =>
    new Promise<string>((resolve) => {
      https
        .get({ host: '127.0.0.1', port, ...client, rejectUnauthorized: false, agent: false }, (response) => {
          response.setEncoding('utf8').on('data', resolve);
        })
        .on('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    });

  function clientCertificate(name: string): ClientCertificate {
    const [key, cert] = [path.join(folder, `${name}.key`), path.join(folder, `${name}.crt`)];
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
    const { status, output } = openssl([
      'req',
      ...kind,
      '-subj',
      `/CN=${name}`,
      '-keyout',
      key,
      '-out',
      cert,
    ]);
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  }

  async function changed(port: number, before: string, client?: ClientCertificate): Promise<string> {
    for (;;) {
      const now = await fingerprint(port, client);
      if (now !== before) return now;
    }
  }

  test('gives a server new certificates while it serves, and keeps refusing TLS 1.1', async () => {
    const { server, port } = await serve({ ...targetTls(PROCESS) });
    const before = await fingerprint(port);
    const stop = keepRenewed(server, { environment: PROCESS, every: 20 });
    await changed(port, before);
    stop();
    expect(await handshake(port, 'TLSv1.1')).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
    expect(await handshake(port, 'TLSv1.2')).toBe('TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256');
    const last = await fingerprint(port);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await fingerprint(port)).toBe(last);
  });

  testWithOpenssl('keeps letting in the clients of the authority that the server was made with', async () => {
    const [known, stranger] = [clientCertificate('known'), clientCertificate('stranger')];
    const clients = { ca: known.cert, requestCert: true };
    const { server, port } = await serve({ ...targetTls(PROCESS), ...clients });
    const before = await fingerprint(port, known);
    const tlsOptions = { ca: known.cert };
    const stop = keepRenewed(server, { environment: PROCESS, every: 20, tlsOptions });
    await changed(port, before, known);
    stop();
    expect(await answer(port, known)).toBe('over TLS');
    expect(await answer(port, stranger)).toMatch(/ERR_SSL|ECONNRESET/);
  });

  test('refuses a server that asks for certificates where it is not told whose, which would become anybody’s', async () => {
    const { server } = await serve({ ...targetTls(PROCESS), ca: targetTls(PROCESS).cert, requestCert: true });
    expect(() => keepRenewed(server, { environment: PROCESS })).toThrow(
      "environment: 'tlsOptions.ca' must be set for a server that asks clients for certificates, got nothing, a renewal would have it trust every public authority, name the authorities that it was made with",
    );
  });

  test.each([0, -1, 0.5, Number.NaN, 2 ** 31, Number.POSITIVE_INFINITY])(
    'refuses to renew every %d milliseconds, which a timer takes for one',
    async (every) => {
      const { server } = await serve({ ...targetTls(PROCESS) });
      expect(() => keepRenewed(server, { environment: PROCESS, every })).toThrow(
        `environment: 'every' must be whole milliseconds, from 1 to 2147483647 (24 days), got ${every}, leave it out for twice a day`,
      );
    },
  );

  test('goes on with what it has when files are gone, and tells', async () => {
    const { environment } = writeFiles();
    const { server, port } = await serve({ ...targetTls(environment) });
    const before = await fingerprint(port);
    rmSync(path.join(folder, 'key.pem'));
    const told = await new Promise((resolve) => {
      const stop = keepRenewed(server, {
        environment,
        every: 10,
        onError: (error) => {
          stop();
          resolve(error);
        },
      });
    });
    expect(String(told)).toContain("'TARGET_TLS_KEY_FILE' must name a file that can be read");
    expect(await fingerprint(port)).toBe(before);
  });
});
