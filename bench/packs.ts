// benchmark
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IPolicyValidationPlugin, Validations } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NIST80053R4Checks,
  NIST80053R5Checks,
  PCIDSS321Checks,
} from 'cdk-nag';
import { TransmissionChecks } from '../lib/checks';
import { type Figure, median, print } from './figures';
import { generatedApp } from './generated-app';

/**
 * Our pack against cdk-nag's on generated apps: all of them registered in one synthesis, each timed alone.
 *
 * The first run of a process loads and compiles, which is what a user feels at 100 resources; it is kept apart.
 */
const SIZES = [100, 500, 2000, 5000];
const RUNS = 5;

type Times = ReadonlyMap<string, number>;

const json = process.argv.includes('--json');
const figures: Figure[] = [];
const ours: { size: number; value: number }[] = [];

for (const size of SIZES) {
  const runs: Times[] = [];
  let resources = 0;
  // One run to warm up, which is not counted.
  for (let run = 0; run <= RUNS; run++) {
    const { times, judged } = once(size, run);
    resources = judged;
    if (run > 0) runs.push(times);
  }
  const middle = (name: string) => median(runs.map((times) => times.get(name) ?? Number.NaN));
  const nag = ['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321'];
  const our = middle('TransmissionChecks');
  ours.push({ size: resources, value: our });
  const all = median(
    runs.map((times) => nag.reduce((sum, name) => sum + (times.get(name) ?? Number.NaN), 0)),
  );
  const rivals: readonly (readonly [string, number])[] = [
    ['PCIDSS321Checks', middle('PCI.DSS.321')],
    ['AwsSolutionsChecks', middle('AwsSolutions')],
    ['all five packs of cdk-nag', all],
  ];
  for (const [rival, value] of rivals) {
    figures.push({ name: `${rival}, ${resources} resources`, value, unit: 'ms' });
    const name = `TransmissionChecks, ${resources} resources`;
    figures.push({ name, value: our, unit: 'ms', rival, ratio: our / value });
  }
}
for (const [smaller, larger] of ours.slice(1).map((row, i) => [ours[i], row] as const)) {
  if (smaller === undefined || larger === undefined) continue;
  // 1 is linear growth; above it each resource gets dearer.
  const ratio = larger.value / larger.size / (smaller.value / smaller.size);
  const name = `TransmissionChecks, ms per 1000 resources at ${larger.size}`;
  figures.push({
    name,
    value: (larger.value / larger.size) * 1000,
    unit: 'ms',
    rival: `at ${smaller.size}`,
    ratio,
  });
}
print(figures, json);

function once(size: number, run: number): { times: Times; judged: number } {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-packs-'));
  try {
    const app = generatedApp(size, outdir);
    const times = new Map<string, number>();
    const checks = new TransmissionChecks(app);
    const packs: IPolicyValidationPlugin[] = [
      new AwsSolutionsChecks(app),
      new HIPAASecurityChecks(app),
      new NIST80053R4Checks(app),
      new NIST80053R5Checks(app),
      new PCIDSS321Checks(app),
    ];
    // Who goes first finds cold caches: take turns.
    const order = run % 2 === 0 ? [checks, ...packs] : [...packs, checks];
    Validations.of(app).addPlugins(...order.map((pack) => timed(pack, times)));
    app.synth();
    return { times, judged: checks.judgement?.resources.total ?? 0 };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** A plugin that times another and says nothing itself, so that the report costs the same for all. */
function timed(pack: IPolicyValidationPlugin, times: Map<string, number>): IPolicyValidationPlugin {
  return {
    name: pack.name,
    validate(context) {
      const started = performance.now();
      const { violations } = pack.validate(context);
      times.set(pack.name, performance.now() - started);
      if (violations.length === 0) throw new Error(`${pack.name} found nothing in an app full of faults`);
      return { success: true, violations: [] };
    },
  };
}
