import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import tls from 'node:tls';
import { selfSignedCertificate } from '../../lib/target/self-signed-certificate';

const SHOP = path.resolve(__dirname, '../../examples/shop');
/** What `TargetCertificate.inProcess()` tells the container. */
const TLS = { TARGET_TLS_SOURCE: 'process', TARGET_TLS_MIN_VERSION: 'TLSv1.2' };

let folder: string;
let open: { close(): unknown }[] = [];
let children: ChildProcess[] = [];

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'shop-container-'));
  // The command that the README has the reader type, so that what is tested is what is put into the image.
  const command = /^\$ npx (esbuild .+) --outfile=container\/dist\/server\.js$/m.exec(
    readFileSync(path.join(SHOP, 'README.md'), 'utf8'),
  )?.[1];
  const programs = path.resolve(__dirname, '../../node_modules/.bin');
  const { status, stderr } = spawnSync(`${command} --outfile="${path.join(folder, 'server.js')}"`, {
    cwd: SHOP,
    shell: true,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${programs}${path.delimiter}${process.env.PATH}` },
  });
  if (status !== 0) throw new Error(`the server was not bundled: ${stderr}`);
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const each of open) each.close();
  children = [];
  open = [];
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Container {
  readonly port: number;
  readonly child: ChildProcess;
  /** The first line of its log that has a word. */
  logged(word: string): Promise<string>;
}

/** The real server of the shop, in a process of its own, on a port that is free. */
async function start(environment: Record<string, string> = {}): Promise<Container> {
  const child = spawn(process.execPath, [path.join(folder, 'server.js')], {
    env: { ...TLS, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout as NonNullable<typeof child.stdout> }).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  const logged = (word: string) =>
    new Promise<string>((resolve) => {
      const look = () => {
        const line = lines.find((one) => one.includes(word));
        if (line === undefined) return;
        waiting.delete(look);
        resolve(line);
      };
      waiting.add(look);
      look();
    });
  const { listening } = JSON.parse(await logged('listening')) as { listening: AddressInfo };
  return { port: listening.port, child, logged };
}

/** What a client that speaks one version only, and would take anything, agrees on with a server. */
function handshake(port: number, version: tls.SecureVersion): Promise<string> {
  return new Promise((resolve) => {
    const socket = tls.connect({
      host: '127.0.0.1',
      port,
      rejectUnauthorized: false,
      minVersion: version,
      maxVersion: version,
      // OpenSSL 3 refuses TLS 1.0 and 1.1 by itself: the refusal has to be the server's.
      ciphers: 'ALL@SECLEVEL=0',
    });
    socket.once('secureConnect', () => {
      resolve(`${socket.getProtocol()}`);
      socket.destroy();
    });
    socket.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
  });
}

/** Asks over TLS as a load balancer does, which verifies nothing. */
function ask(port: number, url: string, method = 'GET'): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: url, method, rejectUnauthorized: false, agent: false };
    const request = https.request(options, (response) => {
      const chunks: string[] = [];
      response.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body: chunks.join('') }));
    });
    request.once('error', reject).end();
  });
}

/** A server on loopback. */
async function listening<T extends net.Server>(server: T): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('the container of the shop', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)('speaks %s', async (version) => {
    const { port } = await start();
    expect(await handshake(port, version)).toBe(version);
  });

  test.each(['TLSv1', 'TLSv1.1'] as const)(
    'refuses %s to a client that a careless server would have served',
    async (version) => {
      const { key, cert } = selfSignedCertificate({ days: 1, now: new Date() });
      const lax = { key, cert, minVersion: 'TLSv1', ciphers: 'ALL@SECLEVEL=0' } as const;
      const careless = await listening(tls.createServer(lax, (socket) => socket.end()));
      const { port, logged } = await start();
      expect(await handshake(careless, version)).toBe(version);
      expect(await handshake(port, version)).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
      expect(await logged('refused')).toMatch(/unsupported protocol/);
    },
  );

  test('gives nothing to who asks in clear, and hangs up', async () => {
    const { port, logged } = await start();
    const received = await new Promise<Buffer>((resolve, reject) => {
      const socket = net.connect(port, '127.0.0.1', () =>
        socket.write('GET / HTTP/1.1\r\nHost: shop\r\n\r\n'),
      );
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => chunks.push(chunk)).once('error', reject);
      socket.once('close', () => resolve(Buffer.concat(chunks)));
    });
    expect(received.toString('latin1')).toBe('');
    expect(await logged('refused')).toMatch(/http request/);
  });

  test('answers the health check of the load balancer, and serves its page', async () => {
    const { port, logged } = await start();
    await logged('ready');
    expect(await ask(port, '/health')).toEqual({ status: 200, body: '' });
    expect(await ask(port, '/')).toMatchObject({ status: 200, body: expect.stringContaining('open') });
    expect(await ask(port, '/orders/1')).toMatchObject({ status: 404 });
    expect(await ask(port, '/orders/1', 'POST')).toMatchObject({ status: 405 });
  });

  test('ends when Fargate asks it to', async () => {
    const { child } = await start();
    const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  test('does not start where nobody said where its certificate comes from', async () => {
    const { stderr, status } = spawnSync(process.execPath, [path.join(folder, 'server.js')], {
      env: { PORT: '0' },
      encoding: 'utf8',
    });
    expect(status).not.toBe(0);
    expect(stderr).toContain("'TARGET_TLS_SOURCE' must be files or process or proxy, got nothing");
  });
});

describe('the way from the container to its database', () => {
  const trusted = selfSignedCertificate({ days: 1, now: new Date() });
  const stranger = selfSignedCertificate({ days: 1, now: new Date() });

  /** Something that answers as PostgreSQL does when it is asked for TLS; it keeps what it got before TLS. */
  async function database(answer: string, options: tls.SecureContextOptions, got: Buffer[] = []) {
    const server = net.createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (request) => {
        got.push(request);
        socket.write(answer);
        if (answer !== 'S') return socket.on('data', (more) => got.push(more));
        const secureContext = tls.createSecureContext(options);
        return new tls.TLSSocket(socket, { isServer: true, secureContext }).on('error', () => undefined);
      });
    });
    return listening(server);
  }

  /** The container, told of a database as the stack tells it. */
  function startWith(port: number, host = 'localhost'): Promise<Container> {
    const PGSSLROOTCERT = path.join(folder, 'global-bundle.pem');
    writeFileSync(PGSSLROOTCERT, trusted.cert);
    return start({ PGHOST: host, PGPORT: String(port), PGSSLROOTCERT, NODE_NO_WARNINGS: '1' });
  }

  test('is proven before the container is healthy', async () => {
    const got: Buffer[] = [];
    const { port, logged } = await startWith(await database('S', trusted, got));
    expect(JSON.parse(await logged('orders'))).toEqual({
      store: 'orders',
      protocol: 'TLSv1.3',
      cipher: 'TLS_AES_256_GCM_SHA384',
    });
    await logged('ready');
    expect(await ask(port, '/health')).toMatchObject({ status: 200 });
    expect(Buffer.concat(got).toString('hex')).toBe('0000000804d2162f');
  });

  test.each([
    ['shows the certificate of a stranger', 'S', stranger, /self-signed certificate/],
    ['speaks no TLS', 'N', trusted, /it does not speak TLS/],
    ['sends more in clear than its answer', 'SELECT', trusted, /it does not speak TLS/],
    [
      'speaks TLS 1.1 only',
      'S',
      { ...trusted, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' },
      /alert protocol version|unsupported protocol|wrong version/,
    ],
  ] as const)('is not taken where it %s', async (_, answer, options, why) => {
    const got: Buffer[] = [];
    const { port, logged } = await startWith(await database(answer, options, got));
    expect(await logged('orders')).toMatch(why);
    expect(await ask(port, '/health')).toMatchObject({ status: 503 });
    expect(Buffer.concat(got).toString('hex')).toBe('0000000804d2162f');
  });

  test('is not taken where the host has another name than the certificate', async () => {
    const at = await database('S', trusted);
    const { port, logged } = await startWith(at, '127.0.0.1');
    expect(await logged('orders')).toMatch(/does not match certificate's altnames/);
    expect(await ask(port, '/health')).toMatchObject({ status: 503 });
  });
});
