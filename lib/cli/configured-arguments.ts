import { isAbsolute } from 'node:path';
import { relativeTo } from '../report/place';
import { Arguments, type GivenOption } from './arguments';
import { type ConfigurationFile, configurationFile } from './configuration-file';
import type { Io } from './io';
import type { RunSettings } from './run-settings-schema';

/** What the command line and the configuration file say together. */
export interface Configured {
  readonly args: Arguments;
  /** The file, where there is one: it is read once, so that all that is taken from it is of one text. */
  readonly file: ConfigurationFile | undefined;
}

/** What the configuration file says in place of an option, as if the command line had said it: that goes before it. */
export function configuredArguments(args: Arguments, io: Io): Configured {
  const file = configurationFile(args, io);
  if (file === undefined) return { args, file };
  const run = file.values as RunSettings;
  const here = relativeTo(io.cwd, file.folder);
  const path = (given: string) => (here === '.' || isAbsolute(given) ? given : `${here}/${given}`);
  const packsAreChosen = args.has('pack') || args.has('profile');
  const options = [
    ...args.options,
    ...(packsAreChosen ? [] : repeated('pack', run.packs)),
    ...(args.has('fail-on') ? [] : once('fail-on', run.failOn)),
    ...(args.has('waivers') ? [] : once('waivers', run.waivers, path)),
    ...(args.has('known') ? [] : once('known', run.known, path)),
    ...(args.has('baseline') ? [] : once('baseline', run.baseline, path)),
    ...(args.has('time-limit') ? [] : once('time-limit', run.timeLimit?.toString())),
    ...repeated('parameters', unnamed(run.templateParameters, args.all('parameters'))),
    ...repeated('context', unnamed(run.context, args.all('context'))),
  ];
  const operands = args.operands.length > 0 ? args.operands : (run.targets ?? []).map(path);
  return { args: new Arguments(operands, options), file };
}

function once(name: string, value: string | undefined, change = (given: string) => given): GivenOption[] {
  return value === undefined ? [] : [{ name, value: change(value) }];
}

function repeated(name: string, values: readonly string[] = []): GivenOption[] {
  return values.map((value) => ({ name, value }));
}

/** Those of the file whose name the command line does not give. */
function unnamed(ofFile: readonly string[] = [], given: readonly string[]): readonly string[] {
  const nameOf = (assignment: string) => assignment.slice(0, assignment.indexOf('='));
  const taken = new Set(given.map(nameOf));
  return ofFile.filter((assignment) => !taken.has(nameOf(assignment)));
}
