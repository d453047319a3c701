import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TransmissionError } from '../core/errors';
import { didYouMean } from '../core/suggest';
import { parseAddedTlsPolicies, type TlsPolicy } from '../core/tls';
import { parseSettings, type RuleSettings, settingsSchema } from '../judge/profiles';
import { relativeTo } from '../report/place';
import type { Arguments } from './arguments';
import { baselineOf } from './baseline';
import { nowOf } from './clock';
import type { Io } from './io';

/** What a configuration file says. */
export interface Configuration {
  readonly tlsPolicies: readonly TlsPolicy[];
  readonly settings: RuleSettings;
}

const KEYS = ['$schema', 'tlsPolicies', ...Object.keys(settingsSchema.properties)];

/**
 * The configuration that `--config` names; without it, the defaults. What a baseline adds comes after it, and `--profile`
 * goes before what it says.
 */
export function configurationOf(args: Arguments, io: Io): Configuration {
  const { file: where, tlsPolicies, given } = fileOf(args, io);
  const profile = args.one('profile');
  const settings = parseSettings(profile === undefined ? given : { ...given, profile }, {
    where,
    now: () => nowOf(args, io),
  });
  const baseline = baselineOf(args, io);
  if (baseline === undefined) return { tlsPolicies, settings };
  const { file, document } = baseline;
  const added = parseAddedTlsPolicies(document.tlsPolicies, `${file}: tlsPolicies`);
  return { tlsPolicies: [...tlsPolicies, ...added], settings };
}

interface GivenFile {
  /** Where mistakes are: the file, or the option where there is none. */
  readonly file: string;
  readonly tlsPolicies: readonly TlsPolicy[];
  /** Settings that nobody has looked at yet. */
  readonly given: Readonly<Record<string, unknown>>;
}

function fileOf(args: Arguments, io: Io): GivenFile {
  const given = args.one('config');
  if (given === undefined) return { file: '--config', tlsPolicies: [], given: {} };
  const file = relativeTo(io.cwd, given);
  const values = parse(read(resolve(io.cwd, given), file), file);
  const unknown = Object.keys(values).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) {
    const message = `has no setting of that name${didYouMean(unknown, KEYS)}, use only ${KEYS.join(', ')}`;
    throw new TransmissionError('InvalidConfiguration', message, `${file}: ${unknown}`);
  }
  const { $schema: _, tlsPolicies, ...settings } = values;
  return {
    file,
    tlsPolicies: parseAddedTlsPolicies(tlsPolicies, `${file}: tlsPolicies`),
    given: settings,
  };
}

function read(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const message = `cannot be read (${codeOf(error)}), give a file of JSON that exists`;
    throw new TransmissionError('UnreadableConfiguration', message, file, error);
  }
}

function parse(text: string, file: string): Readonly<Record<string, unknown>> {
  let values: unknown;
  try {
    values = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const message = 'is not JSON, comments and trailing commas are not allowed, correct it';
    throw new TransmissionError('UnreadableConfiguration', message, file, error);
  }
  if (typeof values === 'object' && values !== null && !Array.isArray(values)) return { ...values };
  throw new TransmissionError('InvalidConfiguration', 'is not an object, write {"profile": "both"}', file);
}

/** The code of a failed call to the file system, such as `ENOENT`. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error
    ? String(error.code)
    : 'unknown reason';
}
