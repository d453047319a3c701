import { createPublicKey, type KeyObject } from 'node:crypto';
import { isJsonObject, type JsonObject, parseObject } from './json-object';
import { JWT_ALGORITHMS, type JwtAlgorithm } from './settings';

/** More keys than any issuer has at a time. */
const MOST_KEYS = 100;
/** RFC 7518, 3.3. */
const SHORTEST_MODULUS = 2048;
/** Longer ones take a function seconds. */
const LONGEST_MODULUS = 8192;
/** The members of private and symmetric keys (RFC 7518, 6). */
const SECRET_MEMBERS = ['d', 'k', 'p', 'q', 'dp', 'dq', 'qi', 'oth'];

/** What keys are for, by algorithm. */
const FITTING: Readonly<Record<JwtAlgorithm, { readonly kty: string; readonly crv?: readonly string[] }>> = {
  RS256: { kty: 'RSA' },
  RS384: { kty: 'RSA' },
  RS512: { kty: 'RSA' },
  ES256: { kty: 'EC', crv: ['P-256'] },
  ES384: { kty: 'EC', crv: ['P-384'] },
  ES512: { kty: 'EC', crv: ['P-521'] },
  EdDSA: { kty: 'OKP', crv: ['Ed25519', 'Ed448'] },
};

/** The public key of an issuer, by which signatures are verified. */
export interface SignatureKey {
  /** As it was published. */
  readonly jwk: JsonObject & { readonly kty: string };
  readonly key: KeyObject;
}

/** The keys of an issuer, by their ids. */
export interface SignatureKeys {
  readonly byId: ReadonlyMap<string, SignatureKey>;
  /** What is wrong with the others, of which none verifies anything. */
  readonly unusable: readonly string[];
}

/**
 * Reads a set of keys (JWK Set, RFC 7517); undefined where it is none.
 *
 * A key is used where it has an id that no other has, is for signatures, public, and of a kind and size that one of our
 * algorithms takes. The others are left out, as RFC 7517 (5) advises.
 */
export function signatureKeysOf(text: string): SignatureKeys | undefined {
  const keys = parseObject(text)?.keys;
  if (!Array.isArray(keys) || keys.length > MOST_KEYS) return undefined;
  const ids = keys.map((each: unknown) => (isJsonObject(each) ? each.kid : undefined));
  const byId = new Map<string, SignatureKey>();
  const unusable: string[] = [];
  for (const [index, jwk] of keys.entries()) {
    const { kid } = isJsonObject(jwk) ? jwk : {};
    const twice = ids.indexOf(kid) !== ids.lastIndexOf(kid);
    const found = typeof kid !== 'string' || kid === '' ? 'it has no id (kid)' : keyOf(jwk);
    if (typeof found === 'string') unusable.push(`key ${index + 1}: ${found}`);
    else if (twice) unusable.push(`key ${index + 1}: another has the same id (kid)`);
    else byId.set(String(kid), found);
  }
  return { byId, unusable };
}

/** Whether a key may verify signatures of an algorithm: of its kind and curve, and of its `alg` where it names one. */
export function fits({ jwk }: SignatureKey, algorithm: JwtAlgorithm): boolean {
  const { kty, crv } = FITTING[algorithm];
  if (jwk.kty !== kty || (crv !== undefined && !crv.includes(String(jwk.crv)))) return false;
  return jwk.alg === undefined || jwk.alg === algorithm;
}

function keyOf(jwk: unknown): SignatureKey | string {
  if (!isJsonObject(jwk) || typeof jwk.kty !== 'string') return 'it is no key';
  if (SECRET_MEMBERS.some((member) => member in jwk)) return 'it is private or symmetric';
  if (jwk.use !== undefined && jwk.use !== 'sig') return 'it is not for signatures (use)';
  const { key_ops: operations = ['verify'] } = jwk;
  if (!Array.isArray(operations) || !operations.includes('verify')) {
    return 'it is not for verification (key_ops)';
  }
  try {
    const found = { jwk: { ...jwk, kty: jwk.kty }, key: createPublicKey({ key: { ...jwk }, format: 'jwk' }) };
    if (!JWT_ALGORITHMS.some((algorithm) => fits(found, algorithm))) return 'no algorithm takes it';
    const { modulusLength = SHORTEST_MODULUS } = found.key.asymmetricKeyDetails ?? {};
    return modulusLength < SHORTEST_MODULUS || modulusLength > LONGEST_MODULUS
      ? `it has ${modulusLength} bits, of RSA it takes ${SHORTEST_MODULUS} to ${LONGEST_MODULUS}`
      : found;
  } catch {
    return 'it is no public key';
  }
}
