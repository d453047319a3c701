/** One erasure that was begun, or taken back since the subject is held; without anything that says who it was. */
export interface ErasureEntry {
  readonly tenant: string;
  readonly subject: Uint8Array;
  /**
   * The keyed index of a single token that was deleted; `subject` is then the one that the token itself is.
   *
   * @default - the whole subject
   */
  readonly token?: Uint8Array;
  /** In seconds since 1970. */
  readonly erased: number;
  /** Whether it did not come to pass. */
  readonly withdrawn: boolean;
}

/** The record of erasures that no restore undoes: append-only, in objects that are locked. */
export interface ErasureLedger {
  append(entry: ErasureEntry): Promise<void>;
  /** All entries, oldest first. */
  entries(): AsyncIterable<ErasureEntry>;
}
