import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * The ids acknowledged on a construct or above it, with their reasons; the nearest wins.
 *
 * Only a qualified id (`Pack::Pack-Rule`) counts for a pack of ours. The bare id is CDK's form for annotations: it
 * does nothing to a pack that has its own `validate()`.
 */
export function acknowledgementsOf(construct: IConstruct | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { node } of [...(construct?.node.scopes ?? [])].reverse()) {
    for (const { type, data } of node.metadata) {
      if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY || typeof data !== 'object' || data === null)
        continue;
      for (const [id, reason] of Object.entries(data)) if (!found.has(id)) found.set(id, String(reason));
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
