/**
 * The few forms of DER (ITU-T X.690) that one certificate is made of: a tag, a length, and what is inside.
 *
 * Written, never read: a parser would have to expect anything, this has to produce one thing.
 */

/** The tags of X.690 and X.680 that occur. */
const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** A value of its own tag. */
export function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

/** Parts in their order. */
export const sequence = (...parts: readonly Uint8Array[]) => tagged(TAG.sequence, ...parts);

/** A set of one, as names have it. */
export const setOf = (part: Uint8Array) => tagged(TAG.set, part);

/** A value that context gives its meaning: `[number]`, around other values. */
export const explicit = (number: number, ...parts: readonly Uint8Array[]) => tagged(0xa0 | number, ...parts);

/** A text that context gives its meaning: `[number] IMPLICIT`, such as a DNS name among alternative names. */
export const implicitText = (number: number, text: string) =>
  tagged(0x80 | number, Buffer.from(text, 'ascii'));

/** `TRUE`; `FALSE` is the default wherever it occurs, and defaults are left out. */
export const TRUE = tagged(TAG.boolean, Buffer.from([0xff]));

/** A number that is not negative, given as its bytes. */
export function unsigned(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first === -1 ? Buffer.from([0]) : Buffer.from(bytes.subarray(first));
  const sign = (digits[0] ?? 0) >= 0x80 ? [Buffer.from([0])] : [];
  return tagged(TAG.integer, ...sign, digits);
}

/** Bits, of which the last `unused` ones do not count. */
export const bits = (content: Uint8Array, unused = 0) =>
  tagged(TAG.bitString, Buffer.from([unused]), content);

/** Bytes that hold a value of their own. */
export const octets = (content: Uint8Array) => tagged(TAG.octetString, content);

/** A text. */
export const text = (value: string) => tagged(TAG.utf8String, Buffer.from(value, 'utf8'));

/** An object identifier, in dots. */
export function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  return tagged(TAG.objectIdentifier, ...[first * 40 + second, ...others].map(base128));
}

/**
 * A moment, to the second: with two digits of the year until 2049, with four from 2050 on (RFC 5280,
 * 4.1.2.5).
 */
export function moment(date: Date): Buffer {
  const digits = date
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '');
  return date.getUTCFullYear() < 2050
    ? tagged(TAG.utcTime, Buffer.from(digits.slice(2), 'ascii'))
    : tagged(TAG.generalizedTime, Buffer.from(digits, 'ascii'));
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 0x100)) bytes.unshift(rest % 0x100);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

function base128(value: number): Buffer {
  const bytes = [value % 0x80];
  for (let rest = Math.floor(value / 0x80); rest > 0; rest = Math.floor(rest / 0x80)) {
    bytes.unshift((rest % 0x80) | 0x80);
  }
  return Buffer.from(bytes);
}
