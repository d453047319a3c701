import type { Position } from '../repair';

/** A text by lines and columns, both counted from 1; a byte order mark is no column. */
export class TextLines {
  readonly text: string;
  /** The byte order mark, where there is one. */
  readonly mark: string;
  /** As the text has them: a file of Windows keeps its kind. */
  readonly lineEnd: string;
  #starts: readonly number[] | undefined;

  constructor(text: string) {
    this.mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
    this.text = text.slice(this.mark.length);
    this.lineEnd = this.text.includes('\r\n') ? '\r\n' : '\n';
  }

  offset({ line, column }: Position): number {
    return (this.#lineStarts[line - 1] ?? this.text.length) + column - 1;
  }

  position(offset: number): Position {
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  /** What stands before an offset in its line. */
  before(offset: number): string {
    return this.text.slice(this.text.lastIndexOf('\n', offset - 1) + 1, offset);
  }

  /** Where the line of an offset ends, before its line end. */
  endOfLine(offset: number): number {
    const feed = this.text.indexOf('\n', offset);
    const end = feed === -1 ? this.text.length : feed;
    return this.text[end - 1] === '\r' ? Math.max(offset, end - 1) : end;
  }

  /** The spaces that a line begins with. */
  indentAt(offset: number): string {
    return /^[ \t]*/.exec(this.before(offset))?.[0] ?? '';
  }

  get #lineStarts(): readonly number[] {
    if (this.#starts !== undefined) return this.#starts;
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1))
      starts.push(at + 1);
    this.#starts = starts;
    return starts;
  }
}
