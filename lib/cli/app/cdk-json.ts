import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { TransmissionError } from '../../core/errors';

/** A CDK app, as its cdk.json describes it. */
export interface CdkApp {
  /** The folder of the cdk.json, in which its commands run. */
  readonly folder: string;
  /** The cdk.json, as messages name it. */
  readonly file: string;
  /** The command that synthesises, or the folder that one has written. */
  readonly app: string;
  /** What is run before it. */
  readonly build?: string;
  /** The folder that `cdk synth` writes. */
  readonly output: string;
  /** Feature flags, and what else the app reads from its context. */
  readonly context: Readonly<Record<string, unknown>>;
}

const CDK_JSON = 'cdk.json';
const CONTEXT_FILE = 'cdk.context.json';

/** Whether a target is a CDK app: its cdk.json, or the folder with it. */
export function isCdkApp(path: string): boolean {
  if (basename(path) === CDK_JSON) return existsSync(path);
  return existsSync(join(path, CDK_JSON)) && statSync(path).isDirectory();
}

/**
 * Reads what the CDK CLI would, in its order: cdk.json goes before cdk.context.json. `~/.cdk.json` is left out, which makes
 * an app another one on another machine.
 *
 * @param path the cdk.json, or its folder
 * @param name the same, as messages name it
 */
export function readCdkApp(path: string, name: string): CdkApp {
  const isFile = basename(path) === CDK_JSON;
  const folder = isFile ? dirname(path) : path;
  const beside = (file: string) => {
    if (isFile) return name.slice(0, name.length - CDK_JSON.length) + file;
    return name === '.' ? file : `${name.replace(/\/+$/, '')}/${file}`;
  };
  const file = beside(CDK_JSON);
  const values = readMap(join(folder, CDK_JSON), file);
  const context = existsSync(join(folder, CONTEXT_FILE))
    ? readMap(join(folder, CONTEXT_FILE), beside(CONTEXT_FILE))
    : {};
  const { build, output } = values;
  return {
    folder,
    file,
    app: commandOf(values.app, file),
    ...(typeof build === 'string' && build.trim() !== '' ? { build } : {}),
    output: typeof output === 'string' ? output : 'cdk.out',
    context: { ...context, ...(isMap(values.context) ? values.context : {}) },
  };
}

function commandOf(app: unknown, file: string): string {
  const isWords = Array.isArray(app) && app.every((word) => typeof word === 'string');
  const command = isWords ? app.join(' ') : app;
  if (typeof command === 'string' && command.trim() !== '') return command;
  const message =
    'has no command for its app, it needs one, add it as "app", such as "node bin/app.js", or check its cdk.out';
  throw new TransmissionError('AppFailed', message, file);
}

function readMap(path: string, file: string): Readonly<Record<string, unknown>> {
  let values: unknown;
  try {
    values = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new TransmissionError(
      'AppFailed',
      'cannot be read as JSON, so that the app cannot be run, correct it',
      file,
      error,
    );
  }
  if (isMap(values)) return values;
  throw new TransmissionError('AppFailed', 'is not an object, write {"app": "node bin/app.js"}', file);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
