import type { Vault } from '../app/vault';
import type { Aliases } from '../http/caller';
import type { ReceiptKey } from '../ports/receipt-key';
import type { Meter } from './meter';

/** What a function is put together from, once for all its calls. */
export interface Parts {
  readonly vault: Vault;
  readonly receiptKey: ReceiptKey;
  readonly aliases: Aliases;
  readonly meter: Meter;
}

/** Puts parts together when the first call needs them, and again where that failed. */
export function once<T>(make: () => T): () => T {
  let made: { readonly parts: T } | undefined;
  return () => {
    made ??= { parts: make() };
    return made.parts;
  };
}
