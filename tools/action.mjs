/**
 * What action.yml runs: checks, and tells GitHub in each of the ways it listens.
 *
 * The command line is the one of the action, at the commit that the workflow names: one from the project's packages would
 * be chosen by the pull request that it judges.
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from './build.mjs';
import { root, run, StepFailed, start } from './commands.mjs';
import { installIfNeeded } from './install-if-needed.mjs';

const PROGRAM = path.join(root, 'dist/bin/secure-transmission.js');

/** A name of an input, and the option that its value, or each of its lines, is given to. */
const OPTIONS = /** @type {const} */ ([
  ['PACKS', '--pack'],
  ['PROFILE', '--profile'],
  ['CONFIG', '--config'],
  ['KNOWN', '--known'],
  ['WAIVERS', '--waivers'],
  ['PARAMETERS', '--parameters'],
  ['FAIL_ON', '--fail-on'],
]);

/** The forms of the report, and the files that they go to; a comparison is short enough to be its own summary. */
const FORMS = /** @type {const} */ ([
  ['text', 'report.txt'],
  ['github', 'annotations.txt'],
  ['sarif', 'report.sarif'],
  ['json', 'report.json'],
  ['markdown', 'comment.md'],
]);
const SUMMARY = /** @type {const} */ (['summary', 'summary.md']);

/** What is accepted stays in JSON and summary; GitHub would show it as open alerts, whatever SARIF says of it. */
const QUIET = '--quiet';

/**
 * @param {string} name
 * @returns {string[]} the lines of an input that say something
 */
function lines(name) {
  return (process.env[`INPUT_${name}`] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** @param {string} folder where the reports go */
function commandLine(folder) {
  const options = OPTIONS.flatMap(([input, option]) => lines(input).map((value) => `${option}=${value}`));
  const [base] = lines('BASE');
  const forms = base === undefined ? [...FORMS, SUMMARY] : FORMS;
  const outputs = forms.flatMap(([form, file]) => [
    `--format=${form}`,
    `--output=${path.join(folder, file)}`,
  ]);
  const targets = lines('TARGET');
  // What stands behind `--` is no option, whatever it looks like.
  if (base === undefined) return ['check', QUIET, ...options, ...outputs, '--', ...targets];
  if (targets.length !== 1) {
    throw new StepFailed(
      `target has ${targets.length} lines, with base it must be one, call the action for each`,
    );
  }
  const [target = '.'] = targets;
  return [
    'diff',
    QUIET,
    `--base-folder=${base}`,
    ...options,
    ...outputs,
    '--',
    path.join(base, target),
    target,
  ];
}

/** By what a step talks to the steps after it, and to GitHub: an app that is checked has nothing to say there. */
const OF_THE_RUNNER = /^(GITHUB_(ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)|ACTIONS_.*|.*_TOKEN)$/i;

function environmentOfProgram() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_THE_RUNNER.test(name)));
}

/**
 * Prints text in which GitHub sees no command: it holds words of templates.
 *
 * @param {string} text
 */
function printInert(text) {
  const end = randomUUID();
  console.log(`::stop-commands::${end}\n${text.trimEnd()}\n::${end}::`);
}

/**
 * @param {'GITHUB_OUTPUT' | 'GITHUB_STEP_SUMMARY'} variable
 * @param {string} text
 */
function tell(variable, text) {
  const file = process.env[variable];
  if (file !== undefined && file !== '') appendFileSync(file, text);
}

await start(async () => {
  if (!existsSync(PROGRAM)) {
    await installIfNeeded();
    await build();
  }
  const folder = mkdtempSync(path.join(process.env.RUNNER_TEMP ?? tmpdir(), 'secure-transmission-'));
  const { code, output } = await run(process.execPath, [PROGRAM, ...commandLine(folder)], {
    cwd: process.cwd(),
    env: environmentOfProgram(),
  });
  const said = (/** @type {string} */ file) => {
    const at = path.join(folder, file);
    return existsSync(at) ? readFileSync(at, 'utf8') : '';
  };
  printInert(`${output}${said('report.txt')}`);
  tell('GITHUB_OUTPUT', `exit-code=${code}\n`);
  if (!existsSync(path.join(folder, 'report.json'))) {
    console.log('::error title=cdk-secure-transmission::Nothing was checked: the log of this step says why');
    tell('GITHUB_STEP_SUMMARY', '**Nothing was checked**: the log of the step says why.\n');
    return code === 0 ? 3 : code;
  }
  console.log(said('annotations.txt').trimEnd());
  tell('GITHUB_STEP_SUMMARY', said('summary.md') || said('comment.md'));
  const named = { sarif: 'report.sarif', report: 'report.json', comment: 'comment.md' };
  for (const [name, file] of Object.entries(named)) {
    tell('GITHUB_OUTPUT', `${name}=${path.join(folder, file)}\n`);
  }
  return code;
});
