import { lineStarts, positionAt } from '../../judge/load/line-starts';
import type { Span } from '../../judge/load/places';
import type { Position } from '../../judge/template';
import type { Edit } from '../repair';

/** What is written in the place of a stretch of a text. */
export interface Patch extends Span {
  readonly text: string;
}

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
    return positionAt(this.#lineStarts, offset);
  }

  /** A patch as an edit of a file that holds this text. */
  edit({ start, end, text }: Patch, file: string): Edit {
    return { file, start: this.position(start), end: this.position(end), text };
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
    this.#starts ??= lineStarts(this.text);
    return this.#starts;
  }
}
