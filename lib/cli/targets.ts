import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isTransmissionError, TransmissionError } from '../core/errors';
import { didYouMean } from '../core/suggest';
import { baselineSources, loadTarget, loadTemplateFile } from '../judge/load';
import { App, isJsonMap, type ParameterValues, type TemplateSource } from '../judge/template';
import { relativeTo } from '../report/place';
import type { Arguments } from './arguments';
import { baselineOf } from './baseline';
import type { Io } from './io';

/** One app to judge. */
export interface Target {
  /** As reports name it: relative to the folder that the check runs in. */
  readonly name: string;
  readonly app: App;
}

/** Reads every target; each is an app of its own. */
export function loadTargets(args: Arguments, io: Io): readonly Target[] {
  const parameters = parametersOf(args);
  const loaded = args.operands.map((given) => {
    const name = relativeTo(io.cwd, given);
    return { name, sources: withPlaces(() => load(resolve(io.cwd, given), name), io.cwd) };
  });
  checkParameters(
    parameters,
    loaded.flatMap(({ sources }) => sources),
  );
  const baseline = baselineOf(args, io);
  return loaded.map(({ name, sources }) => {
    const under = baseline === undefined ? [] : baselineSources(baseline.document, baseline.file, sources);
    return { name, app: new App([...sources, ...under], parameters) };
  });
}

function load(path: string, name: string): readonly TemplateSource[] {
  const sources = isFolderOfTemplates(path) ? loadFolder(path, name) : loadTarget(path);
  if (sources.length > 0) return sources;
  throw new TransmissionError(
    'UnreadableAssembly',
    'holds no stack, so that there is nothing to judge, synthesise the app again (cdk synth)',
    name,
  );
}

/** A folder that no CDK wrote: its templates are one app, so that exports of one are seen by another. */
function isFolderOfTemplates(path: string): boolean {
  if (!existsSync(path) || !statSync(path).isDirectory()) return false;
  // An assembly without a manifest is broken; its templates may be those of stacks that are gone.
  return !['manifest.json', 'cdk.out', 'tree.json'].some((file) => existsSync(join(path, file)));
}

const TEMPLATE_FILE = /\.(json|ya?ml|template)$/i;

function loadFolder(path: string, name: string): readonly TemplateSource[] {
  const files = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && TEMPLATE_FILE.test(entry.name))
    .map((entry) => entry.name)
    .sort();
  if (files.length === 0) {
    throw new TransmissionError(
      'UnreadableAssembly',
      'holds neither a manifest.json nor a template, give the folder that cdk synth writes (cdk.out) or templates',
      name,
    );
  }
  const seen = new Map<string, string>();
  return files.map((file) => {
    const source = loadTemplateFile(join(path, file));
    const same = seen.get(source.name);
    if (same !== undefined) {
      const message = `would be named as ${same} is, names in a folder must differ, rename one`;
      throw new TransmissionError('UnreadableTemplate', message, join(path, file));
    }
    seen.set(source.name, file);
    return source;
  });
}

/** Errors name files as the user would: relative to where the command runs, the same on every machine. */
function withPlaces<T>(read: () => T, cwd: string): T {
  try {
    return read();
  } catch (error) {
    if (!isTransmissionError(error) || error.where === undefined) throw error;
    const { code, where, message } = error;
    const [, file = where, place = ''] = /^(.*?)((?::\d+)*)$/.exec(where) ?? [];
    throw new TransmissionError(code, message.slice(where.length + 2), relativeTo(cwd, file) + place, error);
  }
}

function parametersOf(args: Arguments): ParameterValues {
  const values = new Map<string, string>();
  for (const given of args.all('parameters')) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(given) ?? [];
    if (name === undefined || value === undefined) {
      const message = `is ${JSON.stringify(given)}, it must be NAME=VALUE or Stack.NAME=VALUE`;
      throw new TransmissionError('InvalidArgument', message, '--parameters');
    }
    if (values.has(name)) {
      const message = `gives ${name} twice, one value is allowed, remove one`;
      throw new TransmissionError('InvalidArgument', message, '--parameters');
    }
    values.set(name, value);
  }
  return Object.fromEntries(values);
}

/** A name that no template knows is a slip, which would leave the real parameter without its value. */
function checkParameters(values: ParameterValues, sources: readonly TemplateSource[]): void {
  const known = new Set(
    sources.flatMap(({ name, json }) =>
      Object.keys(isJsonMap(json.Parameters) ? json.Parameters : {}).flatMap((id) => [id, `${name}.${id}`]),
    ),
  );
  const unknown = Object.keys(values).find((name) => !known.has(name));
  if (unknown === undefined) return;
  const message = `names ${unknown}, which is a parameter of no template given${didYouMean(unknown, [...known])}`;
  throw new TransmissionError('InvalidArgument', `${message}, correct the name`, '--parameters');
}
