import type { IncomingMessage, ServerResponse } from 'node:http';
import { DAY, issue } from '../tls-servers/chains';
import { https } from '../tls-servers/servers';

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
  notAfter = new Date(Date.now() + DAY),
): Promise<PageServer> {
  const notBefore = new Date(Math.min(Date.now(), notAfter.getTime()) - DAY);
  const own = await issue({ name: 'Payment page of a test', names, notBefore, notAfter });
  const asked: string[] = [];
  const running = await https(own, (request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.host}`);
    const answer = answers[(request.url ?? '').split('?')[0] ?? ''];
    if (answer === undefined) {
      response.writeHead(404, { 'content-type': 'text/html' });
      response.end('nothing here');
    } else {
      answer(response, request);
    }
  });
  return { port: running.port, authority: own.pem, asked, close: async () => running.stop() };
}
