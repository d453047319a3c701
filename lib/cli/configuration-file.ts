import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isTransmissionError, TransmissionError } from '../core/errors';
import { schemaProblems } from '../core/schema';
import { SeveralMistakes } from '../core/several-mistakes';
import { parseDocument } from '../judge/load';
import { isJsonMap, type JsonMap, type TemplateSource } from '../judge/template';
import { relativeTo } from '../report/place';
import type { Arguments } from './arguments';
import { fileSchema } from './configuration-schema';
import { readGiven } from './given-file';
import type { Io } from './io';

/** Names under which a file is found without `--config`. */
const CONFIGURATION_FILES = ['json', 'yaml', 'yml'].map((end) => `secure-transmission.config.${end}`);

/** A configuration file, whose keys and values fit the schema; what depends on each other nobody has looked at yet. */
export interface ConfigurationFile {
  /** As messages name it. */
  readonly name: string;
  /** The folder that its paths are relative to. */
  readonly folder: string;
  readonly values: JsonMap;
  /** Runs what reads its values: mistakes that it tells get the lines that they are on. */
  placing<T>(read: () => T): T;
}

/** The file that `--config` names, else the one that lies in the working folder. */
export function configurationFile(args: Arguments, io: Io): ConfigurationFile | undefined {
  const given = args.one('config') ?? fileIn(io.cwd);
  if (given === undefined) return undefined;
  const name = relativeTo(io.cwd, given);
  const path = resolve(io.cwd, given);
  const { values, locate } = parse(readGiven(path, name, 'give a file of JSON or YAML that exists'), name);
  const placing = <T>(reader: () => T): T => withPlaces(reader, name, locate);
  const { tlsPolicies: _, ...others } = values;
  placing(() => {
    const problems = [...schemaProblems(fileSchema, others)];
    if (problems.length > 0) throw new SeveralMistakes('InvalidConfiguration', problems, name);
  });
  return { name, folder: dirname(path), values, placing };
}

function fileIn(folder: string): string | undefined {
  const [first, second] = CONFIGURATION_FILES.filter((file) => existsSync(join(folder, file)));
  if (first === undefined || second === undefined) return first;
  const message = `lies beside ${second}, one of them is allowed, remove one or name it with --config`;
  throw new TransmissionError('InvalidConfiguration', message, first);
}

type Locate = NonNullable<TemplateSource['locate']>;

function parse(text: string, name: string): { values: JsonMap; locate: Locate } {
  const { json, locate } = parsed(text, name);
  if (isJsonMap(json)) return { values: json, locate };
  throw new TransmissionError('InvalidConfiguration', 'is not an object, write {"profile": "both"}', name);
}

function parsed(text: string, name: string): ReturnType<typeof parseDocument> {
  try {
    return parseDocument(text, name);
  } catch (error) {
    if (!isTransmissionError(error)) throw error;
    const { where = name, problem } = error;
    const message = problem.replace('CloudFormation template', 'configuration');
    throw new TransmissionError('UnreadableConfiguration', message, where, error);
  }
}

function withPlaces<T>(reader: () => T, name: string, locate: Locate): T {
  try {
    return reader();
  } catch (error) {
    if (!isTransmissionError(error)) throw error;
    const { code, where, problem } = error;
    if (error instanceof SeveralMistakes && where === name) {
      const settings = error.mistakes.map((mistake) => /^(?=['"])['"]([^'"]+)['"]/.exec(mistake)?.[1]);
      const places = settings.map((setting = '') => placeOf(setting, name, locate));
      throw new SeveralMistakes(code, error.mistakes, name, places);
    }
    // Where one mistake alone is told, the setting stands after the file.
    if (where === undefined || !where.startsWith(`${name}: `)) throw error;
    const setting = where.slice(name.length + 2);
    const place = `${placeOf(setting, name, locate)}: ${setting}`;
    throw new TransmissionError(code, problem, place, error);
  }
}

/** Where a setting stands, such as `switchedOff[0].until`; where it is missing, the place above it is told. */
function placeOf(setting: string, name: string, locate: Locate): string {
  const keys = setting.split(/\.|\[(\d+)\]/).flatMap((key) => (key ? [key] : []));
  const at = keys.length === 0 ? undefined : locate(keys);
  return at === undefined ? name : `${name}:${at.line}:${at.column}`;
}
