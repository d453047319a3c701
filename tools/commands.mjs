/**
 * What the starters share: where the project is, and how they call a program.
 *
 * Plain JavaScript, because Node 20 strips no types and because the first of them runs before `npm install`:
 * nothing here may import a package.
 */
import { spawn } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** The oldest Node line that package.json allows. */
const OLDEST_NODE = [20, 19];

/**
 * The JavaScript file of a program that a package brings.
 *
 * `npx` is not used: inside another `npx` it looks in the wrong place (it inherits npm_config_package). The
 * links in node_modules/.bin are not used either: on Windows they are shell scripts, which Node cannot spawn.
 *
 * @param {string} packageName
 * @param {string} [programName]
 * @returns {string}
 */
export function programFile(packageName, programName = packageName.replace(/^.*\//, '')) {
  const folder = path.join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[programName]);
}

/**
 * Runs a program to its end. Its standard input is empty, so nothing can wait for an answer.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ output?: 'inherit' | 'capture', env?: NodeJS.ProcessEnv, shell?: boolean, cwd?: string }} [options]
 * @returns {Promise<{ code: number, output: string, milliseconds: number }>}
 */
export function run(program, args, options = {}) {
  const started = performance.now();
  const inherit = options.output === 'inherit';
  const child = spawn(program, args, {
    cwd: options.cwd ?? root,
    env: options.env ?? quietEnvironment(),
    shell: options.shell ?? false,
    stdio: inherit ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  /** @type {Buffer[]} */
  const chunks = [];
  child.stdout?.on('data', (chunk) => chunks.push(chunk));
  child.stderr?.on('data', (chunk) => chunks.push(chunk));
  // A terminal sends Ctrl-C to the child as well: wait for it, and end with its exit code.
  const waitForChild = () => {};
  const passOn = () => child.kill('SIGTERM');
  process.on('SIGINT', waitForChild);
  process.on('SIGTERM', passOn);
  return new Promise((resolve, reject) => {
    child.on('error', (failure) => reject(new StepFailed(`cannot run ${program}: ${failure.message}`)));
    child.on('close', (code, signal) => {
      process.off('SIGINT', waitForChild);
      process.off('SIGTERM', passOn);
      resolve({
        code: code ?? (signal === 'SIGINT' ? 130 : 143),
        output: Buffer.concat(chunks).toString('utf8'),
        milliseconds: performance.now() - started,
      });
    });
  });
}

/** The environment of every program we start: no telemetry, no notices, no network that nobody asked for. */
export function quietEnvironment() {
  return { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_NOTICES: 'false' };
}

/**
 * @param {number} milliseconds
 * @returns {string}
 */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(milliseconds < 100 ? 2 : 1)} s`;
}

/** Ends the process with one line when Node is too old to run what follows. */
export function requireSupportedNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) {
    return;
  }
  console.error(`Node ${OLDEST_NODE.join('.')} or newer is needed, this is ${process.versions.node}`);
  process.exit(2);
}

/**
 * Whether a module is the program that was called, and not imported by another.
 *
 * @param {string} moduleUrl
 * @returns {boolean}
 */
export function isMain(moduleUrl) {
  return process.argv[1] !== undefined && fileURLToPath(moduleUrl) === realpathSync(process.argv[1]);
}

/** A failure of one of our own steps: its message is all that is printed. */
export class StepFailed extends Error {}

/**
 * Runs the main function of a starter: a failed step is one message and exit code 1, never a stack trace.
 *
 * @param {() => Promise<number>} main
 */
export async function start(main) {
  requireSupportedNode();
  try {
    process.exitCode = await main();
  } catch (failure) {
    console.error(failure instanceof StepFailed ? failure.message : failure);
    process.exitCode = 1;
  }
}
