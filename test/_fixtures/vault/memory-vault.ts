import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { BUILT_IN_TYPES } from '../../../lib/constructs/token-vault/runtime/app/types';
import { Vault, type VaultProps } from '../../../lib/constructs/token-vault/runtime/app/vault';
import { derivedKeyLabel } from '../../../lib/constructs/token-vault/runtime/core/identity';
import type { AuditEvent, Caller } from '../../../lib/constructs/token-vault/runtime/ports/audit';
import type { ErasureEntry } from '../../../lib/constructs/token-vault/runtime/ports/erasure-ledger';
import type { BranchKeyId, KeyService } from '../../../lib/constructs/token-vault/runtime/ports/key-service';
import { KeyServiceError } from '../../../lib/constructs/token-vault/runtime/ports/key-service';
import { MemoryStore } from './memory-store';

export const VAULT = 'payments';
export const NOW = Date.UTC(2026, 11, 1);

export const CALLER: Caller = { tenant: 'shop', grantee: 'checkout', proof: 'function-alias' };

/** Keys of a vault as KMS would hold them; a context that differs is refused. */
export class MemoryKeys implements KeyService {
  readonly #root = randomBytes(32);
  readonly #branch = new Map<string, Uint8Array>();
  readonly receipts = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  /** How often each method was called. */
  readonly calls = { newBranchKey: 0, unwrapBranchKey: 0, derive: 0, sign: 0 };
  /** What KMS does instead of answering. */
  failure: KeyServiceError | undefined;

  async newBranchKey(id: BranchKeyId) {
    this.#count('newBranchKey');
    const wrapped = randomBytes(32);
    this.#branch.set(`${wrapped.toString('hex')} ${JSON.stringify(id)}`, randomBytes(32));
    return wrapped;
  }

  async unwrapBranchKey({ vault, tenant, view, version }: BranchKeyId, wrapped: Uint8Array) {
    this.#count('unwrapBranchKey');
    const id = JSON.stringify({ vault, tenant, view, version });
    const key = this.#branch.get(`${Buffer.from(wrapped).toString('hex')} ${id}`);
    if (key === undefined) throw new KeyServiceError('refused');
    return key;
  }

  async derive(key: Parameters<KeyService['derive']>[0]) {
    this.#count('derive');
    return createHmac('sha256', this.#root).update(derivedKeyLabel(VAULT, key)).digest();
  }

  async sign(message: Uint8Array) {
    this.#count('sign');
    return sign('sha256', message, this.receipts.privateKey);
  }

  #count(method: keyof MemoryKeys['calls']) {
    this.calls[method] += 1;
    if (this.failure !== undefined) throw this.failure;
  }
}

/** A vault whose ports are in memory. */
export interface MemoryVault {
  readonly vault: Vault;
  readonly store: MemoryStore;
  readonly keys: MemoryKeys;
  readonly ledger: ErasureEntry[];
  readonly events: AuditEvent[];
  /** In milliseconds since 1970; tests move it. */
  readonly clock: { now: number };
}

export function memoryVault(
  given: Partial<Omit<MemoryVault, 'vault'>> = {},
  props: Partial<VaultProps> = {},
) {
  const store = given.store ?? new MemoryStore();
  const keys = given.keys ?? new MemoryKeys();
  const ledger = given.ledger ?? [];
  const events = given.events ?? [];
  const clock = given.clock ?? { now: NOW };
  const vault = new Vault({
    name: VAULT,
    types: BUILT_IN_TYPES,
    keys,
    store,
    ledger: {
      append: async (entry) => void ledger.push(entry),
      async *entries() {
        yield* ledger;
      },
    },
    audit: { record: async (recorded) => void events.push(...recorded) },
    now: () => clock.now,
    randomBytes,
    ...props,
  });
  return { vault, store, keys, ledger, events, clock } satisfies MemoryVault;
}
