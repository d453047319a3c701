/** A word for a shell: names of templates may hold anything, and people paste what a report prints. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The option that names a region, where it is known. */
export function inRegion(region: string | undefined): string {
  return region === undefined ? '' : ` --region ${quoted(region)}`;
}
