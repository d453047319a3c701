import { createHash } from 'node:crypto';
import { parseItem } from 'structured-headers';
import { TransmissionError } from '../../core/errors';
import type { Attempt, Begun, IdempotencyStore } from './idempotency-store';
import { type KeptOutcome, readOutcome, writeOutcome } from './kept-outcome';
import { bytesOf } from './message';
import { type MessageProblem, type MessageProblemCode, problemOf } from './problem';

/** What tells one request from another. */
export interface RequestIdentity {
  /** Whose request it is, such as the partner that was verified: keys of one are not those of another. */
  readonly scope: string;
  /** The value of the `Idempotency-Key` field; undefined where there is none. */
  readonly key: string | undefined;
  readonly method: string;
  /** The target, such as path and query. */
  readonly target: string;
  /** The content; or the digest of it that was signed. */
  readonly body?: Uint8Array | string;
}

/** How requests are handled once. */
export interface IdempotentOptions<Request, Response> {
  readonly store: IdempotencyStore;
  readonly identify: (request: Request) => RequestIdentity;
  /** What is kept of an answer; see `KeptOutcome`. */
  readonly keep: (response: Response) => KeptOutcome;
  /** The answer to a request that was handled before, from what was kept. */
  readonly answer: (kept: KeptOutcome, request: Request) => Response | Promise<Response>;
  /** The answer to a request that is not handled. */
  readonly refuse: (problem: MessageProblem, request: Request) => Response;
  /**
   * Called with what went wrong beside the answer: the store did not take an outcome, or the lock ran out. The operation
   * was done all the same, and a retry after `lockSeconds` would do it again.
   *
   * @default - nobody is told
   */
  readonly onNotKept?: (why: 'store-failed' | 'lock-lost', request: Request) => void;
  /**
   * For how long nobody else handles the request, in seconds: longer than it can take. After that the process is taken
   * for dead, and a retry does it again. From 1 to 3600.
   *
   * @default 60
   */
  readonly lockSeconds?: number;
  /**
   * For how long an outcome is kept, in seconds, from 60 to 604800 (a week).
   *
   * @default 86400, a day
   */
  readonly keepSeconds?: number;
  /** @default - the clock of this machine */
  readonly now?: () => Date;
}

/** As the draft has it, 16 to 255 visible characters; with quotes, as a structured field, or without, as most send it. */
const KEY = /^[\x21\x23-\x5b\x5d-\x7e]{16,255}$/;

/**
 * Handles every request once, however often it is sent (draft-ietf-httpapi-idempotency-key-header): the same key with the
 * same request gets the outcome of the first; with another request 422; while the first is at work 409; without a key 400;
 * while the store does not answer 503, and nothing is done.
 *
 * Where the handler throws or answers with a status of 500 or more, the key is free again. The outcome is kept after the
 * work, so that a process that dies in between leaves a lock that runs out: what must never happen twice needs a
 * constraint in the app's own store, too.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 * @throws TransmissionError where the options are wrong
 */
export function idempotent<Request, Response>(
  options: IdempotentOptions<Request, Response>,
  handler: (request: Request) => Promise<Response>,
): (request: Request) => Promise<Response> {
  const { store, lockSeconds = 60, keepSeconds = 24 * 60 * 60, now = () => new Date() } = options;
  checkSeconds('lockSeconds', lockSeconds, 1, 3600);
  checkSeconds('keepSeconds', keepSeconds, 60, 7 * 24 * 60 * 60);

  return async (request) => {
    const refuse = (code: MessageProblemCode, detail: string) =>
      options.refuse(problemOf(code, detail), request);
    const identity = options.identify(request);
    if (identity.key === undefined) {
      return refuse(
        'idempotency-key-missing',
        'the request must have an Idempotency-Key, a new UUID for each operation',
      );
    }
    const key = readIdempotencyKey(identity.key);
    if (key === undefined) {
      return refuse(
        'idempotency-key-malformed',
        'Idempotency-Key must be one string of 16 to 255 visible ASCII characters, such as a UUID in quotes',
      );
    }
    const time = now();
    const attempt: Attempt = {
      id: hashOf(identity.scope, key),
      fingerprint: fingerprintOf(identity),
      now: time,
      lockedUntil: new Date(time.getTime() + lockSeconds * 1000),
      keptUntil: new Date(time.getTime() + keepSeconds * 1000),
    };
    let begun: Begun;
    try {
      begun = await store.begin(attempt);
    } catch {
      return refuse(
        'outcome-unknown',
        'the store of outcomes does not answer, send the same again in a few seconds',
      );
    }
    if (begun.state === 'started') return handle(request, attempt, begun.ticket);
    if (begun.fingerprint !== attempt.fingerprint) {
      return refuse(
        'idempotency-key-reused',
        'Idempotency-Key must be new for another request, make a new one',
      );
    }
    return begun.state === 'done'
      ? options.answer(readOutcome(begun.outcome), request)
      : refuse(
          'request-in-progress',
          'the first request with this Idempotency-Key must end, send the same again later',
        );
  };

  async function handle(request: Request, { id }: Attempt, ticket: string): Promise<Response> {
    let response: Response;
    try {
      response = await handler(request);
    } catch (thrown) {
      await abandoned(request, id, ticket);
      throw thrown;
    }
    const kept = options.keep(response);
    if (kept.status >= 500) {
      await abandoned(request, id, ticket);
      return response;
    }
    try {
      if (!(await store.complete(id, ticket, writeOutcome(kept)))) options.onNotKept?.('lock-lost', request);
    } catch {
      options.onNotKept?.('store-failed', request);
    }
    return response;
  }

  async function abandoned(request: Request, id: string, ticket: string): Promise<void> {
    try {
      await store.abandon(id, ticket);
    } catch {
      options.onNotKept?.('store-failed', request);
    }
  }
}

/** The key that a field holds; undefined where it holds none, or more than one. */
export function readIdempotencyKey(value: string): string | undefined {
  const text = value.trim();
  if (!text.startsWith('"')) return KEY.test(text) && !text.includes(',') ? text : undefined;
  try {
    const [key, parameters] = parseItem(text);
    return typeof key === 'string' && parameters.size === 0 && KEY.test(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

function fingerprintOf({ method, target, body }: RequestIdentity): string {
  return hashOf(method, target, createHash('sha256').update(bytesOf(body)).digest('base64url'));
}

/** As a list, so that no two of them read the same. */
function hashOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

function checkSeconds(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new TransmissionError(
    'InvalidConfiguration',
    `'${name}' must be a whole number of seconds from ${least} to ${most}, got ${value}`,
    'idempotent',
  );
}
