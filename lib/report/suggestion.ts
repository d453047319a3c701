import { visible } from './escape';
import { withoutSecrets } from './redact';
import { applyEdits, type Edit, type Repair } from './repair';

/** The lines of a file, without their ends; `undefined` where it cannot be read. */
export type LinesOf = (file: string) => readonly string[] | undefined;

/** What lines of a file become by a repair. */
export interface Suggestion {
  readonly file: string;
  /** The first and the last line that it replaces, counted from 1. */
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** More than this is not read in a comment. */
const MOST_LINES = 20;

/**
 * The lines that a repair leaves, where they can be shown: in one file, few, and without anything that is hidden or looks
 * like a secret, since somebody accepts them by one click.
 */
export function suggestionOf({ edits }: Repair, linesOf: LinesOf): Suggestion | undefined {
  const [first] = edits;
  if (first === undefined || edits.some(({ file }) => file !== first.file)) return undefined;
  const from = Math.min(...edits.map(({ start }) => start.line));
  const to = Math.max(...edits.map(({ end }) => end.line));
  const all = linesOf(first.file);
  if (all === undefined || from < 1 || to > all.length || to - from >= MOST_LINES) return undefined;
  const text = edited(all.slice(from - 1, to), edits, from);
  const isPlain = (line: string) =>
    visible(line.replaceAll('\t', ' '), line.length) === line.replaceAll('\t', ' ');
  if (text === undefined || withoutSecrets(text) !== text || !text.split('\n').every(isPlain))
    return undefined;
  return { file: first.file, from, to, lines: text.split('\n') };
}

function edited(lines: readonly string[], edits: readonly Edit[], from: number): string | undefined {
  const isInside = ({ line, column }: Edit['start']) =>
    column >= 1 && column - 1 <= (lines[line - from]?.length ?? -1);
  if (!edits.every(({ start, end }) => isInside(start) && isInside(end))) return undefined;
  const moved = ({ line, column }: Edit['start']) => ({ line: line - from + 1, column });
  return applyEdits(
    lines.join('\n'),
    edits.map((edit) => ({ ...edit, start: moved(edit.start), end: moved(edit.end) })),
  );
}
