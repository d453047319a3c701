/** Whether an engine's version, such as `8.0.mysql_aurora.3.05.2` or `16.4`, is at least `floor`. */
export function isVersionAtLeast(version: string, floor: string): boolean {
  const numbers = (text: string): number[] =>
    (/^\d+(?:\.\d+)*/.exec(text)?.[0] ?? '0').split('.').map(Number);
  const [have, need] = [numbers(version), numbers(floor)];
  for (const [i, wanted] of need.entries()) {
    const part = have[i] ?? -1;
    if (part !== wanted) return part > wanted;
  }
  return true;
}
