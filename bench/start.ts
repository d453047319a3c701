// benchmark
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, median, print } from './figures';

/** `npm start` as a user has it: once in a fresh clone, then again and again. */
const RUNS = 5;
const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
const figures: Figure[] = [];
try {
  const clone = join(folder, 'clone');
  spawnSync('git', ['clone', '--quiet', process.cwd(), clone]);
  const cold = timings(clone);
  for (const [step, value] of cold) figures.push({ name: `npm start, cold, ${step}`, value, unit: 'ms' });
  const warm = Array.from({ length: RUNS }, () => timings(clone).get('all') ?? Number.NaN);
  const off = Array.from(
    { length: RUNS },
    () => timings(clone, { CDK_VALIDATION: 'false' }).get('all') ?? Number.NaN,
  );
  figures.push({ name: 'npm start, warm, all', value: median(warm), unit: 'ms' });
  const rival = 'npm start, warm, all';
  const value = median(off);
  figures.push({
    name: 'npm start, warm, validation off',
    value,
    unit: 'ms',
    rival,
    ratio: value / median(warm),
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
print(figures, process.argv.includes('--json'));

function timings(cwd: string, more: Readonly<Record<string, string>> = {}): Map<string, number> {
  const { CDK_VALIDATION: _, ...env } = process.env;
  const { status, stderr } = spawnSync(process.execPath, ['tools/start.mjs', '--timings'], {
    cwd,
    env: { ...env, ...more },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm start failed: ${stderr}`);
  const lines = [...stderr.matchAll(/^(\w+)\s+([\d.]+) s$/gm)];
  return new Map(lines.map(([, step = '', value]) => [step, Number(value) * 1000]));
}
