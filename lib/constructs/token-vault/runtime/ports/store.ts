import type { View } from '../core/record';

/** What stands behind a token. */
export interface TokenRow {
  /** Under which it stands: `tokenIndex`. */
  readonly index: Uint8Array;
  readonly subject: Uint8Array;
  readonly type: string;
  /** The value, and what is shown of it, each sealed under keys of its own; a type without a masked view has none. */
  readonly sealed: Readonly<Partial<Record<View, Uint8Array>>>;
  /** When it ends, in seconds since 1970; 0 where it does not. */
  readonly expires: number;
  /** When it was made, in seconds since 1970. */
  readonly created: number;
  /** Under which its value can be found; absent where it cannot. */
  readonly fingerprint?: Uint8Array;
}

/** A token that was taken back: nothing of it is left, and nothing can stand in its place while a call may still try. */
export interface ClosedTokenRow {
  readonly index: Uint8Array;
  /** When it was taken back, in seconds since 1970. */
  readonly closed: number;
}

/** By which a value is found again. */
export interface FingerprintRow {
  readonly index: Uint8Array;
  /** Whose the value is; of a token without a subject, its own. */
  readonly subject: Uint8Array;
  /** The token, sealed for who knows the value. */
  readonly sealedToken: Uint8Array;
  /** When its token ends, in seconds since 1970; 0 where it does not. */
  readonly expires: number;
}

/** A subject key as it is stored. */
export interface WrappedKey {
  readonly branchVersion: number;
  readonly wrapped: Uint8Array;
}

/** A subject: the unit of erasure. */
export interface SubjectRow {
  readonly tenant: string;
  readonly subject: Uint8Array;
  /** Gone once it is erased; what is left is a tombstone. */
  readonly keys?: Readonly<Record<View, WrappedKey>>;
  /** When it was erased, in seconds since 1970. */
  readonly erased?: number;
  /** Until when it must not be erased, in seconds since 1970. */
  readonly heldUntil?: number;
}

/** A branch key as it is stored. */
export interface BranchKeyRow {
  readonly tenant: string;
  readonly view: View;
  readonly version: number;
  readonly wrapped: Uint8Array;
}

/** What a store did not do. It holds nothing of what was to be stored. */
export class StoreError extends Error {
  constructor() {
    super('the store is not available');
    this.name = 'StoreError';
  }
}

/**
 * What the vault asks of its tables. Every method throws `StoreError` and nothing else. Every read sees all writes that
 * were answered before; a write that says whether it was done is one conditional write.
 */
export interface Store {
  /** Rows in the order of the indexes. */
  tokens(indexes: readonly Uint8Array[]): Promise<readonly (TokenRow | ClosedTokenRow | undefined)[]>;
  /** Writes rows whose indexes nobody can have chosen before; gives the indexes of those that were not written. */
  putTokens(rows: readonly TokenRow[], shortLived: boolean): Promise<readonly Uint8Array[]>;
  /** Writes a row where none stands, not even one that is closed; says whether it did. */
  addToken(row: TokenRow, shortLived: boolean): Promise<boolean>;
  /** Takes a token back; says whether it was open until now. */
  closeToken(index: Uint8Array, now: number, shortLived: boolean): Promise<boolean>;

  /** Rows in the order of the indexes. */
  fingerprints(indexes: readonly Uint8Array[]): Promise<readonly (FingerprintRow | undefined)[]>;
  /** Writes a row where none stands, or where the one that stands has this sealed token; says whether it did. */
  putFingerprint(row: FingerprintRow, instead?: Uint8Array): Promise<boolean>;

  /** Rows in the order of the subjects. */
  subjects(tenant: string, subjects: readonly Uint8Array[]): Promise<readonly (SubjectRow | undefined)[]>;
  /** Writes a row where none stands, not even a tombstone; says whether it did. */
  addSubject(row: SubjectRow): Promise<boolean>;
  /**
   * Takes the keys of a subject away and leaves a tombstone, also of one that was never there; says whether it is
   * erased now, which it is not where the subject is held at that time.
   */
  eraseSubject(tenant: string, subject: Uint8Array, now: number): Promise<boolean>;
  /** Holds a subject that is not erased, or ends that; says whether it did. */
  holdSubject(tenant: string, subject: Uint8Array, until: number | undefined): Promise<boolean>;
  /** Replaces a key that still has that version of the branch key, of a subject that is not erased; says whether it did. */
  rewrapSubject(row: SubjectRow, view: View, before: number, after: WrappedKey): Promise<boolean>;
  /** Every subject of a tenant that is not erased. */
  subjectsOf(tenant: string): AsyncIterable<SubjectRow>;

  /** The newest branch key. */
  newestBranchKey(tenant: string, view: View): Promise<BranchKeyRow | undefined>;
  branchKey(tenant: string, view: View, version: number): Promise<BranchKeyRow | undefined>;
  /** Writes a branch key where none of that version stands, as the newest; says whether it did. */
  addBranchKey(row: BranchKeyRow): Promise<boolean>;

  /** Up to which restore the ledger of erasures was replayed; tables that were restored since may not answer. */
  restoreMark(): Promise<string | undefined>;
  setRestoreMark(mark: string): Promise<void>;
}
