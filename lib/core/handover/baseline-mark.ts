import type { BaselineDocument } from './baseline-document';

/** Also found by another copy of this package. */
const MARK = Symbol.for('cdk-secure-transmission.baseline');

/**
 * The documents that an app has read, by their files: whatever reads one marks the root of its app with it, and packs
 * find it there.
 */
export function baselinesOf(root: object): Map<string, BaselineDocument> {
  const marked = root as { readonly [MARK]?: Map<string, BaselineDocument> };
  const known = marked[MARK];
  if (known !== undefined) return known;
  const documents = new Map<string, BaselineDocument>();
  Object.defineProperty(root, MARK, { value: documents });
  return documents;
}
