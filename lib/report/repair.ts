import type { Place } from './place';

/** A place in a text, counted from 1; columns count UTF-16 code units, as SARIF's default and GitHub do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Puts `text` in the place of what stands from `start` up to, and without, `end`. */
export interface Edit extends Pick<Place, 'file'> {
  readonly start: Position;
  readonly end: Position;
  readonly text: string;
}

/** A change that repairs a finding: when it is made, the finding is gone and no other has come. */
export interface Repair {
  /** What it does, as an imperative sentence: `Set SslPolicy to …`. */
  readonly about: string;
  /** In the order of the text; none touches another. */
  readonly edits: readonly Edit[];
}
