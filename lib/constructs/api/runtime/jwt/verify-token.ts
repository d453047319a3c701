import {
  JwtInvalidAudienceError,
  JwtInvalidIssuerError,
  JwtInvalidSignatureError,
} from 'aws-jwt-verify/error';
import { verifyJwtSync } from 'aws-jwt-verify/jwt-verifier';
import { readToken } from './compact-token';
import { isJsonObject, type JsonObject } from './json-object';
import type { KeySource } from './key-source';
import type { TokenClaims, TokenProblem, TokenVerdict } from './problem';
import type { JwtSettings } from './settings';
import { fits, type SignatureKey } from './signature-keys';

/** Header types of tokens that are for any purpose, and of access tokens (RFC 9068). Others are for other purposes. */
const TYPES: readonly (string | undefined)[] = [undefined, 'jwt', 'at+jwt'];
const ACCESS_TOKEN = 'at+jwt';
/** OpenID Connect Core 1.0, 2: at most 255 characters of ASCII. */
const NAME = /^[\x20-\x7e]{1,255}$/;
/** RFC 6749, 3.3. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/;
const MOST_SCOPES = 100;

/** What a token is verified against, beside the settings. */
export interface Circumstances {
  readonly keys: KeySource;
  readonly now: Date;
  /** The SHA-256 of the certificate that the client showed, in base64url (RFC 8705, 3.1). */
  readonly certificateThumbprint?: string;
}

/**
 * Verifies a token (RFC 7519, as RFC 8725 advises): what it is, who signed it, for whom, for how long, and for what.
 *
 * What takes time or a look at the issuer's keys comes last: nobody makes it happen with a token that says of itself that
 * it is another's.
 *
 * @throws KeysNotFetched where nobody knows
 */
export async function verifyToken(
  token: string,
  settings: JwtSettings,
  { keys, now, certificateThumbprint }: Circumstances,
): Promise<TokenVerdict> {
  const read = readToken(token, settings.maxTokenLength);
  if (typeof read === 'string') return refused(read);
  const algorithm = settings.algorithms.find((allowed) => allowed === read.algorithm);
  if (algorithm === undefined) return refused('algorithm-not-allowed');
  const types = settings.accessTokensOnly ? [ACCESS_TOKEN] : TYPES;
  if (!types.includes(read.type)) return refused('type-not-allowed');
  if (read.payload.iss !== settings.issuer) return refused('issuer-unknown');
  const key = await keys.keyFor(read.keyId);
  if (key === undefined) return refused('key-unknown');
  if (!fits(key, algorithm)) return refused('key-not-fitting');

  const problem =
    signatureProblem(token, settings, key) ??
    timeProblem(read.payload, settings, now.getTime() / 1000) ??
    purposeProblem(read.payload, settings) ??
    bindingProblem(read.payload.cnf, settings, certificateThumbprint);
  if (problem !== undefined) return refused(problem);
  const claims = claimsOf(read.payload);
  if (claims === undefined) return refused('claim-malformed');
  const { scopes } = settings;
  if (scopes.length > 0 && !claims.scopes.some((scope) => scopes.includes(scope)))
    return refused('scope-missing');
  return { verified: true, claims };
}

function refused(problem: TokenProblem): TokenVerdict {
  return { verified: false, problem };
}

/** The signature, and what the library compares after it: issuer and audience. */
function signatureProblem(
  token: string,
  { issuer, audience, audienceClaim }: JwtSettings,
  { jwk, key }: SignatureKey,
): TokenProblem | undefined {
  try {
    verifyJwtSync(
      token,
      // Without members that are not for it, which the library would take for wrong ones.
      { kty: jwk.kty, ...textsOf(jwk) },
      {
        issuer,
        audience: audienceClaim === 'aud' ? [...audience] : null,
        // Times are compared by the clock that is given, see below.
        graceSeconds: Number.POSITIVE_INFINITY,
      },
      () => key,
    );
    return undefined;
  } catch (thrown) {
    if (thrown instanceof JwtInvalidSignatureError) return 'signature-invalid';
    if (thrown instanceof JwtInvalidIssuerError) return 'issuer-unknown';
    if (thrown instanceof JwtInvalidAudienceError) return 'audience-unknown';
    // Such as a claim that is no text, or a signature of a length that no key of this kind makes.
    return 'token-malformed';
  }
}

function textsOf(jwk: JsonObject): Record<string, string> {
  const texts = ['use', 'alg', 'kid', 'n', 'e', 'x', 'y', 'crv'].flatMap((name) => {
    const value = jwk[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(texts);
}

/** RFC 7519, 4.1.4 to 4.1.6; a token without an end would be one for ever. */
function timeProblem(
  { exp, nbf, iat }: JsonObject,
  { clockToleranceSeconds: tolerance, maxAgeSeconds }: JwtSettings,
  now: number,
): TokenProblem | undefined {
  if (exp === undefined || (iat === undefined && maxAgeSeconds !== undefined)) return 'claim-missing';
  if (!isTime(exp) || !isTime(nbf ?? 0) || !isTime(iat ?? 0)) return 'claim-malformed';
  if (now >= exp + tolerance) return 'token-expired';
  if ((isTime(nbf) && now < nbf - tolerance) || (isTime(iat) && now < iat - tolerance)) return 'token-early';
  const tooOld = isTime(iat) && maxAgeSeconds !== undefined && now > iat + maxAgeSeconds + tolerance;
  return tooOld ? 'token-too-old' : undefined;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** For which client and use it was issued, where the issuer says it in claims of its own. */
function purposeProblem(
  { client_id: clientId, token_use: tokenUse }: JsonObject,
  settings: JwtSettings,
): TokenProblem | undefined {
  if (settings.audienceClaim === 'client_id') {
    if (typeof clientId !== 'string' || !settings.audience.includes(clientId)) return 'audience-unknown';
  }
  if (settings.tokenUse === undefined && tokenUse === undefined) return undefined;
  return tokenUse === (settings.tokenUse ?? 'access') ? undefined : 'type-not-allowed';
}

/** A token that is bound to a key is no bearer token: without that key it is stolen (RFC 8705, 3; RFC 9449, 6). */
function bindingProblem(
  confirmation: unknown,
  { certificateBound }: JwtSettings,
  thumbprint: string | undefined,
): TokenProblem | undefined {
  if (confirmation === undefined) return certificateBound ? 'certificate-not-bound' : undefined;
  if (!isJsonObject(confirmation) || thumbprint === undefined) return 'certificate-not-bound';
  const names = Object.keys(confirmation);
  return names.length === 1 && confirmation['x5t#S256'] === thumbprint ? undefined : 'certificate-not-bound';
}

/** What the backend is told; undefined where it is no text that an API can hand on. */
function claimsOf({ sub, client_id: clientId, azp, scope, scp }: JsonObject): TokenClaims | undefined {
  const client = clientId ?? azp;
  if (![sub, client].every((each) => each === undefined || (typeof each === 'string' && NAME.test(each)))) {
    return undefined;
  }
  const scopes = [...scopesIn(scope), ...scopesIn(scp)];
  if (scopes.length > MOST_SCOPES || !scopes.every((each) => typeof each === 'string' && SCOPE.test(each))) {
    return undefined;
  }
  return {
    ...(typeof sub === 'string' ? { subject: sub } : {}),
    ...(typeof client === 'string' ? { clientId: client } : {}),
    scopes: scopes.map(String),
  };
}

/** A text with spaces between (RFC 8693, 4.2), or a list, as some issuers have `scp`. */
function scopesIn(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? value.split(' ').filter((each) => each !== '') : [value];
}
