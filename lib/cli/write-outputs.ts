import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TransmissionError } from '../core/errors';
import { relativeTo } from '../report';
import { codeOf } from './configuration';
import type { Io } from './io';

/** A report as text, and the file that it goes to; without one, standard output. */
export interface WrittenOutput {
  readonly file?: string;
  readonly text: string;
}

/** Files first: when one cannot be written, nothing on standard output looks like a result. */
export function writeOutputs(outputs: readonly WrittenOutput[], io: Io): void {
  for (const { file, text } of outputs) if (file !== undefined) write(file, text, io);
  for (const { file, text } of outputs) if (file === undefined) io.out(text);
}

function write(file: string, text: string, io: Io): void {
  try {
    writeFileSync(resolve(io.cwd, file), text);
  } catch (error) {
    const message = `cannot be written (${codeOf(error)}), give a file in a folder that exists`;
    throw new TransmissionError('InvalidArgument', message, `--output ${relativeTo(io.cwd, file)}`, error);
  }
}
