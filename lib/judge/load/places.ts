import type { Position, TemplatePath, TemplateSource, TextRange, ValueRange } from '../template';

/** A stretch of a text, in UTF-16 code units: from its first one up to, and without, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The nearest part of a text to what was asked for. */
export interface Part {
  /** Absent for elements of lists and for the whole. */
  readonly key?: Span | undefined;
  readonly value: Span;
  /** Whether it is what was asked for, and not something above it. */
  readonly isExact: boolean;
  readonly isShared: boolean;
}

/** Finds parts of one text. */
export type FindPart = (path: TemplatePath) => Part | undefined;

/** What a loader can say about places. */
export type Places = Required<Pick<TemplateSource, 'locate' | 'valueRange'>>;

/** Parts as lines and columns. */
export function placesIn(text: string, find: FindPart): Places {
  let starts: readonly number[] | undefined;
  const position = (offset: number): Position => {
    starts ??= lineStarts(text);
    const line = lineAt(starts, offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
  const range = ({ start, end }: Span): TextRange => ({ start: position(start), end: position(end) });
  return {
    locate: (path) => {
      const part = find(path);
      return part === undefined ? undefined : position((part.key ?? part.value).start);
    },
    valueRange: (path): ValueRange | undefined => {
      const part = find(path);
      if (part?.isExact !== true) return undefined;
      const { key, value, isShared } = part;
      return { ...range(value), ...(key === undefined ? {} : { key: range(key) }), isShared };
    },
  };
}

/** A line ends with a line feed, also where a carriage return stands before it. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The last line that begins at an offset or before it. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
