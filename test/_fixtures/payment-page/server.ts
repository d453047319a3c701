import 'reflect-metadata';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import * as x509 from '@peculiar/x509';

/** A server of payment pages on this machine, whose certificate nobody but its own authority vouches for. */
export interface PageServer {
  readonly port: number;
  /** The certificate to trust, as PEM. */
  readonly authority: string;
  /** Requests as they came: method, path and host. */
  readonly asked: string[];
  close(): Promise<void>;
}

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** An answer of a page. */
export function page(html: string | Buffer, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(html);
  };
}

/** An answer that leads elsewhere. */
export function redirect(location: string, status = 302): Answer {
  return (response) => {
    response.writeHead(status, { location });
    response.end();
  };
}

/**
 * Serves answers by path, over TLS.
 *
 * @param names the names in its certificate
 */
export async function serve(
  answers: Readonly<Record<string, Answer>>,
  names: readonly string[] = ['shop.test', '127.0.0.1'],
  notAfter = new Date(Date.now() + 86_400_000),
): Promise<PageServer> {
  const { key, cert } = await certificate(names, notAfter);
  const asked: string[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.host}`);
    const answer = answers[(request.url ?? '').split('?')[0] ?? ''];
    if (answer === undefined) {
      response.writeHead(404, { 'content-type': 'text/html' });
      response.end('nothing here');
    } else {
      answer(response, request);
    }
  });
  // Clients that refuse a certificate break off.
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    authority: cert,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function certificate(names: readonly string[], notAfter: Date): Promise<{ key: string; cert: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const made = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=Payment page of a test',
      keys,
      signingAlgorithm: algorithm,
      notBefore: new Date(Math.min(Date.now(), notAfter.getTime()) - 86_400_000),
      notAfter,
      extensions: [
        new x509.BasicConstraintsExtension(true),
        new x509.SubjectAlternativeNameExtension(
          names.map((name) => ({
            type: /^[\d.]+$/.test(name) ? ('ip' as const) : ('dns' as const),
            value: name,
          })),
        ),
      ],
    },
    crypto,
  );
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
    cert: made.toString('pem'),
  };
}
