import type { Cursor } from '../template';

/**
 * Whether a database is a member of a cluster, which decides for it. A cluster has a property of the same name: there it
 * is its own.
 */
export function isClusterMember(properties: Cursor): boolean {
  return properties.resource.type.endsWith('::DBInstance') && properties.at('DBClusterIdentifier').isPresent;
}
