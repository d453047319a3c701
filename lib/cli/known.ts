import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isTransmissionError, TransmissionError } from '../core/errors';
import { relativeTo, type TargetReport } from '../report';
import {
  type Covered,
  coverKnown,
  type KnownFindings,
  knownText,
  parseKnownFindings,
  updateKnown,
} from '../report/known';
import type { Arguments } from './arguments';
import { codeOf } from './configuration';
import type { Io } from './io';

/** Reports with known findings laid over them. */
export interface WithKnown {
  readonly targets: readonly TargetReport[];
  readonly known?: Covered['known'];
  /** Why the file was not written, though that was asked for. */
  readonly refusal?: TransmissionError;
}

/** Lays the known findings of `--known` over reports; with `--update-known` the file is written first. */
export function withKnown(targets: readonly TargetReport[], args: Arguments, io: Io, now: Date): WithKnown {
  const owner = ownerOf(args);
  const given = args.one('known');
  if (given === undefined) return { targets };
  const file = relativeTo(io.cwd, given);
  const path = resolve(io.cwd, given);
  const known = knownFindingsIn(path, file, now, owner !== undefined);
  if (owner === undefined) return coverKnown(targets, known, now);
  try {
    const updated = updateKnown(targets, known, { owner, now });
    write(path, file, knownText(updated));
    return coverKnown(targets, updated, now);
  } catch (error) {
    // The report says what could not be judged: it is printed first.
    if (!isTransmissionError(error) || error.kind !== 'internal') throw error;
    return { ...coverKnown(targets, known, now), refusal: error };
  }
}

/**
 * The known findings of a file.
 *
 * @param mayBeMissing whether a file that is not there holds none
 */
export function knownFindingsIn(path: string, file: string, now: Date, mayBeMissing = false): KnownFindings {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (mayBeMissing && codeOf(error) === 'ENOENT') return { file, entries: [] };
    const message = `cannot be read (${codeOf(error)}), give a file that --update-known wrote`;
    throw new TransmissionError('UnreadableConfiguration', message, file, error);
  }
  return parseKnownFindings(text, file, now);
}

/** Who accepts what is new, where that is asked for. */
function ownerOf(args: Arguments): string | undefined {
  const owner = args.one('owner');
  const needs = (option: string, needed: string, usage: string) =>
    new TransmissionError('MissingArgument', `needs ${needed} as well, write ${usage}`, option);
  if (!args.has('update-known')) {
    if (owner === undefined) return undefined;
    throw needs('--owner', '--update-known', '--known FILE --update-known --owner NAME');
  }
  if (!args.has('known')) throw needs('--update-known', '--known', '--known FILE');
  if (owner === undefined) throw needs('--update-known', '--owner', '--owner NAME');
  return owner;
}

function write(path: string, file: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    const message = `cannot be written (${codeOf(error)}), give a file in a folder that exists`;
    throw new TransmissionError('InvalidArgument', message, `--known ${file}`, error);
  }
}
