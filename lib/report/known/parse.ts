import { TransmissionError } from '../../core/errors';
import { schemaProblems } from '../../core/schema';
import { SeveralMistakes } from '../../core/several-mistakes';
import { daysLeft, isDay } from '../../core/waivers';
import { duplicateKeys } from '../../judge/load/json-duplicates';
import type { Json } from '../../judge/template';
import { type KnownEntry, keyOf, knownFindingsSchema } from './entry';

/** A file of known findings that was checked. */
export interface KnownFindings {
  /** Its name, as reports print it. */
  readonly file: string;
  /** The address of a schema that its author gave for an editor. */
  readonly schema?: string;
  readonly entries: readonly KnownEntry[];
}

const LARGEST_BYTES = 20 * 1024 * 1024;

/** More mistakes than these are one mistake. */
const MOST_TOLD = 20;

/**
 * Reads a file of known findings. Nothing is covered by a file that is wrong anywhere.
 *
 * @param file its name, as reports print it
 * @throws TransmissionError with one line for each mistake
 */
export function parseKnownFindings(text: string, file: string, now: Date): KnownFindings {
  const clean = text.replace(/^\uFEFF/, '');
  const values = parsed(clean, file);
  const misfits = schemaProblems(knownFindingsSchema, values);
  if (misfits.length > 0) throw mistakes(misfits, file);
  // Who reviews the file may have read the first of two.
  const twice = duplicateKeys(clean, values, ', remove one');
  if (twice.length > 0) throw mistakes(twice, file);
  const { $schema: schema, findings: entries } = values as unknown as {
    readonly $schema?: string;
    readonly findings: readonly KnownEntry[];
  };
  const problems = [...entries.flatMap((entry, i) => dayProblems(entry, i, now)), ...repeated(entries)];
  if (problems.length > 0) throw mistakes(problems, file);
  return { file, entries, ...(schema === undefined ? {} : { schema }) };
}

function parsed(text: string, file: string): Json {
  if (text.length > LARGEST_BYTES) {
    const message = `is larger than ${LARGEST_BYTES / 1024 / 1024} MB, which no list of findings needs, repair some`;
    throw new TransmissionError('UnreadableConfiguration', message, file);
  }
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const message = 'is not JSON, it must be what --update-known writes, write it again';
    throw new TransmissionError('UnreadableConfiguration', message, file, error);
  }
}

function mistakes(all: readonly string[], file: string): SeveralMistakes {
  const more = all.length - MOST_TOLD;
  const told =
    more > 0 ? [...all.slice(0, MOST_TOLD), `has ${more} more mistakes, correct these first`] : all;
  return new SeveralMistakes('InvalidConfiguration', told, file);
}

function dayProblems({ since }: KnownEntry, index: number, now: Date): string[] {
  const where = `'findings[${index}].since'`;
  if (!isDay(since)) return [`${where} must be a day of the calendar, got "${since}", correct it`];
  // What is accepted tomorrow would end later than anything may that is accepted today.
  if (daysLeft(since, now) > 0) {
    const today = now.toISOString().slice(0, 'yyyy-mm-dd'.length);
    return [
      `${where} must be ${today}, which is the time of the check, or before, got "${since}", correct it`,
    ];
  }
  return [];
}

/** An entry covers one finding: a second one of the same name would cover another. */
function repeated(entries: readonly KnownEntry[]): string[] {
  const seen = new Map<string, number>();
  return entries.flatMap((entry, i) => {
    const key = keyOf(entry);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, i);
      return [];
    }
    return [`'findings[${i}]' repeats the fingerprint of 'findings[${first}]', one is allowed, remove it`];
  });
}
