import { type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP } from 'node:net';
import { parseSecurityTxt, problemText } from '../../core/security-txt';
import { VERSION } from '../../core/version';
import { isRedirect } from '../redirect';
import type { Endpoint } from './exchange';
import { lookingOptions, type Trust } from './handshake';

/** What an HTTP request came to. */
export type Page =
  | {
      readonly answered: true;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly answered: false; readonly why: string };

/** How a page is asked for. */
export interface PageRequest {
  readonly endpoint: Endpoint;
  readonly host: string;
  readonly path: string;
  readonly isTls: boolean;
  readonly trust: Trust;
  /** How much of the body is read; the rest is not waited for. */
  readonly mostBytes: number;
  readonly milliseconds: number;
}

/** Asks one address for one page; follows nothing. */
export function askPage({
  endpoint,
  host,
  path,
  isTls,
  trust,
  mostBytes,
  milliseconds,
}: PageRequest): Promise<Page> {
  if (milliseconds <= 0) return Promise.resolve({ answered: false, why: 'was not asked, the time is up' });
  const { address, port } = endpoint;
  const options: RequestOptions = {
    host: address,
    port,
    path,
    method: 'GET',
    agent: false,
    headers: {
      Host: hostHeader(host, port, isTls ? 443 : 80),
      'User-Agent': `secure-transmission/${VERSION} (TLS prober)`,
      Accept: '*/*',
      Connection: 'close',
    },
    // From the first packet to the last.
    signal: AbortSignal.timeout(milliseconds),
  };
  return new Promise((done) => {
    const request = isTls
      ? requestTls({ ...options, ...lookingOptions(host, trust) })
      : requestPlain(options);
    const fail = (error: NodeJS.ErrnoException) => done({ answered: false, why: whyNot(error) });
    request.on('error', fail);
    request.once('response', (response) => {
      response.on('error', fail);
      read(response, mostBytes, (body) => {
        done({ answered: true, status: response.statusCode ?? 0, headers: headersOf(response), body });
        request.destroy();
      });
    });
    request.end();
  });
}

function read(response: IncomingMessage, mostBytes: number, done: (body: string) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const finish = () => done(Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8'));
  if (mostBytes === 0) {
    finish();
    return;
  }
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= mostBytes) finish();
  });
  response.once('end', finish);
}

/** Those of a name that stand there several times are joined with commas, as RFC 9110, 5.3 says. */
function headersOf({ headersDistinct }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headersDistinct).flatMap(([name, values]) =>
      values === undefined ? [] : [[name, values.join(', ')]],
    ),
  );
}

function hostHeader(host: string, port: number, usual: number): string {
  const name = isIP(host) === 6 ? `[${host}]` : host;
  return port === usual ? name : `${name}:${port}`;
}

/** What a server of TLS 1.3 says to clients without a certificate, once they believe that they are connected. */
export const WANTS_CERTIFICATE = 'wants a certificate of the client';

function whyNot({ code, name }: NodeJS.ErrnoException): string {
  if (name === 'AbortError' || name === 'TimeoutError') return 'is silent';
  if (code === 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED') return WANTS_CERTIFICATE;
  if (code === 'ECONNREFUSED') return 'refuses connections on this port';
  if (code === 'ECONNRESET') return 'closes the connection';
  if (code?.startsWith('HPE_')) return 'does not answer in HTTP';
  return `cannot be asked (${code ?? name})`;
}

/** What a request in clear is answered. */
export interface PlaintextTold {
  readonly port: number;
  readonly verdict: 'refused' | 'redirected' | 'served' | 'no answer' | 'cannot tell';
  readonly status?: number;
  /** Where it is sent to. */
  readonly location?: string;
  readonly detail?: string;
}

/** What a redirect without a host is relative to: only its scheme and its path are looked at. */
const ANYWHERE = 'http://host.invalid/';

/** What becomes of a request in clear: it may be refused or sent to HTTPS, and nothing else. */
export function plaintextTold(port: number, page: Page): PlaintextTold {
  if (!page.answered) {
    const isRefused = page.why.startsWith('refuses');
    const verdict = isRefused ? 'refused' : page.why === 'is silent' ? 'no answer' : 'cannot tell';
    return { port, verdict, detail: page.why };
  }
  const { status, headers } = page;
  const { location } = headers;
  const more = location === undefined ? { status } : { status, location };
  if (isRedirect(status) && location !== undefined) {
    const target = URL.canParse(location, ANYWHERE) ? new URL(location, ANYWHERE) : undefined;
    return { port, verdict: target?.protocol === 'https:' ? 'redirected' : 'served', ...more };
  }
  // An error of the server's holds nothing of anybody: what a gateway answers for a name that it does not serve.
  return { port, verdict: status >= 400 ? 'refused' : 'served', ...more };
}

/** The header of RFC 6797, as far as it can be read. */
export interface HstsTold {
  readonly maxAgeSeconds: number;
  readonly includeSubdomains: boolean;
  readonly preload: boolean;
}

/** Reads `Strict-Transport-Security`; the first counts where there are several, and one without a valid age is none (6.1, 8.1). */
export function readHsts(header: string | undefined): HstsTold | 'none' {
  const [first = ''] = (header ?? '').split(',');
  const directives = first.split(';').map((part) => part.trim().toLowerCase());
  const [, age] =
    directives.map((part) => /^max-age\s*=\s*"?(\d{1,12})"?$/.exec(part)).find((found) => found) ?? [];
  if (age === undefined) return 'none';
  return {
    maxAgeSeconds: Number(age),
    includeSubdomains: directives.includes('includesubdomains'),
    preload: directives.includes('preload'),
  };
}

/** Headers that tell a browser what it must not do (OWASP Secure Headers Project); HSTS stands apart. */
export const SECURITY_HEADERS = [
  'content-security-policy',
  'x-content-type-options',
  'x-frame-options',
  'referrer-policy',
  'permissions-policy',
] as const;

/** What stands at `/.well-known/security.txt`. */
export interface SecurityTxtTold {
  readonly verdict: 'valid' | 'invalid' | 'expired' | 'absent' | 'cannot tell';
  readonly problems: readonly string[];
}

const SECURITY_TXT_PATH = '/.well-known/security.txt';
const MOST_REDIRECTS = 3;

/** Reads `security.txt` (RFC 9116); a redirect is followed to another path of the same host and nowhere else. */
export async function askSecurityTxt(
  request: Omit<PageRequest, 'path' | 'isTls' | 'mostBytes'>,
  now: Date,
): Promise<SecurityTxtTold> {
  // An address with a zone (`fe80::1%eth0`) stands in no URL.
  const at = `https://${hostHeader(request.host, request.endpoint.port, 443)}${SECURITY_TXT_PATH}`;
  let url = URL.canParse(at) ? new URL(at) : undefined;
  let path = SECURITY_TXT_PATH;
  for (let followed = 0; followed <= MOST_REDIRECTS; followed += 1) {
    // One byte more than RFC 9116, 5.4 lets a reader refuse, so that the parser sees that it is too long.
    const page = await askPage({ ...request, path, isTls: true, mostBytes: 32 * 1024 + 1 });
    if (!page.answered) return { verdict: 'cannot tell', problems: [page.why] };
    const { location } = page.headers;
    if (isRedirect(page.status) && location !== undefined) {
      const next: URL | undefined =
        url !== undefined && URL.canParse(location, url.href) ? new URL(location, url.href) : undefined;
      if (next === undefined || next.origin !== url?.origin) {
        return { verdict: 'cannot tell', problems: [`is redirected to another host: ${location}`] };
      }
      url = next;
      path = `${next.pathname}${next.search}`;
      continue;
    }
    return page.status === 200 ? toldOf(page, now) : { verdict: 'absent', problems: [] };
  }
  return { verdict: 'cannot tell', problems: ['is redirected again and again'] };
}

function toldOf(page: Page & { answered: true }, now: Date): SecurityTxtTold {
  const type = page.headers['content-type'] ?? '';
  // A site that answers every path with its page has no such file.
  if (!/^text\/plain\b/i.test(type)) return { verdict: 'absent', problems: [] };
  const { problems, expires } = parseSecurityTxt(page.body);
  if (problems.length > 0) return { verdict: 'invalid', problems: problems.slice(0, 10).map(problemText) };
  return { verdict: expires !== undefined && expires <= now ? 'expired' : 'valid', problems: [] };
}
