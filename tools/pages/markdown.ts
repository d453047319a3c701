/** A table; cells are escaped, and none may be empty: a reader could not tell whether something was forgotten. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((row) => {
    if (row.some((cell) => cell.trim() === '')) throw new RangeError(`an empty cell: ${row.join(' | ')}`);
    return `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
}

/** A text as a sentence: texts come with and without a full stop, and some begin with the name of a property. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`;
}
