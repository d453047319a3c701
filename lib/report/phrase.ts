/** `1 error`, `2 errors`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** The first of a list, and how many more there are. */
export function firstOf(items: readonly string[], most: number, separator = ', '): string {
  const shown = items.slice(0, most).join(separator);
  return items.length > most ? `${shown}${separator}and ${items.length - most} more` : shown;
}

/** Breaks a text into lines; a word that is longer than a line stays whole, so that it can be searched for. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Lines under a heading that stands in the margin: `fix: ` and what follows, each line indented as deep. */
export function hanging(margin: string, text: string, width: number): string[] {
  return wrap(text, width - margin.length).map((line, i) =>
    `${i === 0 ? margin : ' '.repeat(margin.length)}${line}`.trimEnd(),
  );
}

/** A phrase with a capital letter and a full stop. */
export function sentence(phrase: string): string {
  const end = /[.!?]$/.test(phrase) ? '' : '.';
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}${end}`;
}
