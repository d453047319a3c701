import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TransmissionError } from '../core/errors';
import { parseAddedTlsPolicies, type TlsPolicy } from '../core/tls';
import { relativeTo } from '../report/place';
import type { Arguments } from './arguments';
import { baselineOf } from './baseline';
import type { Io } from './io';
import { didYouMean } from './suggest';

/** What a configuration file says. */
export interface Configuration {
  readonly tlsPolicies: readonly TlsPolicy[];
}

const KEYS = ['$schema', 'tlsPolicies'];

/** The configuration that `--config` names; without it, the defaults. What a baseline adds comes after it. */
export function configurationOf(args: Arguments, io: Io): Configuration {
  const { tlsPolicies } = fileOf(args, io);
  const baseline = baselineOf(args, io);
  if (baseline === undefined) return { tlsPolicies };
  const { file, document } = baseline;
  return {
    tlsPolicies: [...tlsPolicies, ...parseAddedTlsPolicies(document.tlsPolicies, `${file}: tlsPolicies`)],
  };
}

function fileOf(args: Arguments, io: Io): Configuration {
  const given = args.one('config');
  if (given === undefined) return { tlsPolicies: [] };
  const file = relativeTo(io.cwd, given);
  const values = parse(read(resolve(io.cwd, given), file), file);
  const unknown = Object.keys(values).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) {
    const message = `has no setting of that name${didYouMean(unknown, KEYS)}, use only ${KEYS.join(', ')}`;
    throw new TransmissionError('InvalidConfiguration', message, `${file}: ${unknown}`);
  }
  return { tlsPolicies: parseAddedTlsPolicies(values.tlsPolicies, `${file}: tlsPolicies`) };
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
  throw new TransmissionError('InvalidConfiguration', 'is not an object, write {"tlsPolicies": [...]}', file);
}

/** The code of a failed call to the file system, such as `ENOENT`. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error
    ? String(error.code)
    : 'unknown reason';
}
