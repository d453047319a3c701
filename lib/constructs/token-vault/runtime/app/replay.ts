import type { ErasureEntry } from '../ports/erasure-ledger';
import type { Vault } from './vault';

/** What a replay did. */
export interface Replayed {
  readonly erased: number;
  /** Held since: they must be asked for again when the hold ends. */
  readonly held: number;
}

/** How often an erasure was begun and not taken back. */
interface Begun {
  entry: ErasureEntry;
  open: number;
}

/**
 * Erases again what was erased, in tables that were restored from before; only then they may answer.
 *
 * Each call that is refused takes back what it began itself: beginnings and withdrawals are counted, since one that is
 * late must not take back what another call has done meanwhile.
 *
 * @param mark the restore, as the functions are told it
 */
export async function replayErasures(vault: Vault, mark: string): Promise<Replayed> {
  const { ledger, store } = vault.props;
  const begun = new Map<string, Begun>();
  for await (const entry of ledger.entries()) {
    const name = `${entry.tenant} ${Buffer.from(entry.subject).toString('hex')}`;
    const before = begun.get(name);
    begun.set(name, {
      entry: entry.withdrawn ? (before?.entry ?? entry) : entry,
      open: (before?.open ?? 0) + (entry.withdrawn ? -1 : 1),
    });
  }
  let erased = 0;
  let held = 0;
  for (const { entry, open } of begun.values()) {
    if (open <= 0) continue;
    const { tenant, subject, token, erased: at } = entry;
    // One that is not there, or is short-lived, came back from no backup.
    if (token !== undefined) await store.closeToken(token, at, false);
    if (await store.eraseSubject(tenant, subject, at)) erased += 1;
    else held += 1;
  }
  await store.setRestoreMark(mark);
  return { erased, held };
}
