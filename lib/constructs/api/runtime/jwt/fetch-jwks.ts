import { request } from 'node:https';
import { KeysNotFetched } from './key-source';

/** A caller waits for it, and API Gateway for the function. */
const LONGEST_MILLISECONDS = 3_000;
/** Sets of keys have a few kilobytes. */
const MOST_BYTES = 256 * 1024;

/** How keys are fetched. */
export interface FetchOptions {
  /** Authorities as PEM that the server is verified by, in place of those of Node. */
  readonly authorities?: string;
  /** @default 3000 */
  readonly longestMilliseconds?: number;
}

/**
 * Gets the set of keys: by one request to the one address that was deployed, over TLS 1.2 or newer with the server
 * verified. No redirect is followed, no more is read than a set of keys needs, and not for longer.
 *
 * @throws KeysNotFetched
 */
export function fetchJwks(
  url: string,
  { authorities, longestMilliseconds = LONGEST_MILLISECONDS }: FetchOptions = {},
): Promise<string> {
  const signal = AbortSignal.timeout(longestMilliseconds);
  return new Promise<string>((resolve, reject) => {
    const failed = (thrown: unknown) =>
      reject(signal.aborted ? new KeysNotFetched('timeout') : notFetched(thrown));
    const options = {
      // A connection of its own: one that was kept could have died while the function was frozen.
      agent: false,
      ca: authorities,
      minVersion: 'TLSv1.2' as const,
      headers: { accept: 'application/jwk-set+json, application/json', 'accept-encoding': 'identity' },
      signal,
    };
    const sent = request(url, options, (response) => {
      const { statusCode = 0 } = response;
      if (statusCode !== 200) {
        sent.destroy(new KeysNotFetched('status', statusCode));
        return;
      }
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > MOST_BYTES) sent.destroy(new KeysNotFetched('too-large'));
      });
      response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      // A body that broke off ends with this.
      response.on('error', failed);
    });
    sent.on('error', failed);
    sent.end();
  });
}

function notFetched(thrown: unknown): KeysNotFetched {
  if (thrown instanceof KeysNotFetched) return thrown;
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : '';
  return new KeysNotFetched('connection', /^[A-Z][A-Z0-9_]{2,59}$/.test(code) ? code : undefined);
}
