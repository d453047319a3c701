import type { IConstruct } from 'constructs';
import { acknowledgedOn } from './given-acknowledgements';

/**
 * The ids acknowledged on a construct or above it, with their reasons; the nearest wins.
 *
 * Only a qualified id (`Pack::Pack-Rule`) counts for a pack of ours. The bare id is CDK's form for annotations: it
 * does nothing to a pack that has its own `validate()`.
 */
export function acknowledgementsOf(construct: IConstruct | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const scope of [...(construct?.node.scopes ?? [])].reverse()) {
    for (const { ids } of acknowledgedOn(scope)) {
      for (const [id, reason] of Object.entries(ids)) if (!found.has(id)) found.set(id, String(reason));
    }
  }
  return found;
}

/** The construct at a path, where there is one. */
export function constructAt(root: IConstruct, path: string | undefined): IConstruct | undefined {
  let at: IConstruct | undefined = root;
  for (const id of (path ?? '').split('/')) {
    if (id !== '') at = at?.node.tryFindChild(id);
  }
  return at;
}
