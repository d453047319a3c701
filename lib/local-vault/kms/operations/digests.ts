import { createECDH, type KeyObject, randomBytes } from 'node:crypto';

/**
 * ECDSA of a digest that was made elsewhere (FIPS 186-5, 6.4; P-256). `node:crypto` signs messages only: it would hash the
 * digest once more. This takes a time that depends on the key, and so is for a KMS that holds nothing worth it.
 */
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const G = {
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
} as const;

/** A point; undefined is the one at infinity. */
type Point = { readonly x: bigint; readonly y: bigint } | undefined;

/** The signature of a digest of 32 bytes, as DER. */
export function signDigest(privateKey: KeyObject, digest: Uint8Array): Buffer {
  const d = numberOf(Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url'));
  for (;;) {
    const nonce = randomBytes(32);
    const k = numberOf(nonce);
    if (k === 0n || k >= N) continue;
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(nonce);
    const r = modulo(numberOf(curve.getPublicKey().subarray(1, 33)), N);
    const s = modulo(inverse(k, N) * (numberOf(digest) + r * d), N);
    if (r !== 0n && s !== 0n) return sequence(integer(r), integer(s));
  }
}

/** Whether a signature is one of a digest of 32 bytes. */
export function digestVerified(publicKey: KeyObject, digest: Uint8Array, signature: Uint8Array): boolean {
  const [r, s] = integersOf(Buffer.from(signature)) ?? [];
  if (r === undefined || s === undefined) return false;
  if (r <= 0n || r >= N || s <= 0n || s >= N) return false;
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const q = { x: numberOf(Buffer.from(x, 'base64url')), y: numberOf(Buffer.from(y, 'base64url')) };
  const w = inverse(s, N);
  const point = add(times(G, modulo(numberOf(digest) * w, N)), times(q, modulo(r * w, N)));
  return point !== undefined && modulo(point.x, N) === r;
}

function add(a: Point, b: Point): Point {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.x === b.x && modulo(a.y + b.y, P) === 0n) return undefined;
  // The curve is y² = x³ - 3x + b.
  const slope =
    a.x === b.x
      ? modulo((3n * a.x * a.x - 3n) * inverse(2n * a.y, P), P)
      : modulo((b.y - a.y) * inverse(b.x - a.x, P), P);
  const x = modulo(slope * slope - a.x - b.x, P);
  return { x, y: modulo(slope * (a.x - x) - a.y, P) };
}

function times(point: Point, factor: bigint): Point {
  let sum: Point;
  let double = point;
  for (let left = factor; left > 0n; left >>= 1n) {
    if (left & 1n) sum = add(sum, double);
    double = add(double, double);
  }
  return sum;
}

/** By the extended algorithm of Euclid. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b] = [modulo(value, modulus), modulus];
  let [x, y] = [1n, 0n];
  while (a > 1n) {
    const quotient = a / b;
    [a, b] = [b, a % b];
    [x, y] = [y, x - quotient * y];
  }
  return modulo(x, modulus);
}

function modulo(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
}

/** As DER, with a zero before what would be negative. */
function integer(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const isNegative = (bytes[0] ?? 0) >= 0x80;
  const content = isNegative ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
  return Buffer.concat([Buffer.of(2, content.length), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(0x30, content.length), content]);
}

/** The two numbers of a signature; undefined where it is not one in its only form. */
function integersOf(der: Buffer): [bigint, bigint] | undefined {
  const first = der.subarray(4, 4 + (der[3] ?? 0));
  const second = der.subarray(6 + first.length, 6 + first.length + (der[5 + first.length] ?? 0));
  const [r, s] = [numberOf(first), numberOf(second)];
  return sequence(integer(r), integer(s)).equals(der) ? [r, s] : undefined;
}
