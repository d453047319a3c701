import { timingSafeEqual } from 'node:crypto';
import { canonical } from './canonical';
import { hmac } from './key-derivation';
import { tokenOf } from './token';

/**
 * What a vault derives from its HMAC key in KMS, by the label that KMS authenticates: each is a key of its own, kept in
 * memory and never stored.
 */
export const DERIVED_KEYS = ['token-index', 'fingerprint', 'subject', 'idempotency'] as const;
export type DerivedKey = (typeof DERIVED_KEYS)[number];

/** The label of a derived key: another vault, or another use, gives another key. */
export function derivedKeyLabel(vault: string, key: DerivedKey): Buffer {
  return canonical('cdk-secure-transmission', 'vault/1', vault, key);
}

/**
 * Under which name a token's row stands. Keyed, since card-like tokens could be enumerated from a dump of plain hashes.
 */
export function tokenIndex(tokenIndexKey: Uint8Array, tenant: string, token: string): Buffer {
  return hmac(tokenIndexKey, canonical('token/1', tenant, token));
}

/** Who a subject is, for a store that must not know it. */
export function subjectHash(subjectKey: Uint8Array, tenant: string, subject: string): Buffer {
  return hmac(subjectKey, canonical('subject/1', tenant, subject));
}

/** What a fingerprint is taken of. */
export interface FingerprintOf {
  readonly tenant: string;
  readonly type: string;
  /** Within which the same value has the same fingerprint: a subject's hash, or nothing for the whole tenant. */
  readonly scope: Uint8Array;
  readonly value: string;
}

/** A keyed hash of a whole value (PCI DSS v4.0.1, 3.5.1.1), by which it is found again. */
export function fingerprint(fingerprintKey: Uint8Array, of: FingerprintOf): Buffer {
  return hmac(fingerprintKey, canonical('fingerprint/1', of.tenant, of.type, of.scope, of.value));
}

/** What seals the token in a fingerprint's row: who does not know the value cannot have it. */
export function fingerprintTokenKey(fingerprintKey: Uint8Array, of: FingerprintOf): Buffer {
  return hmac(fingerprintKey, canonical('fingerprint-token/1', of.tenant, of.type, of.scope, of.value));
}

/** What a retry is told by. */
export interface IdempotencyOf {
  readonly tenant: string;
  /** Who calls: two callers may use the same key. */
  readonly grantee: string;
  readonly idempotencyKey: string;
  /** Which item of a batch. */
  readonly item: number;
}

/** The token of a call that may be repeated: the same call has the same one, without storage. */
export function idempotentToken(idempotencyKey: Uint8Array, of: IdempotencyOf): string {
  const parts = canonical('idempotency/1', of.tenant, of.grantee, of.idempotencyKey, String(of.item));
  return tokenOf(hmac(idempotencyKey, parts).subarray(0, 16));
}

/** Compares in a time that does not tell where the first difference is. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
