import { resolve } from 'node:path';
import { relativeTo } from '../report/place';
import { writeGiven } from './given-file';
import type { Io } from './io';

/** A report as text, and the file that it goes to; without one, standard output. */
export interface WrittenOutput {
  readonly file?: string;
  readonly text: string;
}

/** Files first: when one cannot be written, nothing on standard output looks like a result. */
export function writeOutputs(outputs: readonly WrittenOutput[], io: Io): void {
  for (const { file, text } of outputs) {
    if (file !== undefined) writeGiven(resolve(io.cwd, file), text, `--output ${relativeTo(io.cwd, file)}`);
  }
  for (const { file, text } of outputs) if (file === undefined) io.out(text);
}
