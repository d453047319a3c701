import { isScalar } from 'yaml';

/** The key that merges what stands under it into its map. */
export const MERGE = '<<';

/** Keys keep their source text: YAML 1.1 would make `On:` and `N:` booleans. */
export function keyText(key: unknown): string {
  if (isScalar(key)) return typeof key.value === 'symbol' ? MERGE : (key.source ?? String(key.value));
  return String(key);
}
