import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer as createTls, type TlsOptions } from 'node:tls';
import type { Issued } from './chains';

/** A server on loopback that ends with its test. */
export interface Running {
  readonly port: number;
  stop(): void;
}

const started: Running[] = [];

/** Ends all that was started. */
export function stopServers(): void {
  for (const server of started.splice(0)) server.stop();
}

async function listen(server: Server, port = 0): Promise<Running> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const running = {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  started.push(running);
  return running;
}

/** OpenSSL's own server, which speaks what Node does not. */
export async function openssl(issued: Issued, ...args: readonly string[]): Promise<Running> {
  const folder = mkdtempSync(path.join(tmpdir(), 's_server-'));
  writeFileSync(path.join(folder, 'cert.pem'), issued.pem);
  writeFileSync(path.join(folder, 'key.pem'), issued.keyPem);
  const files = ['-cert', 'cert.pem', '-key', 'key.pem'];
  const child = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', ...files, '-www', ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const port = await portOf(child);
  const running = {
    port,
    stop: () => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  started.push(running);
  return running;
}

/** It says where it listens: `ACCEPT 127.0.0.1:35791`. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((done, failed) => {
    let said = '';
    child.stdout?.on('data', (text) => {
      said += text;
      const [, port] = /^ACCEPT .*:(\d+)$/m.exec(said) ?? [];
      if (port !== undefined) done(Number(port));
    });
    child.stderr?.on('data', (text) => {
      said += text;
    });
    child.on('close', (code) => failed(new Error(`s_server ended with ${code}: ${said}`)));
  });
}

/** Under what a server of Node takes even what is weak. */
export const ANYTHING = { ciphers: 'ALL:@SECLEVEL=0', minVersion: 'TLSv1' } as const;

/** Node's TLS. */
export function tls(issued: Issued, options: TlsOptions = {}): Promise<Running> {
  const server = createTls({ cert: issued.pem, key: issued.keyPem, ...options }, (socket) => socket.end());
  server.on('tlsClientError', () => undefined);
  return listen(server);
}

/** Node's HTTPS. */
export function https(issued: Issued, handler: RequestListener, options: TlsOptions = {}): Promise<Running> {
  const server = createHttps({ cert: issued.pem, key: issued.keyPem, ...options }, handler);
  server.on('tlsClientError', () => undefined);
  return listen(server);
}

/** Node's HTTP. */
export function http(handler: RequestListener): Promise<Running> {
  return listen(createHttp(handler));
}

/** A server that does what the test says with each connection. */
export function raw(onConnection: (socket: Socket) => void): Promise<Running> {
  return listen(createTcp(onConnection));
}

/** A server that answers the first bytes of each connection; on what it cannot read it hangs up. */
export function answering(answer: (hello: Buffer) => Buffer): Promise<Running> {
  return raw((socket) => {
    socket.once('data', (hello) => {
      try {
        socket.write(answer(hello));
      } catch {
        socket.end();
      }
    });
  });
}
