import { spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { ROOT } from '../house/sources';

let code = '';
beforeAll(() => {
  const { outputFiles } = buildSync({
    entryPoints: [path.join(ROOT, 'lib/cli/process-io.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'iife',
    globalName: 'io',
  });
  code = outputFiles[0]?.text ?? '';
});

/** A process that prints, and that something keeps waiting for two minutes. */
function printing(text: string, stdout: 'pipe' | number = 'pipe') {
  const script = `${code}
    setTimeout(() => {}, 120_000);
    const { out } = io.processIo();
    process.exitCode = 1;
    out(${text});
    io.exitOncePrinted();`;
  return spawnSync(process.execPath, ['-e', script], {
    stdio: ['ignore', stdout, 'pipe'],
    timeout: 60_000,
    maxBuffer: 1 << 26,
    encoding: 'utf8',
  });
}

test('a process ends with its exit code once all is printed, whatever else still waits', () => {
  const { status, stdout, signal } = printing('"a".repeat(5_000_000)');
  expect([status, signal, stdout.length]).toEqual([1, null, 5_000_000]);
});

const FULL = '/dev/full';
const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('a report that was lost is told, and no pass (where there is /dev/full)', () => {
  const { status, stderr } = printing('"a"', openSync(FULL, 'w'));
  expect([status, stderr]).toEqual([
    3,
    'error: standard output: cannot be written (ENOSPC), the report is lost\n',
  ]);
});
