import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileOf } from '../../../lib/cli/app/files';
import { isAlive, until } from './processes';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'supervise-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function supervise(command: string): ChildProcess {
  const steps = [{ command, env: {} }];
  writeFileSync(path.join(folder, 'request.json'), JSON.stringify({ steps, cwd: folder, timeLimit: 20 }));
  // A command line that can be killed stands between this process and the supervisor.
  const commandLine = `require('node:child_process').spawnSync(process.execPath, [${JSON.stringify(fileOf('supervise'))}, ${JSON.stringify(folder)}])`;
  return spawn(process.execPath, ['-e', commandLine], { stdio: 'ignore' });
}

test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'when the command line is ended by %s, the app ends and its folder is gone',
  async (signal) => {
    const pidFile = path.join(tmpdir(), `${path.basename(folder)}.pid`);
    const commandLine = supervise(`echo $$ > ${pidFile}; sleep 20`);
    await until(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '');
    const pid = Number(readFileSync(pidFile, 'utf8'));
    rmSync(pidFile);
    expect(isAlive(pid)).toBe(true);
    commandLine.kill(signal);
    await until(() => !isAlive(pid) && !existsSync(folder));
    expect([isAlive(pid), existsSync(folder)]).toEqual([false, false]);
  },
);

test('a service that an app leaves behind keeps nobody waiting', async () => {
  const started = performance.now();
  const commandLine = supervise('echo said; sleep 15 &');
  await new Promise((resolve) => commandLine.on('exit', resolve));
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(JSON.parse(readFileSync(path.join(folder, 'result.json'), 'utf8'))).toEqual({
    step: 0,
    code: 0,
    isTimedOut: false,
    said: 'said\n',
    isCut: false,
  });
});

test('of what an app says the last 64 KB are kept, in whole lines', async () => {
  const commandLine = supervise(`node -e "for (let i = 0; i < 100000; i++) console.log('line ' + i)"`);
  await new Promise((resolve) => commandLine.on('exit', resolve));
  const { said, isCut } = JSON.parse(readFileSync(path.join(folder, 'result.json'), 'utf8'));
  expect([isCut, said.length > 60_000, said.length <= 65_536]).toEqual([true, true, true]);
  expect(said).toMatch(/^line \d+\n/);
  expect(said.endsWith('line 99999\n')).toBe(true);
});
