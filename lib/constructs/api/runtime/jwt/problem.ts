/** What can be wrong with a token, as the log has it: words of ours, and nothing that a caller chose. */
export type TokenProblem =
  | 'header-malformed'
  | 'token-too-long'
  | 'token-malformed'
  | 'algorithm-not-allowed'
  | 'type-not-allowed'
  | 'issuer-unknown'
  | 'key-unknown'
  | 'key-not-fitting'
  | 'signature-invalid'
  | 'audience-unknown'
  | 'token-expired'
  | 'token-early'
  | 'token-too-old'
  | 'claim-missing'
  | 'claim-malformed'
  | 'certificate-not-bound'
  | 'scope-missing';

/** What is right with one. */
export interface TokenClaims {
  /** The claim `sub`. */
  readonly subject?: string;
  /** The claim `client_id`, or `azp`. */
  readonly clientId?: string;
  /** The claims `scope` and `scp`. */
  readonly scopes: readonly string[];
}

/** Either. */
export type TokenVerdict =
  | { readonly verified: true; readonly claims: TokenClaims }
  | { readonly verified: false; readonly problem: TokenProblem };
