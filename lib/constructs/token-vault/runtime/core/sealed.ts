import { createCipheriv, createDecipheriv } from 'node:crypto';

/** The version of the format, the first byte of all that is sealed. */
export const FORMAT_VERSION = 1;

/** NIST SP 800-38D, 8.2.2: random, 96 bits. */
export const IV_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

/** What sealing adds to a plaintext, in bytes. */
export const SEALING_BYTES = 1 + IV_BYTES + TAG_BYTES;

/** Random bytes; a port, so that known answers can be made. */
export type RandomBytes = (count: number) => Uint8Array;

/**
 * Seals with AES-256-GCM: version, IV, ciphertext, tag.
 *
 * @param authenticated what must be the same when it is opened
 */
export function seal(
  key: Uint8Array,
  plaintext: Uint8Array,
  authenticated: Uint8Array,
  randomBytes: RandomBytes,
): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(authenticated);
  const sealed = Buffer.allocUnsafe(SEALING_BYTES + plaintext.length);
  sealed[0] = FORMAT_VERSION;
  sealed.set(iv, 1);
  sealed.set(cipher.update(plaintext), 1 + IV_BYTES);
  // GCM is a stream: nothing is left for the end but the tag.
  cipher.final();
  sealed.set(cipher.getAuthTag(), sealed.length - TAG_BYTES);
  return sealed;
}

/** Opens what `seal` made; `undefined` where anything is not as it was, without a word on what. */
export function open(key: Uint8Array, sealed: Uint8Array, authenticated: Uint8Array): Buffer | undefined {
  if (sealed.length < SEALING_BYTES || sealed[0] !== FORMAT_VERSION) return undefined;
  const iv = sealed.subarray(1, 1 + IV_BYTES);
  const ciphertext = sealed.subarray(1 + IV_BYTES, sealed.length - TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(authenticated);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const plaintext = decipher.update(ciphertext);
  try {
    decipher.final();
    return plaintext;
  } catch {
    plaintext.fill(0);
    return undefined;
  }
}
