import { createHmac } from 'node:crypto';

/** The length of every key of the vault, in bytes. */
export const KEY_BYTES = 32;

const KEY_BITS = Buffer.from([0, 0, 1, 0]);
const FIRST_BLOCK = Buffer.from([0, 0, 0, 1]);
const SEPARATOR = 0;

/** HMAC-SHA-256 (RFC 2104, FIPS 198-1). */
export function hmac(key: Uint8Array, data: Uint8Array): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

/**
 * A key from a key: NIST SP 800-108r1, counter mode with HMAC-SHA-256 and a counter of 32 bits before the fixed data.
 * A key of ours is one block, so that the counter is 1.
 *
 * @param label what the key is for, without a zero byte
 * @param context whose it is: the output of `canonical`
 */
export function deriveKey(key: Uint8Array, label: string, context: Uint8Array): Buffer {
  const fixedData = Buffer.allocUnsafe(label.length + 1 + context.length + KEY_BITS.length);
  fixedData.write(label, 0, 'latin1');
  fixedData[label.length] = SEPARATOR;
  fixedData.set(context, label.length + 1);
  fixedData.set(KEY_BITS, label.length + 1 + context.length);
  return kbkdfBlock(key, fixedData);
}

/** The one block of it, for fixed data that is given: what NIST's known answers are about. */
export function kbkdfBlock(key: Uint8Array, fixedData: Uint8Array): Buffer {
  return createHmac('sha256', key).update(FIRST_BLOCK).update(fixedData).digest();
}
