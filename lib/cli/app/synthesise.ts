import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isTransmissionError, TransmissionError } from '../../core/errors';
import { loadAssembly } from '../../judge/load';
import type { TemplateSource } from '../../judge/template';
import { codeOf } from '../given-file';
import type { CdkApp } from './cdk-json';
import { commandLineOf } from './command-line';
import { environmentOf } from './environment';
import { appFailure } from './failure';
import { fileOf } from './files';
import { programPath } from './programs';
import type { AppRequest, AppResult } from './request';

/** How an app is run. */
export interface RunOptions {
  /** The environment of the command line. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How long it may run, in seconds. */
  readonly timeLimit: number;
}

/** What running an app gave. */
export interface Synthesised {
  /** Its templates, as if they stood where `cdk synth` puts them. */
  readonly sources: readonly TemplateSource[];
  /** What it printed: the last of it. */
  readonly said: string;
  /** Whether an App of CDK ran in Node.js, one that calls hooks. */
  readonly isHooked: boolean;
}

/** How much longer the supervisor may take to stop what it runs. */
const GRACE = 10;

/**
 * Runs a CDK app into a folder of its own, which is gone afterwards, and reads what it wrote.
 *
 * The assembly is judged and not the constructs: it has every line that they have, and needs neither a second copy of
 * aws-cdk-lib nor the one that the app has.
 */
export function synthesise(app: CdkApp, options: RunOptions): Synthesised {
  // Private to the user, as mkdtemp makes it; real, since an app may print it as Node.js resolves it.
  const folder = ownFolder();
  try {
    return run(app, folder, options);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

function ownFolder(): string {
  try {
    return mkdtempSync(join(realpathSync(tmpdir()), 'secure-transmission-'));
  } catch (error) {
    const message = `cannot take what an app writes (${codeOf(error)}), let TMPDIR name a folder that can be written`;
    throw new TransmissionError('AppFailed', message, 'the folder for temporary files');
  }
}

function run(app: CdkApp, folder: string, { env, timeLimit }: RunOptions): Synthesised {
  const outdir = join(folder, 'cdk.out');
  const mark = join(folder, 'app-was-there');
  const places = { folder, outdir, mark, register: fileOf('register') };
  mkdirSync(outdir);
  const programs = programPath(app.folder, env);
  const steps = [
    ...(app.build === undefined ? [] : [{ command: app.build, env: programs }]),
    {
      command: commandLineOf(app.app, app.folder),
      env: { ...programs, ...environmentOf(app, places, env) },
    },
  ];
  const result = supervised({ steps, cwd: app.folder, timeLimit }, folder, env);
  const asSaid = result && { ...result, said: result.said.replaceAll(outdir, app.output) };
  if (asSaid?.code !== 0 || asSaid.isTimedOut) throw appFailure(app, asSaid, timeLimit);
  const { said } = asSaid;
  if (!existsSync(join(outdir, 'manifest.json'))) throw appFailure(app, asSaid, timeLimit);
  return { sources: sourcesIn(outdir, app), said, isHooked: existsSync(mark) };
}

function supervised(request: AppRequest, folder: string, env: RunOptions['env']): AppResult | undefined {
  writeFileSync(join(folder, 'request.json'), JSON.stringify(request));
  // Loaded where it is needed: a check of templates would start later for it.
  const { spawnSync } = require('node:child_process') as typeof import('node:child_process');
  spawnSync(process.execPath, [fileOf('supervise'), folder], {
    env: { ...env },
    stdio: 'ignore',
    windowsHide: true,
    timeout: (request.timeLimit + GRACE) * 1000,
  });
  const file = join(folder, 'result.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as AppResult) : undefined;
}

/** The templates in a folder of ours, named as they would be in the one that `cdk synth` writes. */
function sourcesIn(outdir: string, { folder, file, output }: CdkApp): readonly TemplateSource[] {
  const moved = (path: string) => path.replace(outdir, () => resolve(folder, output));
  try {
    return loadAssembly(outdir).map((source) => ({
      ...source,
      isGone: true,
      ...(source.file === undefined ? {} : { file: moved(source.file) }),
    }));
  } catch (error) {
    if (!isTransmissionError(error) || error.where === undefined) throw error;
    const { code, where, problem } = error;
    const place = code === 'MissingContext' ? file : moved(where);
    throw new TransmissionError(code, problem, place, error);
  }
}
