import { createServer, type Server, type Socket } from 'node:net';
import tls from 'node:tls';
import { selfSignedCertificate } from '../../lib/target/self-signed-certificate';
import { probe } from './probe';

const PAIR = selfSignedCertificate({ days: 1, now: new Date() });

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
});

function listening(server: Server): Promise<number> {
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

function speaking(options: tls.TlsOptions): Promise<number> {
  const server = tls.createServer({ ...PAIR, ...options }, (socket) => socket.end());
  // What the probe breaks off is no failure of the test.
  server.on('tlsClientError', () => undefined);
  return listening(server);
}

const at = (port: number) => ({ host: '127.0.0.1', port, servername: 'localhost', timeout: 2000 });

describe('an endpoint of TLS 1.2 or newer', () => {
  test.each(['TLSv1', 'TLSv1.1'] as const)('refuses %s', async (version) => {
    const port = await speaking({ minVersion: 'TLSv1.2' });
    expect(await probe({ ...at(port), version })).toMatchObject({ outcome: 'refused' });
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('speaks %s', async (version) => {
    const port = await speaking({ minVersion: 'TLSv1.2' });
    expect(await probe({ ...at(port), version })).toEqual({
      outcome: 'accepted',
      protocol: version,
      isAuthentic: false,
    });
  });

  test('is authentic where its certificate is trusted for the name', async () => {
    const port = await speaking({ minVersion: 'TLSv1.2' });
    const trusted = { ...at(port), version: 'TLSv1.2', ca: PAIR.cert } as const;
    expect(await probe(trusted)).toMatchObject({ isAuthentic: true });
    expect(await probe({ ...trusted, servername: 'other.example.com' })).toMatchObject({
      isAuthentic: false,
    });
  });
});

test('an endpoint that still speaks TLS 1.1 is found: the offer is real', async () => {
  const port = await speaking({ minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' });
  expect(await probe({ ...at(port), version: 'TLSv1.1' })).toMatchObject({
    outcome: 'accepted',
    protocol: 'TLSv1.1',
  });
});

test('an endpoint that hangs up on the offer has refused it', async () => {
  const port = await listening(
    createServer((socket: Socket) => socket.once('data', () => socket.resetAndDestroy())),
  );
  expect(await probe({ ...at(port), version: 'TLSv1.1' })).toEqual({ outcome: 'refused', why: 'ECONNRESET' });
});

describe('what nobody answered is no refusal', () => {
  test('a closed port', async () => {
    const port = await listening(createServer());
    await new Promise((done) => servers.splice(0)[0]?.close(done));
    expect(await probe({ ...at(port), version: 'TLSv1.1' })).toEqual({
      outcome: 'unknown',
      why: 'ECONNREFUSED',
    });
  });

  test('an endpoint that says nothing', async () => {
    const sockets: Socket[] = [];
    const port = await listening(createServer((socket) => sockets.push(socket)));
    expect(await probe({ ...at(port), version: 'TLSv1.1', timeout: 200 })).toEqual({
      outcome: 'unknown',
      why: 'no answer in time',
    });
    for (const socket of sockets) socket.destroy();
  });

  test('an endpoint that speaks no TLS', async () => {
    const port = await listening(
      createServer((socket) => socket.resume().end('220 mail.example.com ready\r\n')),
    );
    expect(await probe({ ...at(port), version: 'TLSv1.2' })).toMatchObject({ outcome: 'unknown' });
  });
});
