import { createHash, timingSafeEqual } from 'node:crypto';
import { parseDictionary, serializeDictionary } from 'structured-headers';
import { bytesOf } from './message';
import { MessageRefusal } from './problem';

/**
 * The digests of RFC 9530 that are taken: the two that its registry calls active.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9530#section-7.2
 */
export const DIGEST_ALGORITHMS = { 'sha-256': 32, 'sha-512': 64 } as const;

/** One of them. */
export type DigestAlgorithm = keyof typeof DIGEST_ALGORITHMS;

/** Their names at `node:crypto`. */
const HASH: Readonly<Record<DigestAlgorithm, string>> = { 'sha-256': 'sha256', 'sha-512': 'sha512' };

/** The longest value of the field that is read: room for both digests and a few that are not taken. */
const MOST_CHARACTERS = 1024;

/** A `Content-Digest` field for a content. */
export function contentDigest(
  body: Uint8Array | string | undefined,
  algorithm: DigestAlgorithm = 'sha-256',
): string {
  return `${algorithm}=:${digest(algorithm, bytesOf(body)).toString('base64')}:`;
}

/**
 * The digests of a field that can be checked, by algorithm. Others are left aside, as RFC 9530 asks, but one must be there.
 *
 * @throws MessageRefusal
 */
export function readContentDigest(value: string): ReadonlyMap<DigestAlgorithm, Uint8Array> {
  const digests = new Map<DigestAlgorithm, Uint8Array>();
  for (const [name, [bytes]] of parsed(value)) {
    if (!isDigestAlgorithm(name)) continue;
    if (!(bytes instanceof ArrayBuffer) || bytes.byteLength !== DIGEST_ALGORITHMS[name]) throw malformed();
    digests.set(name, new Uint8Array(bytes));
  }
  if (digests.size === 0) throw malformed();
  return digests;
}

/**
 * Refuses a content that is not the one of the digest. All digests that can be checked have to fit.
 *
 * @throws MessageRefusal
 */
export function checkContentDigest(value: string, body: Uint8Array | string | undefined): void {
  const bytes = bytesOf(body);
  let fits = true;
  for (const [algorithm, expected] of readContentDigest(value)) {
    fits = timingSafeEqual(digest(algorithm, bytes), expected) && fits;
  }
  if (!fits) {
    throw new MessageRefusal(
      'digest-mismatch',
      'the content must be the one that content-digest was made of, byte by byte, sign what is sent',
    );
  }
}

function parsed(value: string): ReturnType<typeof parseDictionary> {
  if (value.length > MOST_CHARACTERS) throw malformed();
  try {
    const dictionary = parseDictionary(value);
    // One way to write it: who names a digest twice would have two readers read two digests.
    if (serializeDictionary(dictionary) !== value) throw malformed();
    return dictionary;
  } catch {
    throw malformed();
  }
}

function digest(algorithm: DigestAlgorithm, bytes: Uint8Array): Buffer {
  return createHash(HASH[algorithm]).update(bytes).digest();
}

function isDigestAlgorithm(name: string): name is DigestAlgorithm {
  return Object.hasOwn(DIGEST_ALGORITHMS, name);
}

function malformed(): MessageRefusal {
  return new MessageRefusal(
    'digest-malformed',
    'content-digest must be as RFC 9530 has it, in its canonical form, with sha-256 or sha-512',
  );
}
