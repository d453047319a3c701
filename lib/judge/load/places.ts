import type { Position, TemplatePath, TemplateSource, TextRange, ValueRange } from '../template';
import { lineStarts, positionAt } from './line-starts';

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
    return positionAt(starts, offset);
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
