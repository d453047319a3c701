import { resolve } from 'node:path';
import { relativeTo } from '../report/place';
import { refuseUnwritable, writeGiven } from './given-file';
import type { Io } from './io';

/** A report as text, and the file that it goes to; without one, standard output. */
export interface WrittenOutput {
  readonly file?: string;
  readonly text: string;
}

/** Files first: when one cannot be written, nothing on standard output looks like a result. */
export function writeOutputs(outputs: readonly WrittenOutput[], io: Io): void {
  for (const { file, text } of outputs) {
    if (file !== undefined) writeGiven(resolve(io.cwd, file), text, whereOf(file, io));
  }
  for (const { file, text } of outputs) if (file === undefined) io.out(text);
}

/** Refuses files that could not be written: what asks the network for minutes must not lose what it was told. */
export function refuseUnwritableOutputs(outputs: readonly { readonly file?: string }[], io: Io): void {
  for (const { file } of outputs) {
    if (file !== undefined) refuseUnwritable(resolve(io.cwd, file), whereOf(file, io));
  }
}

function whereOf(file: string, io: Io): string {
  return `--output ${relativeTo(io.cwd, file)}`;
}
