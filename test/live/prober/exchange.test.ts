import { createServer as createTcp } from 'node:net';
import { record, serverHello } from '../../_fixtures/tls-servers/hand-made';
import { type Running, raw, stopServers } from '../../_fixtures/tls-servers/servers';
import { ask, verdicts } from './asking';

afterEach(stopServers);

test('a server that closes on everything says nothing about any version', async () => {
  const told = await ask(await raw((socket) => socket.end()));
  expect(new Set(Object.values(verdicts(told)))).toEqual(new Set(['cannot tell']));
});

test('a server that hangs has not answered: nothing is taken for refused', async () => {
  const told = await ask(await raw(() => undefined), 200);
  expect(told.versions).toContainEqual({ version: 'SSLv3', verdict: 'no answer', detail: 'is silent' });
  expect(new Set(Object.values(verdicts(told)))).toEqual(new Set(['no answer']));
});

test('a server that drips one byte at a time is cut off by the clock', async () => {
  const server = await raw((socket) => {
    const answer = record(22, 0x0303, serverHello(0x0303, 0xc02f));
    let at = 0;
    const timer = setInterval(() => socket.write(answer.subarray(at, ++at)), 50);
    socket.on('close', () => clearInterval(timer));
  });
  const before = performance.now();
  const told = await ask(server, 400);
  expect(new Set(Object.values(verdicts(told)))).toEqual(new Set(['no answer']));
  expect(performance.now() - before).toBeLessThan(5000);
});

test.each([
  ['HTTP in clear', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'answers in clear, in HTTP'],
  [
    'SMTP, which STARTTLS is not asked of',
    '220 mail.example.com ESMTP\r\n',
    'greets in clear, as servers of mail and FTP do',
  ],
  ['SSH', 'SSH-2.0-OpenSSH_9.9\r\n', 'speaks SSH'],
  [
    'nothing that is known',
    '\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009',
    'sends bytes that are not TLS',
  ],
  ['a record of 65535 bytes', '\u0016\u0003\u0003\u00ff\u00ff', 'sends bytes that are not TLS'],
  [
    'a message of 16 MB',
    '\u0016\u0003\u0003\u0000\u0004\u0002\u00ff\u00ff\u00ff',
    'announces a message of more than 64 KB',
  ],
])('a server that speaks %s is not told to refuse anything', async (_name, text, detail) => {
  const told = await ask(await raw((socket) => socket.write(Buffer.from(text, 'latin1'))));
  expect(told.versions).toEqual(
    expect.arrayContaining([expect.objectContaining({ version: 'TLSv1.2', verdict: 'cannot tell', detail })]),
  );
});

test('a server that never ends its handshake is not listened to for more than 64 KB', async () => {
  let sent = 0;
  const server = await raw((socket) => {
    const piece = record(22, 0x0303, Buffer.alloc(16_384));
    socket.write(
      record(22, 0x0303, Buffer.concat([serverHello(0x0303, 0xc02f), Buffer.from([11, 0, 0xff, 0xff])])),
    );
    const more = () => {
      sent += piece.length;
      if (sent < 100_000_000 && !socket.destroyed) socket.write(piece, more);
    };
    more();
  });
  const told = await ask(server);
  expect(verdicts(told)['TLSv1.2']).toBe('accepted');
  expect(sent).toBeLessThan(60_000_000);
});

test('a port where nobody listens gives no answer', async () => {
  const server = createTcp();
  const { port } = await new Promise<Running>((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      done({ port: typeof address === 'object' ? (address?.port ?? 0) : 0, stop: () => undefined });
    });
  });
  await new Promise((done) => server.close(done));
  const told = await ask({ port });
  expect(told.versions[3]).toEqual({
    version: 'TLSv1.2',
    verdict: 'no answer',
    detail: 'refuses connections on this port',
  });
});
