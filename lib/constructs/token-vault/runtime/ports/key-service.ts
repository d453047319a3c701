import type { DerivedKey } from '../core/identity';
import type { View } from '../core/record';

/** Which branch key: KMS demands the same encryption context whenever it is used. */
export interface BranchKeyId {
  readonly vault: string;
  readonly tenant: string;
  readonly view: View;
  readonly version: number;
}

/** Why KMS gave no answer. */
export type KeyFailure =
  /** For now: it was asked too often, failed, or did not answer in time. */
  | 'unavailable'
  /** The key is disabled or about to be deleted, the caller may not use it, or the context is another one. */
  | 'refused';

/** What KMS did not do. It holds nothing of what was asked. */
export class KeyServiceError extends Error {
  /** @param failure whether asking again may help */
  constructor(readonly failure: KeyFailure) {
    super(`the key service is ${failure === 'unavailable' ? 'not available' : 'refusing'}`);
    this.name = 'KeyServiceError';
  }
}

/** What the vault asks of KMS. Every method throws `KeyServiceError` and nothing else. */
export interface KeyService {
  /** A new branch key, wrapped: nobody sees it before it is first used. */
  newBranchKey(id: BranchKeyId): Promise<Uint8Array>;
  /** The branch key itself, 32 bytes. */
  unwrapBranchKey(id: BranchKeyId, wrapped: Uint8Array): Promise<Uint8Array>;
  /** A key derived from the vault's HMAC key, 32 bytes, by its label. */
  derive(key: DerivedKey): Promise<Uint8Array>;
  /** A signature under the key of receipts: ECDSA with P-256 and SHA-256, as DER. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}
