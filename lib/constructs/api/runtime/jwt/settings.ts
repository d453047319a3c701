/** The agreement between the construct that deploys the authorizer of tokens and the function that runs it. */

/** The algorithms that can be asked for (RFC 7518, 3.1; RFC 8037): signatures of key pairs, never `none`, never HMAC. */
export const JWT_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

/** How the issuer signs: a name of RFC 7518. */
export type JwtAlgorithm = (typeof JWT_ALGORITHMS)[number];

/** The claim that says for whom a token was issued: `aud` (RFC 7519), or `client_id`, as access tokens of Cognito. */
export type JwtAudienceClaim = 'aud' | 'client_id';

/** What tokens have to be. */
export interface JwtSettings {
  readonly issuer: string;
  /** Where its keys are fetched; absent where they stand beside the code. */
  readonly jwksUri?: string;
  readonly audience: readonly string[];
  readonly audienceClaim: JwtAudienceClaim;
  /** Of which a token must have one; none is asked for where it is empty. */
  readonly scopes: readonly string[];
  readonly algorithms: readonly JwtAlgorithm[];
  /** Whether the header must say `at+jwt` (RFC 9068). */
  readonly accessTokensOnly: boolean;
  /** Whether tokens must be bound to the certificate of the client (RFC 8705). */
  readonly certificateBound: boolean;
  /** What the claim `token_use` must say; where it is absent, `access` if there is such a claim. */
  readonly tokenUse?: 'access' | 'id';
  readonly clockToleranceSeconds: number;
  /** How long ago a token may have been issued. */
  readonly maxAgeSeconds?: number;
  readonly maxTokenLength: number;
}

/** The name of the environment variable that holds them, as JSON. */
export const JWT_SETTINGS_VARIABLE = 'JWT_AUTHORIZER_SETTINGS';
/** The keys that were given, beside the code. */
export const JWT_KEYS_FILE = 'jwks.json';
/** The authorities that the server of the keys is verified by, beside the code; those of Node where there is none. */
export const JWT_AUTHORITIES_FILE = 'authorities.pem';
