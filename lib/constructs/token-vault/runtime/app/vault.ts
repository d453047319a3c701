import { type DerivedKey, subjectHash } from '../core/identity';
import type { RandomBytes } from '../core/sealed';
import type { Audit } from '../ports/audit';
import type { ErasureLedger } from '../ports/erasure-ledger';
import type { KeyService } from '../ports/key-service';
import type { Store } from '../ports/store';
import { BranchKeys } from './branch-keys';
import { DerivedKeys } from './derived-keys';
import { ProblemError } from './problem';
import type { TokenType } from './types';

/** What a vault is made of. */
export interface VaultProps {
  /** The name of the vault: part of every derivation, so that two vaults share nothing. */
  readonly name: string;
  readonly types: readonly TokenType[];
  readonly keys: KeyService;
  readonly store: Store;
  readonly ledger: ErasureLedger;
  readonly audit: Audit;
  /** In milliseconds since 1970. */
  readonly now: () => number;
  readonly randomBytes: RandomBytes;
  /**
   * The restore up to which the ledger must have been replayed before the tables may answer.
   *
   * @default - the tables were never restored
   */
  readonly restoreMark?: string;
}

/** What the operations of a vault share. */
export class Vault {
  readonly branchKeys: BranchKeys;
  readonly #types: ReadonlyMap<string, TokenType>;
  readonly #derived: DerivedKeys;
  #serves = false;

  constructor(readonly props: VaultProps) {
    const { name: vault, keys, store, now } = props;
    this.branchKeys = new BranchKeys({ vault, keys, store, now });
    this.#derived = new DerivedKeys(keys, now);
    this.#types = new Map(props.types.map((type) => [type.name, type]));
  }

  /** In seconds since 1970. */
  get seconds(): number {
    return Math.floor(this.props.now() / 1000);
  }

  typeOf(name: string): TokenType | undefined {
    return this.#types.get(name);
  }

  derived(key: DerivedKey): Promise<Uint8Array> {
    return this.#derived.of(key);
  }

  /** The hash of a subject that a caller names. */
  async subjectOf(tenant: string, name: string): Promise<Uint8Array> {
    return subjectHash(await this.derived('subject'), tenant, `name:${name}`);
  }

  /** The hash of the subject that a token is, where nobody names one: no name can be the same. */
  async subjectOfToken(tenant: string, token: string): Promise<Uint8Array> {
    return subjectHash(await this.derived('subject'), tenant, `token:${token}`);
  }

  /** Refuses to answer from tables that were restored, until all erasures since then are done again. */
  async assertServes(): Promise<void> {
    const { restoreMark, store } = this.props;
    if (this.#serves || restoreMark === undefined) return;
    if ((await store.restoreMark()) !== restoreMark) throw new ProblemError('restore_pending');
    this.#serves = true;
  }
}
