import { existsSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { isTransmissionError, TransmissionError } from '../core/errors';
import { baselineSources, isAssembly, loadTarget, parsingOnce } from '../judge/load';
import { App, type ParameterValues, type TemplateSource } from '../judge/template';
import { type Lines, linesOf } from '../report/lines';
import { relativeTo } from '../report/place';
import { isCdkApp, loadCdkApp, type RunOptions } from './app';
import type { Arguments } from './arguments';
import type { Baseline } from './baseline';
import type { Io } from './io';
import { runOptionsOf } from './run-options';
import { targetPaths } from './target-paths';
import { isFolderOfTemplates, loadTemplateFolder } from './template-folder';
import { checkParameters, parametersOf } from './template-parameters';

/** One app to judge. */
export interface Target {
  /** As reports name it: relative to the folder that the check runs in. */
  readonly name: string;
  readonly app: App;
  /** Which lines can be told, where CDK made the templates. */
  readonly lines?: Lines;
}

/** How targets are read. */
interface LoadOptions extends RunOptions {
  /** The folder that paths are relative to. */
  readonly cwd: string;
  readonly parameters?: ParameterValues;
  readonly baseline?: Baseline;
}

/**
 * Reads every target that a command was given; each is an app of its own.
 *
 * @param baseline what they stand on, read before an app runs
 */
export function loadTargets(
  args: Arguments,
  io: Io,
  baseline: Baseline | undefined,
  command = 'check',
): readonly Target[] {
  return loadTargetsAt(targetPaths(args.operands, io.cwd, command), {
    ...runOptionsOf(args, io),
    cwd: io.cwd,
    parameters: parametersOf(args),
    ...(baseline === undefined ? {} : { baseline }),
  });
}

/** What was read of a target. */
interface Loaded {
  readonly sources: readonly TemplateSource[];
  /** Why no line of code is known, should that be so; absent where nobody expects one. */
  readonly whyNoLines?: string;
}

/** Reads CDK apps, assemblies, templates and folders of templates, each as an app of its own. */
function loadTargetsAt(paths: readonly string[], options: LoadOptions): readonly Target[] {
  const { cwd, parameters = {}, baseline } = options;
  const loaded = parsingOnce(() =>
    paths.map((given) => {
      const name = relativeTo(cwd, given);
      return { name, ...withPlaces(() => load(resolve(cwd, given), name, options), cwd) };
    }),
  );
  checkParameters(
    parameters,
    loaded.flatMap(({ sources }) => sources),
  );
  return loaded.map(({ name, sources, whyNoLines }) => {
    const under = baseline === undefined ? [] : baselineSources(baseline.document, baseline.file, sources);
    const app = new App([...sources, ...under], parameters);
    return { name, app, ...(whyNoLines === undefined ? {} : { lines: linesOf(app, cwd, whyNoLines) }) };
  });
}

function load(path: string, name: string, options: LoadOptions): Loaded {
  const loaded = loadWhatItIs(path, name, options);
  if (loaded.sources.length > 0) return loaded;
  throw new TransmissionError(
    'UnreadableAssembly',
    'holds no stack, so that there is nothing to judge, synthesise the app again (cdk synth)',
    name,
  );
}

const SYNTHESIS_KEPT_NONE = 'the synthesis that wrote the assembly kept no stacks';

/** Files of programs, which somebody gives who thinks of the app. */
const PROGRAM = /\.([cm]?[jt]sx?|py|java|cs|go)$/i;

function loadWhatItIs(path: string, name: string, options: LoadOptions): Loaded {
  if (PROGRAM.test(path) && existsSync(path) && statSync(path).isFile()) {
    const message =
      'is a program and no template, give the folder of the cdk.json that runs it, or its cdk.out';
    throw new TransmissionError('UnreadableTemplate', message, name);
  }
  if (isCdkApp(path)) return loadCdkApp(path, name, options);
  // A pattern finds assemblies by their manifests.
  const isManifest = basename(path) === 'manifest.json' && isAssembly(dirname(path));
  if (isManifest || isAssembly(path)) {
    return { sources: loadTarget(isManifest ? dirname(path) : path), whyNoLines: SYNTHESIS_KEPT_NONE };
  }
  return { sources: isFolderOfTemplates(path) ? loadTemplateFolder(path, name) : loadTarget(path) };
}

/** Errors name files as the user would: relative to where the command runs, the same on every machine. */
function withPlaces<T>(read: () => T, cwd: string): T {
  try {
    return read();
  } catch (error) {
    if (!isTransmissionError(error) || error.where === undefined) throw error;
    const { code, where, problem } = error;
    const [, file = where, place = ''] = /^(.*?)((?::\d+)*)$/.exec(where) ?? [];
    throw new TransmissionError(code, problem, relativeTo(cwd, file) + place, error);
  }
}
