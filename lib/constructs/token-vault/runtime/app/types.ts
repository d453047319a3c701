/** What a token stands for. */
export interface TokenType {
  /** Lower case letters, digits and hyphens. */
  readonly name: string;
  /**
   * `security-code` is sensitive authentication data (PCI DSS v4.0.1, 3.3.1): short-lived, revealed once, found by
   * nobody and never shown in part.
   */
  readonly kind: 'card-number' | 'security-code' | 'text';
  readonly format: 'random' | 'card-like';
  /** The longest life of a token, in seconds; without it, as long as its subject. */
  readonly longestLife?: number;
  /** Whether its values may be found again: not for what has few values, such as a birthday. */
  readonly searchable: boolean;
}

/** PCI DSS v4.0.1, 3.3.1: not after authorization; what is not read by then is gone. */
export const SECURITY_CODE_LIFE = 3600;

/** What every vault knows. */
export const BUILT_IN_TYPES: readonly TokenType[] = [
  { name: 'card-number', kind: 'card-number', format: 'random', searchable: true },
  { name: 'card-number-like', kind: 'card-number', format: 'card-like', searchable: true },
  {
    name: 'security-code',
    kind: 'security-code',
    format: 'random',
    longestLife: SECURITY_CODE_LIFE,
    searchable: false,
  },
  { name: 'text', kind: 'text', format: 'random', searchable: false },
];
