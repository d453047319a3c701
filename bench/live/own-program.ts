import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Figure, median } from '../figures';

/** Runs a program of `bench/live.ts` to its end, and gives what it printed. */
export function ownProgram(name: string, env: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawnOwn(name, env);
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
    });
    child.on('close', (code) => (code === 0 ? done(said) : failed(new Error(`${name} ended with ${code}`))));
  });
}

/** Starts one that serves until it is killed; its first line says where. */
export async function ownServer(
  name: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly url: string; stop(): void }> {
  const child = spawnOwn(name, env);
  const url = await new Promise<string>((done, failed) => {
    child.stdout.once('data', (text) => done(String(text).trim()));
    child.once('close', (code) => failed(new Error(`${name} ended with ${code}`)));
  });
  return { url, stop: () => child.kill() };
}

function spawnOwn(name: string, env: Readonly<Record<string, string>>) {
  return spawn(process.execPath, [process.argv[1] ?? '', name], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

const LOADS = 7;

/** How large the code of a function is, and how long Node takes to load it beside a start of its own. */
export function functionFigures(name: string): readonly Figure[] {
  const file = resolve('dist/lambda', name, 'index.js');
  const code = readFileSync(file);
  const bare = median(Array.from({ length: LOADS }, () => started('0')));
  const loaded = median(Array.from({ length: LOADS }, () => started(`require(${JSON.stringify(file)})`)));
  return [
    { name: `${name}: its code`, value: code.length / 1024, unit: 'KB' },
    { name: `${name}: its code, as Lambda stores it`, value: gzipSync(code).length / 1024, unit: 'KB' },
    {
      name: `${name}: start with its code`,
      value: loaded,
      unit: 'ms',
      rival: 'a start of Node',
      ratio: loaded / bare,
    },
  ];
}

function started(code: string): number {
  const from = performance.now();
  spawnSync(process.execPath, ['-e', code], {
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  return performance.now() - from;
}
