import type { Position } from '../judge/template';
import type { Place } from './place';
import { TextLines } from './repairs/text-lines';

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

/** A text with edits made, all of one file and in their order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const lines = new TextLines(text);
  let done = 0;
  let changed = '';
  for (const { start, end, text: inserted } of edits) {
    changed += lines.text.slice(done, lines.offset(start)) + inserted;
    done = lines.offset(end);
  }
  return lines.mark + changed + lines.text.slice(done);
}
