import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppRequest, AppResult, Step } from './request';

/*
 * Runs the commands of an app for a command line that waits: kills all that they started when the time is over, and when
 * the command line is gone, of which a process that waits for its child cannot take care.
 *
 * usage: node supervise.js FOLDER
 */

/** As much of what a command says as is kept: its end. */
const MOST_KEPT = 64 * 1024;

/** How long a command may need to stop before it is killed, and its output to end after it did. */
const GRACE = 1000;

/** How often it looks whether the command line is still there. */
const HEARTBEAT = 250;

const WINDOWS = process.platform === 'win32';

/** What a command said: the last of it. */
class Said {
  #chunks: Buffer[] = [];
  #length = 0;
  #cut = false;

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length > 2 * MOST_KEPT) this.#keepTail();
  }

  #keepTail(): void {
    const all = Buffer.concat(this.#chunks);
    this.#cut ||= all.length > MOST_KEPT;
    this.#chunks = [all.subarray(Math.max(0, all.length - MOST_KEPT))];
    this.#length = this.#chunks[0]?.length ?? 0;
  }

  text(): Pick<AppResult, 'said' | 'isCut'> {
    this.#keepTail();
    const text = Buffer.concat(this.#chunks).toString('utf8');
    // What is cut begins with a whole line.
    return { said: this.#cut ? text.slice(text.indexOf('\n') + 1) : text, isCut: this.#cut };
  }
}

const folder = process.argv[2] ?? '';
const request = JSON.parse(readFileSync(join(folder, 'request.json'), 'utf8')) as AppRequest;
const commandLine = process.ppid;
const said = new Said();
let running: ChildProcess | undefined;
let isTimedOut = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, abandon);
setInterval(() => {
  if (!isThere(commandLine)) abandon();
}, HEARTBEAT).unref();
const timer = setTimeout(() => {
  isTimedOut = true;
  stop('SIGTERM');
  setTimeout(() => stop('SIGKILL'), GRACE).unref();
}, request.timeLimit * 1000);
next(0);

function next(index: number): void {
  const step = request.steps[index];
  if (step === undefined) {
    finish({ step: index - 1, code: 0 });
    return;
  }
  const child = start(step);
  running = child;
  let isOver = false;
  const over = (outcome: Pick<AppResult, 'code' | 'signal' | 'cannotStart'>) => {
    if (isOver) return;
    isOver = true;
    if (outcome.code === 0 && !isTimedOut) next(index + 1);
    else finish({ step: index, ...outcome });
  };
  child.stdout?.on('data', (chunk: Buffer) => said.add(chunk));
  child.stderr?.on('data', (chunk: Buffer) => said.add(chunk));
  child.on('error', (error) => over({ cannotStart: error.message }));
  const ended = (code: number | null, signal: string | null) =>
    over(code === null ? { signal: signal ?? 'unknown' } : { code });
  child.on('close', ended);
  // A service that it started may keep its output open for ever.
  child.on('exit', (code, signal) => setTimeout(() => ended(code, signal), GRACE));
}

function start({ command, env }: Step): ChildProcess {
  return spawn(command, {
    shell: true,
    cwd: request.cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    // A group of its own, so that what the shell started can be stopped with it.
    detached: !WINDOWS,
  });
}

function finish(result: Omit<AppResult, 'said' | 'isCut' | 'isTimedOut'>): void {
  clearTimeout(timer);
  // The shell heeds a signal at once; what it started may not, or goes on writing when the shell is long gone.
  stop('SIGKILL');
  const whole: AppResult = { ...result, isTimedOut, ...said.text() };
  writeFileSync(join(folder, 'result.json'), JSON.stringify(whole));
  process.exit(0);
}

function stop(signal: 'SIGTERM' | 'SIGKILL'): void {
  const pid = running?.pid;
  if (pid === undefined) return;
  try {
    if (WINDOWS) spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true });
    else process.kill(-pid, signal);
  } catch {
    // It has ended.
  }
}

/** Nobody waits any more: nothing may be left, neither a process nor a file. */
function abandon(): void {
  stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  process.exit(1);
}

function isThere(pid: number): boolean {
  if (!WINDOWS) return process.ppid === pid;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
