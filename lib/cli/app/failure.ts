import { TransmissionError } from '../../core/errors';
import { visible } from '../../report/escape';
import type { CdkApp } from './cdk-json';
import type { AppResult } from './request';
import { linesSaid } from './said';

/** How many of its last lines, and how much of them, an error quotes. */
const LINES = 5;
const CHARACTERS = 600;

/** A package that is asked for by its name, and is not there; a file of the app's own begins with a dot or a slash. */
const LACKS_PACKAGES = /Cannot find (module|package) '(?![./])(?![A-Za-z]:[\\/])/;

/** Why there is nothing to judge: one error, with the end of what the app said. */
export function appFailure(app: CdkApp, result: AppResult | undefined, timeLimit: number): TransmissionError {
  const [what, remedy] = reasonOf(app, result, timeLimit);
  const last = lastWords(result?.said ?? '');
  const quoted = last === '' ? '' : `, it said last: ${last}`;
  return new TransmissionError('AppFailed', `${what}, ${remedy}${quoted}`, app.file);
}

function reasonOf(
  { build }: CdkApp,
  result: AppResult | undefined,
  timeLimit: number,
): readonly [what: string, remedy: string] {
  if (result === undefined) {
    return ['the app could not be run to its end, nothing is known of it', 'run cdk synth and check cdk.out'];
  }
  const { step, code, signal, isTimedOut, cannotStart, said } = result;
  const who = build !== undefined && step === 0 ? 'the command of "build"' : 'the app';
  if (isTimedOut) {
    const remedy = 'repair what it waits for, or give --time-limit';
    return [`${who} did not end within ${timeLimit} seconds, which is the limit`, remedy];
  }
  if (cannotStart !== undefined) {
    return [`${who} cannot be started (${visible(cannotStart, 200)})`, 'correct the command'];
  }
  if (signal !== undefined) return [`${who} was ended by ${signal}, it must end with 0`, 'run cdk synth'];
  if (code !== 0) {
    const remedy = LACKS_PACKAGES.test(said) ? 'install what it needs (npm ci)' : 'make cdk synth work first';
    return [`${who} ended with exit code ${code}, it must end with 0`, remedy];
  }
  return [
    'the app wrote no manifest.json where CDK_OUTDIR says, an App must write there',
    'leave outdir out of new App(), or check the folder that it writes',
  ];
}

/** The last lines that say something: from the last error that is named, without the frames of its stack. */
function lastWords(said: string): string {
  const lines = linesSaid(said).filter((line) => !/^\s*(at .*|\^+|Node\.js v\S+|)\s*$/.test(line));
  const named = lines.findLastIndex((line) => /^(Uncaught )?[\w.]*(Error|Exception)\b/.test(line));
  // What follows the error is long at times: a module that is missing has a list of those that asked for it.
  const end = Math.max(named + 1, lines.length - LINES, 0);
  const text = [...(named < 0 ? [] : lines.slice(named, named + 1)), ...lines.slice(end)]
    .map((line) => visible(line.trim(), CHARACTERS / 2))
    .join(' | ');
  return text.length > CHARACTERS ? `…${text.slice(1 - CHARACTERS)}` : text;
}
