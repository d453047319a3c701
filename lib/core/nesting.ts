/** Whether JSON nests deeper than a limit, found without the recursion that this is to spare others. */
export function isDeeperThan(limit: number, root: unknown): boolean {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((value) => (typeof value === 'object' ? Object.values(value ?? {}) : []));
  }
  return false;
}
