/**
 * `npm test` and `npm run check`: install if needed, then types, lint, build and tests.
 *
 * Every step runs, whatever failed before it: one run names all that is wrong. With `--ci` a test that was
 * skipped counts as failed, since a check that did not run is never a pass. All other arguments go to jest.
 * The last line is `N passed, N failed`: the tests, and one failure more for each other step that failed.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from './build.mjs';
import { programFile, quietEnvironment, root, run, StepFailed, seconds, start } from './commands.mjs';
import { installIfNeeded } from './install-if-needed.mjs';

const CI = process.argv.includes('--ci');
const JEST_ARGUMENTS = process.argv.slice(2).filter((arg) => arg !== '--ci');

/** Deployments need an account, which CI has not: that they did not run is said, and is the one skip that does not fail. */
const NEEDS_AN_ACCOUNT = /^test[/\\]integ[/\\]integ\.test\.ts: .*skipped without an account/;

/** @typedef {{ name: string, ok: boolean, output: string, milliseconds: number }} Step */

/** @param {Step} step */
function report(step) {
  console.log(`== ${step.name}: ${step.ok ? 'ok' : 'FAILED'} (${seconds(step.milliseconds)})`);
  if (!step.ok && step.output !== '') {
    console.log(step.output.trimEnd());
  }
  return step;
}

/**
 * @param {string} name
 * @param {string[]} command
 * @returns {Promise<Step>}
 */
async function program(name, command) {
  const result = await run(process.execPath, command);
  return report({ name, ok: result.code === 0, output: result.output, milliseconds: result.milliseconds });
}

/** @returns {Promise<Step>} */
async function buildStep() {
  const started = performance.now();
  try {
    await build();
    return report({ name: 'build', ok: true, output: '', milliseconds: performance.now() - started });
  } catch (failure) {
    const output = failure instanceof StepFailed ? failure.message : String(failure);
    return report({ name: 'build', ok: false, output, milliseconds: performance.now() - started });
  }
}

/** @returns {Promise<{ passed: number, failed: number }>} */
async function unitTests() {
  const folder = mkdtempSync(path.join(tmpdir(), 'secure-transmission-'));
  const resultFile = path.join(folder, 'jest.json');
  console.log('== tests');
  const args = ['--json', `--outputFile=${resultFile}`, ...(CI ? ['--ci'] : []), ...JEST_ARGUMENTS];
  const env = { ...quietEnvironment(), ...(CI ? { SECURE_TRANSMISSION_CI: '1' } : {}) };
  try {
    const jest = await run(process.execPath, [programFile('jest'), ...args], { output: 'inherit', env });
    const counts = existsSync(resultFile)
      ? count(JSON.parse(readFileSync(resultFile, 'utf8')))
      : { passed: 0, failed: 0 };
    // Whatever jest found wrong that it counts nowhere (no tests, a broken configuration) is one failure.
    const failed = jest.code !== 0 ? Math.max(counts.failed, 1) : counts.failed;
    report({ name: 'tests', ok: failed === 0, output: '', milliseconds: jest.milliseconds });
    return { passed: counts.passed, failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {{ numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites: number, testResults:
 *   { name: string, assertionResults: { status: string, fullName: string }[] }[] }} result
 * @returns {{ passed: number, failed: number }}
 */
function count(result) {
  const notRun = result.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === 'pending' || test.status === 'todo')
      .map((test) => `${path.relative(root, file.name)}: ${test.fullName}`),
  );
  const skipped = notRun.filter((test) => !NEEDS_AN_ACCOUNT.test(test));
  if (notRun.length > skipped.length) {
    console.log(`not deployed, for want of an account: ${notRun.length - skipped.length} apps of test/integ`);
  }
  // A name given to jest skips all other tests on purpose: then only CI's own call counts them.
  if (skipped.length > 0 && CI) {
    console.log(`skipped, which counts as failed here:\n  ${skipped.join('\n  ')}`);
  }
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites + (CI ? skipped.length : 0),
  };
}

await start(async () => {
  const started = performance.now();
  await installIfNeeded();
  const steps = await Promise.all([
    program('lint', [programFile('@biomejs/biome'), 'check', '.', '--error-on-warnings']),
    program('types', [programFile('typescript', 'tsc'), '-p', 'tsconfig.json', '--pretty', 'false']),
    buildStep(),
  ]);
  const tests = await unitTests();
  const failedSteps = steps.filter((step) => !step.ok).map((step) => step.name);
  if (tests.failed > 0) {
    failedSteps.push('tests');
  }
  if (failedSteps.length > 0) {
    console.log(`failed: ${failedSteps.join(', ')}`);
  }
  console.log(`all steps took ${seconds(performance.now() - started)}`);
  console.log(`${tests.passed} passed, ${tests.failed + steps.filter((step) => !step.ok).length} failed`);
  return failedSteps.length === 0 ? 0 : 1;
});
