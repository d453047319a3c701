import { normalize } from 'node:path';
import { TransmissionError } from '../core/errors';
import type { Arguments } from './arguments';

/** A form of a report, and where it goes: a file, or standard output. */
export interface Output<Format extends string> {
  readonly format: Format | 'text';
  readonly file?: string;
}

/**
 * Each `--output` belongs to the `--format` before it, or to the text where none stands before.
 *
 * @param formats what `--format` takes
 */
export function outputsOf<Format extends string>(
  args: Arguments,
  formats: readonly Format[],
): readonly Output<Format>[] {
  const outputs: Output<Format>[] = [];
  for (const { name, value } of args.options) {
    const format = formats.find((each) => each === value);
    if (name === 'format' && format !== undefined) outputs.push({ format });
    if (name !== 'output' || value === undefined) continue;
    if (value === '-') {
      const message = 'is "-", it must be a file, leave it out for standard output';
      throw new TransmissionError('InvalidArgument', message, '--output');
    }
    const last = outputs.pop() ?? { format: 'text' };
    if (last.file !== undefined) {
      const message = `gives ${last.format} a second file, one is allowed, repeat --format before it`;
      throw new TransmissionError('InvalidArgument', message, '--output');
    }
    outputs.push({ format: last.format, file: value });
  }
  refuseSamePlace(outputs);
  return outputs.length === 0 ? [{ format: 'text' }] : outputs;
}

function refuseSamePlace(outputs: readonly Output<string>[]): void {
  const taken = new Map<string | undefined, string>();
  for (const { format, file } of outputs) {
    // `a` and `./a` are one file.
    const place = file === undefined ? undefined : normalize(file);
    const before = taken.get(place);
    if (before === undefined) {
      taken.set(place, format);
      continue;
    }
    const message = `${before} and ${format} would both go to ${file ?? 'standard output'}, give one of them another --output`;
    throw new TransmissionError('InvalidArgument', message, '--format');
  }
}
