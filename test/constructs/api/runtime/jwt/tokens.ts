import { constants, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { givenKeys, type KeySource } from '../../../../../lib/constructs/api/runtime/jwt/key-source';
import type { JwtSettings } from '../../../../../lib/constructs/api/runtime/jwt/settings';
import { signatureKeysOf } from '../../../../../lib/constructs/api/runtime/jwt/signature-keys';
import { verifyToken } from '../../../../../lib/constructs/api/runtime/jwt/verify-token';

/** A Monday. */
export const NOW = new Date('2026-11-23T10:00:00Z');
export const SECONDS = NOW.getTime() / 1000;
export const ISSUER = 'https://login.example.com/';
export const AUDIENCE = 'https://orders.example.com';

/** What tests ask for unless they say otherwise. */
export const SETTINGS: JwtSettings = {
  issuer: ISSUER,
  audience: [AUDIENCE],
  audienceClaim: 'aud',
  scopes: [],
  algorithms: ['RS256', 'ES256'],
  accessTokensOnly: false,
  certificateBound: false,
  clockToleranceSeconds: 30,
  maxTokenLength: 8192,
};

/** Claims that are taken. */
export const CLAIMS = { iss: ISSUER, aud: AUDIENCE, sub: 'user-1', iat: SECONDS - 60, exp: SECONDS + 600 };

/** A pair of keys, its id and its algorithm. */
export interface Pair {
  readonly alg: string;
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const pair = (alg: string, { privateKey, publicKey }: Pick<Pair, 'privateKey' | 'publicKey'>): Pair => ({
  alg,
  kid: `key-${alg}`,
  privateKey,
  publicKey,
});
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** One for each algorithm. */
export const PAIRS = {
  RS256: pair('RS256', RSA),
  RS384: pair('RS384', RSA),
  RS512: pair('RS512', RSA),
  ES256: pair('ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })),
  ES384: pair('ES384', generateKeyPairSync('ec', { namedCurve: 'P-384' })),
  ES512: pair('ES512', generateKeyPairSync('ec', { namedCurve: 'P-521' })),
  EdDSA: pair('EdDSA', generateKeyPairSync('ed25519')),
};

/** The public key as an issuer publishes it. */
export function jwkOf({ publicKey, kid, alg }: Pair, more: object = {}): object {
  return { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig', ...more };
}

/** A set of keys, as text. */
export function setOf(...keys: readonly object[]): string {
  return JSON.stringify({ keys });
}

export const ALL_KEYS = setOf(...Object.values(PAIRS).map((each) => jwkOf(each)));

export const encoded = (part: object | string): string =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

const HASHES: Readonly<Record<string, string>> = { 256: 'sha256', 384: 'sha384', 512: 'sha512' };

/** Made by node:crypto alone: header and claims as given, also where a string says something else than JSON would. */
export function tokenOf(
  claims: object | string = CLAIMS,
  by: Pair = PAIRS.ES256,
  header: object | string = {},
): string {
  const head = typeof header === 'string' ? header : { alg: by.alg, kid: by.kid, typ: 'JWT', ...header };
  const input = `${encoded(head)}.${encoded(claims)}`;
  return `${input}.${signatureOf(input, by).toString('base64url')}`;
}

/** By an algorithm of the pair, whatever the header says. */
export function signatureOf(input: string, { alg, privateKey }: Pair): Buffer {
  const hash = alg === 'EdDSA' ? null : HASHES[alg.slice(2)];
  return sign(hash, Buffer.from(input), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
    ...(alg.startsWith('RS') ? { padding: constants.RSA_PKCS1_PADDING } : {}),
  });
}

/** With a shared secret, as an attacker does who has the public key and nothing else. */
export function hmacToken(secret: Buffer | string, header: object, claims: object = CLAIMS): string {
  const input = `${encoded(header)}.${encoded(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** The keys that tests have. */
export function keysOf(text: string = ALL_KEYS): KeySource {
  const keys = signatureKeysOf(text);
  if (keys === undefined) throw new Error('no set of keys');
  return givenKeys(keys);
}

const KEYS = keysOf();

/** What is wrong with a token, or `verified`. */
export async function outcome(
  token: string,
  settings: Partial<JwtSettings> = {},
  more: { keys?: KeySource; now?: Date; certificateThumbprint?: string } = {},
): Promise<string> {
  const verdict = await verifyToken(token, { ...SETTINGS, ...settings }, { keys: KEYS, now: NOW, ...more });
  return verdict.verified ? 'verified' : verdict.problem;
}
