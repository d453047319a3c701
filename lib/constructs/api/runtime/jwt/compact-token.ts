import { type JsonObject, parseObject } from './json-object';
import type { TokenProblem } from './problem';

/** The characters of base64url, without padding (RFC 7515, 2). */
const BASE64URL = /^[A-Za-z0-9_-]+$/;
/** Longer than any issuer's; it is looked up in a table of keys and used for nothing else. */
const LONGEST_KEY_ID = 256;

/** A token that can be read. Nothing of it is verified. */
export interface CompactToken {
  readonly algorithm: string;
  readonly keyId: string;
  /** The header `typ` as a media type without `application/`, in small letters (RFC 7515, 4.1.9). */
  readonly type: string | undefined;
  readonly payload: JsonObject;
}

/**
 * Reads a token, where there is one way to read it: its parts are base64url to the last bit, its header and payload
 * objects in which no name stands twice. Base64 has spare bits at its end that readers ignore: with them a token could be
 * written in several ways.
 *
 * Of the header it takes `alg`, `kid` and `typ`. Keys and addresses of keys in it (`jwk`, `jku`, `x5c`, `x5u`) are the
 * caller's word and not looked at. What it declares critical (`crit`) would have to be understood, and nothing is.
 */
export function readToken(token: string, maxLength: number): CompactToken | TokenProblem {
  if (token.length > maxLength) return 'token-too-long';
  const parts = token.split('.');
  const [header, payload, signature] = parts.map(bytesOf);
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined) {
    return 'token-malformed';
  }
  const fields = objectOf(header);
  const claims = objectOf(payload);
  if (fields === undefined || claims === undefined || 'crit' in fields) return 'token-malformed';
  const { alg, kid, typ } = fields;
  if (typeof alg !== 'string' || (typ !== undefined && typeof typ !== 'string')) return 'token-malformed';
  if (typeof kid !== 'string' || kid === '' || kid.length > LONGEST_KEY_ID) return 'key-unknown';
  return {
    algorithm: alg,
    keyId: kid,
    type: typ?.toLowerCase().replace(/^application\//, ''),
    payload: claims,
  };
}

function bytesOf(part: string): Buffer | undefined {
  if (!BASE64URL.test(part)) return undefined;
  const bytes = Buffer.from(part, 'base64url');
  return bytes.toString('base64url') === part ? bytes : undefined;
}

function objectOf(bytes: Buffer): JsonObject | undefined {
  const text = bytes.toString('utf8');
  // What is no UTF-8 was replaced, and an order of bytes is not for JSON (RFC 8259, 8.1).
  return Buffer.from(text).equals(bytes) ? parseObject(text) : undefined;
}
