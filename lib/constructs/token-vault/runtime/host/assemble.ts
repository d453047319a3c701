import { Vault } from '../app/vault';
import type { RandomBytes } from '../core/sealed';
import type { Audit } from '../ports/audit';
import type { ErasureLedger } from '../ports/erasure-ledger';
import type { KeyService } from '../ports/key-service';
import type { ReceiptKey } from '../ports/receipt-key';
import type { Store } from '../ports/store';
import type { VaultEnvironment } from './environment';
import { KEY_RIGHTS, limitedKeys, type VaultFunction } from './key-rights';
import { Meter } from './meter';
import type { Parts } from './parts';

/** What stands behind the ports of a vault. */
export interface Ports {
  readonly keys: KeyService;
  readonly receiptKey: ReceiptKey;
  readonly store: Store;
  readonly ledger: ErasureLedger;
  readonly audit: Audit;
  /** In milliseconds since 1970. */
  readonly now: () => number;
  readonly randomBytes: RandomBytes;
  /** Takes a line of the log. */
  readonly write: (line: string) => void;
}

/** The parts of one function: with its own rights to keys and no others, and with what is counted. */
export function assembled(name: VaultFunction, environment: VaultEnvironment, ports: Ports): Parts {
  const { vault: vaultName, aliases, types, canaries, restoreMark } = environment;
  const { keys, receiptKey, store, ledger, audit, now, randomBytes, write } = ports;
  const meter = new Meter({ vault: vaultName, canaries, now, write });
  const vault = new Vault({
    name: vaultName,
    types,
    keys: limitedKeys(keys, KEY_RIGHTS[name]),
    store: name === 'vault-create' ? meter.counted(store) : store,
    ledger,
    audit: meter.audited(audit),
    now,
    randomBytes,
    ...(restoreMark === undefined ? {} : { restoreMark }),
  });
  return { vault, receiptKey, aliases, meter };
}
