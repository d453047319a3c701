// benchmark
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { type Figure, median, print } from './figures';

/**
 * What our packs add to a warm synthesis of the shipped baseline, CloudFormation's own validation on.
 *
 * Every variant is the same compiled app: only the packs that it registers, and who runs it, differ.
 */
const RUNS = 7;

const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: object };
const CONTEXT = JSON.stringify({ ...context, 'aws:cdk:enable-path-metadata': true });

interface Variant {
  readonly name: string;
  readonly packs: string;
  readonly through: 'cdk' | 'start' | 'process';
}

const VARIANTS: readonly Variant[] = [
  { name: 'cdk synth, no pack', packs: 'none', through: 'cdk' },
  { name: 'cdk synth, TransmissionChecks', packs: 'transmission', through: 'cdk' },
  { name: 'cdk synth, TransmissionChecks and AwsSolutions', packs: 'all', through: 'cdk' },
  { name: 'npm start (build check, synthesis, all packs, posture)', packs: 'all', through: 'start' },
  { name: 'in-process, no pack', packs: 'none', through: 'process' },
  { name: 'in-process, TransmissionChecks', packs: 'transmission', through: 'process' },
  { name: 'in-process, TransmissionChecks and AwsSolutions', packs: 'all', through: 'process' },
];

const cache = join('node_modules', '.cache', 'cdk-secure-transmission');
mkdirSync(cache, { recursive: true });
const program = join(cache, `bench-baseline-${process.pid}.cjs`);
buildSync({
  entryPoints: ['bench/apps/baseline.ts'],
  outfile: program,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  sourcemap: 'linked',
});

const times = new Map<string, number[]>(VARIANTS.map(({ name }) => [name, []]));
const folder = mkdtempSync(join(tmpdir(), 'bench-synthesis-'));
try {
  // Interleaved, so that a busy minute of this machine falls on all; the first round warms up.
  for (let run = 0; run <= RUNS; run++) {
    for (const variant of VARIANTS) {
      const elapsed = once(variant);
      if (run > 0) times.get(variant.name)?.push(elapsed);
    }
  }
} finally {
  for (const left of [folder, program, `${program}.map`]) rmSync(left, { recursive: true, force: true });
}

const middle = (name: string) => median(times.get(name) ?? []);
const figures: Figure[] = [];
for (const [rival, names] of [
  ['cdk synth, no pack', VARIANTS.filter((v) => v.through !== 'process')],
  ['in-process, no pack', VARIANTS.filter((v) => v.through === 'process')],
] as const) {
  for (const { name } of names) {
    const value = middle(name);
    figures.push(
      name === rival
        ? { name, value, unit: 'ms' }
        : { name, value, unit: 'ms', rival, ratio: value / middle(rival) },
    );
  }
}
print(figures, process.argv.includes('--json'));

function once({ packs, through }: Variant): number {
  // The environment of the benchmark itself has validation off.
  const { CDK_VALIDATION: _, ...env } = process.env;
  const app = [process.execPath, '--enable-source-maps', '--stack-trace-limit=60', program, packs];
  const commands = {
    cdk: [
      process.execPath,
      'node_modules/aws-cdk/bin/cdk',
      'synth',
      '--quiet',
      '--output',
      join(folder, 'cdk'),
      '--app',
      app.join(' '),
    ],
    start: [process.execPath, 'tools/start.mjs'],
    process: app,
  };
  const [command = '', ...args] = commands[through];
  const started = performance.now();
  const { status, stderr } = spawnSync(command, args, {
    env: {
      ...env,
      CDK_CONTEXT_JSON: CONTEXT,
      ...(through === 'process' ? { CDK_OUTDIR: join(folder, 'out') } : {}),
    },
    encoding: 'utf8',
  });
  const elapsed = performance.now() - started;
  if (status !== 0) throw new Error(`the benchmark's synthesis failed: ${stderr}`);
  return elapsed;
}
