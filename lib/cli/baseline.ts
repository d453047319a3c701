import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type BaselineDocument, readBaselineDocument } from '../core/handover';
import { relativeTo } from '../report/place';
import type { Arguments } from './arguments';
import type { Io } from './io';

/** The document of a baseline, and the file that it was read from. */
export interface Baseline {
  readonly file: string;
  readonly document: BaselineDocument;
}

/** The baseline that `--baseline` names. */
export function baselineOf(args: Arguments, io: Io): Baseline | undefined {
  const given = args.one('baseline');
  if (given === undefined) return undefined;
  const file = relativeTo(io.cwd, given);
  return { file, document: readBaselineDocument(() => readFileSync(resolve(io.cwd, given), 'utf8'), file) };
}
