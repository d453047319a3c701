import type { ErasureEntry } from '../ports/erasure-ledger';
import type { Vault } from './vault';

/** What a replay did. */
export interface Replayed {
  readonly erased: number;
  /** Held since: they must be asked for again when the hold ends. */
  readonly held: number;
}

/**
 * Erases again what was erased, in tables that were restored from before; only then they may answer.
 *
 * @param mark the restore, as the functions are told it
 */
export async function replayErasures(vault: Vault, mark: string): Promise<Replayed> {
  const { ledger, store } = vault.props;
  const last = new Map<string, ErasureEntry>();
  for await (const entry of ledger.entries())
    last.set(`${entry.tenant} ${Buffer.from(entry.subject).toString('hex')}`, entry);
  let erased = 0;
  let held = 0;
  for (const { tenant, subject, erased: at, withdrawn } of last.values()) {
    if (withdrawn) continue;
    if (await store.eraseSubject(tenant, subject, at)) erased += 1;
    else held += 1;
  }
  await store.setRestoreMark(mark);
  return { erased, held };
}
