import type { View } from '../core/record';
import type { SubjectRow } from '../ports/store';
import { isLive, rewrapped, VIEWS } from './subjects';
import type { Vault } from './vault';

/** What a rotation did. */
export interface Rotated {
  /** The version of each view that wraps from now on. */
  readonly versions: Readonly<Record<string, number>>;
  readonly rewrapped: number;
}

/**
 * New branch keys for a tenant, and every subject key wrapped under them. Records are not touched; whoever is in between
 * goes on with the old version, whose row stays.
 */
export async function rotateBranchKeys(vault: Vault, tenant: string): Promise<Rotated> {
  const versions: Record<string, number> = {};
  for (const view of VIEWS) versions[view] = await vault.branchKeys.rotate(tenant, view);
  return { versions, rewrapped: await rewrapSubjects(vault, tenant) };
}

/** Wraps what is still wrapped under an old branch key: again after a crash, or for what was added in between. */
export async function rewrapSubjects(vault: Vault, tenant: string): Promise<number> {
  let count = 0;
  for await (const row of vault.props.store.subjectsOf(tenant))
    for (const view of VIEWS) if (await rewrappedInStore(vault, row, view)) count += 1;
  return count;
}

async function rewrappedInStore(vault: Vault, found: SubjectRow, view: View): Promise<boolean> {
  const { store } = vault.props;
  let row: SubjectRow | undefined = found;
  // Who is faster with an older branch key is met again; versions go up only, so that it ends.
  while (isLive(row)) {
    const after = await rewrapped(vault, row, view);
    if (after === undefined) return false;
    if (await store.rewrapSubject(row, view, row.keys[view].branchVersion, after)) return true;
    [row] = await store.subjects(row.tenant, [row.subject]);
  }
  return false;
}
