import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { addressText, type Reach, whyNotReachable } from '../prober/address-guard';
import { type Resolver, systemResolver } from '../prober/resolve';
import { isRedirect } from '../redirect';

/** How pages are asked for. */
export interface FetchOptions {
  /**
   * Which addresses may be connected to.
   *
   * @default 'public'
   */
  readonly reach?: Reach;
  /**
   * Milliseconds for one answer, redirects included: slow servers must not keep a check from its end.
   *
   * @default 20000
   */
  readonly timeLimit?: number;
  /**
   * Milliseconds that are left for everything, asked for before each answer: one slow page must not take away the end
   * of the check, and with it what was found on others.
   *
   * @default - as many as it takes
   */
  readonly remaining?: () => number;
  /**
   * Bytes of one answer, unpacked.
   *
   * @default 4194304
   */
  readonly sizeLimit?: number;
  /**
   * Authorities that are trusted beside those of Node, in PEM.
   *
   * @default - none
   */
  readonly authorities?: readonly string[];
  /**
   * Finds the addresses of a name.
   *
   * @default - the resolver of the machine
   */
  readonly resolve?: Resolver;
}

/** An answer. */
export interface Fetched {
  /** Where it came from in the end. */
  readonly url: string;
  readonly status: number;
  /** Names and values in turn, as they came. */
  readonly headers: readonly string[];
  readonly contentType: string | undefined;
  readonly body: Buffer;
}

/** Why there is no answer, or none that says what was asked. */
export class NotFetched extends Error {}

/** The page sent its visitors to another host. */
export class SentElsewhere extends NotFetched {
  constructor(readonly target: string) {
    super(`sends its visitors to ${target}`);
  }
}

const TIME_LIMIT = 20_000;
/** In less than this no page is fetched. */
const SHORTEST = 1000;
const SIZE_LIMIT = 4 * 1024 * 1024;
const MOST_REDIRECTS = 5;

/** Whoever serves a changed page to browsers only would not show it to a program that says it is one. */
const AS_A_BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

/**
 * Gets a page or script over TLS with a verified certificate, from an address that may be reached, within bounds.
 *
 * The name is resolved once and the connection goes to what was looked at: a second answer of DNS cannot lead elsewhere.
 * Redirects are followed on the same host, and nowhere else.
 *
 * @throws NotFetched
 */
export async function fetchOverTls(url: string, options: FetchOptions = {}): Promise<Fetched> {
  const left = options.remaining?.() ?? Number.POSITIVE_INFINITY;
  if (left < SHORTEST) throw new NotFetched('was not asked for, there was no time left');
  const limit = Math.min(options.timeLimit ?? TIME_LIMIT, left);
  const signal = AbortSignal.timeout(limit);
  const first = new URL(url);
  let at = first;
  try {
    for (let redirects = 0; ; redirects++) {
      const answer = await ask(at, options, signal);
      const target = targetOf(answer, at);
      if (target === undefined) return answer;
      if (target.host !== first.host || target.protocol !== 'https:') throw new SentElsewhere(target.href);
      if (redirects === MOST_REDIRECTS) throw new NotFetched(`redirects more than ${MOST_REDIRECTS} times`);
      at = target;
    }
  } catch (error) {
    if (error instanceof NotFetched) throw error;
    if (signal.aborted) throw new NotFetched(`did not answer within ${limit / 1000} s`);
    throw new NotFetched(reasonOf(error));
  }
}

function targetOf({ status, headers }: Fetched, at: URL): URL | undefined {
  if (!isRedirect(status)) return undefined;
  const index = headers.findIndex((name, place) => place % 2 === 0 && name.toLowerCase() === 'location');
  const location = index === -1 ? undefined : headers[index + 1];
  return location !== undefined && URL.canParse(location, at.href) ? new URL(location, at.href) : undefined;
}

async function ask(url: URL, options: FetchOptions, signal: AbortSignal): Promise<Fetched> {
  const address = await addressOf(url, options, signal);
  const agent = new Agent({ keepAlive: false, maxSockets: 1 });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(
      url,
      {
        agent,
        signal,
        lookup: pinned(address),
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        // Left out, they are those of Node and of NODE_EXTRA_CA_CERTS.
        ca: options.authorities === undefined ? undefined : [...rootCertificates, ...options.authorities],
        headers: {
          accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8',
          'accept-encoding': 'gzip, deflate, br',
          'accept-language': 'en',
          'user-agent': AS_A_BROWSER,
        },
      },
      resolve,
    );
    asked.on('error', reject);
    asked.end();
  });
  try {
    const body = await bodyOf(response, options.sizeLimit ?? SIZE_LIMIT, signal);
    return {
      url: url.href,
      status: response.statusCode ?? 0,
      headers: response.rawHeaders,
      contentType: response.headers['content-type'],
      body,
    };
  } finally {
    response.destroy();
    agent.destroy();
  }
}

async function addressOf(url: URL, options: FetchOptions, signal: AbortSignal): Promise<string> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const resolve = options.resolve ?? systemResolver;
  const addresses = isIP(host) !== 0 ? [host] : await Promise.race([resolve(host), aborted(signal)]);
  const [address] = addresses;
  if (address === undefined) throw new NotFetched(`the name ${host} has no address`);
  for (const each of addresses) {
    const why = whyNotReachable(each, options.reach ?? 'public');
    if (why !== undefined)
      throw new NotFetched(`the name ${addressText(host)} leads to ${addressText(each)}, which is ${why}`);
  }
  return address;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function pinned(address: string): LookupFunction {
  const family = isIP(address);
  return (_host, { all }, callback) => {
    if (all) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}

/** Unpacked as it comes, and cut off where it grows too large: a few kilobytes can hold gigabytes. */
async function bodyOf(response: IncomingMessage, limit: number, signal: AbortSignal): Promise<Buffer> {
  const unpacking = unpacker(response.headers['content-encoding']);
  const stream = unpacking === undefined ? response : response.pipe(unpacking);
  // `pipe` hands on no errors.
  if (unpacking !== undefined) response.on('error', (error) => unpacking.destroy(error));
  const stop = () => stream.destroy(new NotFetched('did not answer in time'));
  signal.addEventListener('abort', stop, { once: true });
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > limit) throw new NotFetched(`is larger than ${limit} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  if (!response.complete) throw new NotFetched('broke off before its end');
  return Buffer.concat(chunks);
}

function unpacker(encoding: string | undefined) {
  switch (encoding?.trim().toLowerCase()) {
    case undefined:
    case '':
    case 'identity':
      return undefined;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      return createInflate();
    default:
      throw new NotFetched(`is packed as ${String(encoding).slice(0, 40)}, which was not asked for`);
  }
}

function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'cannot be read';
  const code = 'code' in error ? String(error.code) : undefined;
  return code === undefined || !/^[A-Z][A-Z0-9_]+$/.test(code)
    ? 'cannot be read'
    : `cannot be read (${code})`;
}
