import { existsSync } from 'node:fs';
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
import { readGiven, writeGiven } from './given-file';
import type { Io } from './io';

/** Reports with known findings laid over them. */
export interface WithKnown {
  readonly targets: readonly TargetReport[];
  readonly known?: Covered['known'];
  /** Why the file was not written, though that was asked for. */
  readonly refusal?: TransmissionError;
}

/** Known findings that a check was given, and who accepts what is new, where that is asked for. */
export interface GivenKnown {
  readonly path: string;
  readonly known: KnownFindings;
  readonly owner?: string;
}

/** The known findings of `--known`, read before an app runs, which could write the file. */
export function givenKnown(args: Arguments, io: Io, now: Date): GivenKnown | undefined {
  const owner = ownerOf(args);
  const given = args.one('known');
  if (given === undefined) return undefined;
  const path = resolve(io.cwd, given);
  const known = knownFindingsIn(path, relativeTo(io.cwd, given), now, owner !== undefined);
  return { path, known, ...(owner === undefined ? {} : { owner }) };
}

/** Lays known findings over reports; where somebody accepts what is new, the file is written first. */
export function withKnown(
  targets: readonly TargetReport[],
  given: GivenKnown | undefined,
  now: Date,
): WithKnown {
  if (given === undefined) return { targets };
  const { path, known, owner } = given;
  if (owner === undefined) return coverKnown(targets, known, now);
  try {
    const updated = updateKnown(targets, known, { owner, now });
    writeGiven(path, knownText(updated), `--known ${known.file}`);
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
  if (mayBeMissing && !existsSync(path)) return { file, entries: [] };
  return parseKnownFindings(readGiven(path, file, 'give a file that --update-known wrote'), file, now);
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
