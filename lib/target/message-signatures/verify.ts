import { TransmissionError } from '../../core/errors';
import { verifies } from './algorithm';
import { checkContentDigest, readContentDigest } from './content-digest';
import {
  bytesOf,
  type FieldLines,
  lineOf,
  type RequestMessage,
  type ResponseMessage,
  readFields,
  readTarget,
} from './message';
import type { PartnerKeys } from './partner-keys';
import { MessageRefusal, type Refused, refusedBy } from './problem';
import { type MessageKind, type ReadSignature, readSignature } from './read-signature';
import { checkNotReplayed, type ReplayStore } from './replay';
import { checkCoverageOfRequest, checkCoverageOfResponse, DEFAULT_TAGS } from './requirements';
import { type Signed, signatureBase, signedResponse } from './signature-base';
import {
  checkTimes,
  DEFAULT_SKEW_SECONDS,
  DEFAULT_WINDOW_SECONDS,
  MOST_SKEW_SECONDS,
  type Times,
  WINDOW_SECONDS,
} from './times';

/** What signatures have to be. */
export interface SignatureOptions {
  /** The keys that are taken. */
  readonly keys: PartnerKeys;
  /** The moment by which the signature is judged. */
  readonly now: Date;
  /**
   * How old a signature may be, in seconds: from 30 to 3600.
   *
   * @default 300
   */
  readonly windowSeconds?: number;
  /**
   * How far the clock of the signer may be ahead, in seconds: from 0 to 120.
   *
   * @default 30
   */
  readonly skewSeconds?: number;
  /**
   * What the signature must say that it is for.
   *
   * @default - `partner-request`, of a response `partner-response`
   */
  readonly tag?: string;
  /**
   * More fields that have to be covered where they are sent, in small letters.
   *
   * @default - content-digest, content-type, content-encoding and idempotency-key
   */
  readonly alsoCovered?: readonly string[];
}

/** What the signatures of requests have to be. */
export interface RequestOptions extends SignatureOptions {
  /** The names, in small letters, under which this API is reached. A request that was signed for another is refused. */
  readonly authorities: readonly string[];
}

/** What the signatures of requests have to be, and where it is kept that they were seen. */
export interface VerifyOptions extends RequestOptions {
  /** Remembers which signatures were seen. While it does not answer, every request is refused. */
  readonly replayStore: ReplayStore;
  /**
   * Called with what the store failed with, for the log of the operator; the sender learns nothing of it.
   *
   * @default - nobody is told
   */
  readonly onStoreError?: (thrown: unknown) => void;
}

/** What the signatures of responses have to be. */
export interface ResponseOptions extends SignatureOptions {
  /** The partner that was asked. The key of another is refused. */
  readonly partner: string;
}

/** A message that is who it says, as it was sent, and now. */
export interface Verified {
  readonly verified: true;
  /** Whose key signed. */
  readonly partner: string;
  readonly keyId: string;
  readonly nonce: string;
  readonly created: Date;
  /** The digest that was signed; undefined where the sender says that there is no content. */
  readonly contentDigest: string | undefined;
}

/** What a verification ends in. It throws only where it was called in a wrong way. */
export type Verification = Verified | Refused;

/**
 * Verifies a whole request: signature, age, content, and that it was not seen before, in this order.
 *
 * @throws TransmissionError where the options are wrong
 */
export async function verifyRequest(request: RequestMessage, options: VerifyOptions): Promise<Verification> {
  try {
    const verified = checkRequest(request, options);
    checkBody(request.body, verified.contentDigest);
    await checkNotReplayed(options, verified, timesOf(options));
    return verified;
  } catch (thrown) {
    return refusedBy(thrown);
  }
}

/**
 * Verifies all of a request but its content, for an authoriser that cannot see it. It is half of the work: what gets the
 * content calls `verifySignedBody` with the `contentDigest` of the result.
 *
 * @throws TransmissionError where the options are wrong
 */
export async function verifyRequestHead(
  request: Omit<RequestMessage, 'body'>,
  options: VerifyOptions,
): Promise<Verification> {
  try {
    const verified = checkRequest(request, options);
    await checkNotReplayed(options, verified, timesOf(options));
    return verified;
  } catch (thrown) {
    return refusedBy(thrown);
  }
}

/**
 * The other half: whether a content is the one whose digest was signed.
 *
 * @param body the content as it travelled; what API Gateway hands over in Base64 has to be decoded
 * @param signedDigest the `contentDigest` of the verified head, never the field of the request; empty or undefined where
 * the sender says that there is no content, and then there must be none
 */
export function verifySignedBody(
  body: Uint8Array | string | undefined,
  signedDigest: string | undefined,
): { readonly verified: true } | Refused {
  try {
    checkBody(body, signedDigest === '' ? undefined : signedDigest);
    return { verified: true };
  } catch (thrown) {
    return refusedBy(thrown);
  }
}

/**
 * Verifies a response to a request that this side sent and signed: it is bound to that request by its signature, so that
 * no other answer, also of the same partner, can stand in for it.
 *
 * @throws TransmissionError where the options are wrong
 */
export function verifyResponse(
  response: ResponseMessage,
  request: RequestMessage,
  options: ResponseOptions,
): Verification {
  try {
    readTarget(request);
    const signed = signedResponse(response, request);
    const fields = signed.response?.fields ?? new Map();
    const read = readSignature(fields, 'response');
    checkCoverageOfResponse(fields, read, options.alsoCovered ?? []);
    const verified = checkSignature(signed, read, fields, options, 'response');
    if (verified.partner !== options.partner) {
      throw new MessageRefusal('key-unknown', 'keyid must name a key of the partner that was asked');
    }
    checkBody(response.body, verified.contentDigest);
    return verified;
  } catch (thrown) {
    return refusedBy(thrown);
  }
}

/** All that needs neither content nor store. */
function checkRequest(request: Omit<RequestMessage, 'body'>, options: RequestOptions): Verified {
  const fields = readFields(request.headers);
  const target = readTarget(request);
  const host = lineOf(fields, 'host');
  if (
    !options.authorities.includes(target.host) ||
    (host !== undefined && host.toLowerCase() !== target.host)
  ) {
    throw new MessageRefusal(
      'target-unknown',
      'the target and the host field must name this API, send to the name that the partner was given',
    );
  }
  const read = readSignature(fields, 'request');
  checkCoverageOfRequest(request.method, fields, read, options.alsoCovered ?? []);
  return checkSignature({ request, fields }, read, fields, options, 'request');
}

function checkSignature(
  signed: Signed,
  read: ReadSignature,
  fields: FieldLines,
  options: SignatureOptions,
  kind: MessageKind,
): Verified {
  const times = timesOf(options);
  const tag = options.tag ?? DEFAULT_TAGS[kind];
  if (read.tag !== tag)
    throw new MessageRefusal('parameter-missing', `the signature must have the tag '${tag}'`);
  const known = options.keys.find(read.keyId);
  if (known === undefined) {
    throw new MessageRefusal('key-unknown', 'keyid must name a key that this API was given');
  }
  if (read.algorithm !== undefined && read.algorithm !== known.algorithm) {
    throw new MessageRefusal(
      'algorithm-mismatch',
      `the key is for ${known.algorithm} only, leave alg out or name that`,
    );
  }
  checkTimes(read, times);
  const digest = lineOf(fields, 'content-digest');
  if (digest !== undefined) readContentDigest(digest);
  const base = signatureBase(signed, read.components, read.input);
  if (!verifies(known.algorithm, known.key, base, read.bytes)) {
    throw new MessageRefusal(
      'signature-invalid',
      'the message is not what was signed, compare the signature base on both sides (RFC 9421, 2.5)',
    );
  }
  // After the signature: only who has the key learns when it ends.
  if ((known.notBefore !== undefined && times.now < known.notBefore) || times.now > known.notAfter) {
    throw new MessageRefusal('key-not-valid', 'the key must be within its validity, sign with the next one');
  }
  const { keyId, partner } = known;
  const created = new Date(read.created * 1000);
  return { verified: true, partner, keyId, nonce: read.nonce, created, contentDigest: digest };
}

function checkBody(body: Uint8Array | string | undefined, digest: string | undefined): void {
  if (digest !== undefined) {
    checkContentDigest(digest, body);
  } else if (bytesOf(body).length > 0) {
    throw new MessageRefusal(
      'digest-missing',
      'a message with a content must have a content-digest (RFC 9530)',
    );
  }
}

function timesOf(options: SignatureOptions): Times {
  const { now, windowSeconds = DEFAULT_WINDOW_SECONDS, skewSeconds = DEFAULT_SKEW_SECONDS } = options;
  checkSeconds('windowSeconds', windowSeconds, WINDOW_SECONDS.least, WINDOW_SECONDS.most);
  checkSeconds('skewSeconds', skewSeconds, 0, MOST_SKEW_SECONDS);
  if (Number.isNaN(now.getTime())) throw wrongOption("'now' must be a valid Date, give the clock's");
  return { now, windowSeconds, skewSeconds };
}

function checkSeconds(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw wrongOption(`'${name}' must be a whole number of seconds from ${least} to ${most}, got ${value}`);
}

function wrongOption(message: string): TransmissionError {
  return new TransmissionError('InvalidConfiguration', message, 'verify');
}
