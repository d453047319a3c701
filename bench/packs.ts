// benchmark
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type IPolicyValidationPlugin, Validations } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NIST80053R4Checks,
  NIST80053R5Checks,
  PCIDSS321Checks,
} from 'cdk-nag';
import { GdprChecks, type JudgingPack, PciDss401Checks, TransmissionChecks } from '../lib/checks';
import { type Figure, median, print } from './figures';
import { generatedApp } from './generated-app';

/**
 * Our pack against cdk-nag's on generated apps: all of them registered in one synthesis, each timed alone.
 *
 * The first run of a process loads and compiles, which is what a user feels at 100 resources; it is kept apart.
 */
const SIZES = [100, 500, 2000, 5000];
const RUNS = 5;

/** The size at which the packs of regulations are measured, beside cdk-nag's in runs of their own. */
const REGULATED = 5000;

type Times = ReadonlyMap<string, number>;
type Ours = (app: App) => readonly JudgingPack[];

const TRANSMISSION: Ours = (app) => [new TransmissionChecks(app)];
const REGULATIONS: Ours = (app) => [new PciDss401Checks(app), new GdprChecks(app)];

const json = process.argv.includes('--json');
const figures: Figure[] = [];
const ours: { size: number; value: number }[] = [];

for (const size of SIZES) {
  const runs: Times[] = [];
  let resources = 0;
  // One run to warm up, which is not counted.
  for (let run = 0; run <= RUNS; run++) {
    const { times, judged } = once(size, run, TRANSMISSION);
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
figures.push(...regulated());
print(figures, json);

/** Both packs of regulations together, as they are registered together. */
function regulated(): Figure[] {
  const runs: { ours: number; nag: number; bare: number; judged: number }[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const { times, judged, bare } = once(REGULATED, run, REGULATIONS);
    const ours = ['PciDss401Checks', 'GdprChecks'];
    const sum = (mine: boolean) =>
      [...times].reduce((all, [name, time]) => (ours.includes(name) === mine ? all + time : all), 0);
    if (run > 0) runs.push({ ours: sum(true), nag: sum(false), bare, judged });
  }
  const resources = runs[0]?.judged ?? 0;
  const value = median(runs.map(({ ours }) => ours));
  const rival = median(runs.map(({ nag }) => nag));
  const bare = median(runs.map((run) => run.bare));
  const peak = process.resourceUsage().maxRSS / 1024;
  const name = `PciDss401Checks and GdprChecks, ${resources} resources`;
  return [
    { name, value, unit: 'ms', rival: 'all five packs of cdk-nag', ratio: value / rival },
    { name: `bare synthesis, ${resources} resources`, value: bare, unit: 'ms' },
    { name, value, unit: 'ms', rival: 'bare synthesis', ratio: value / bare },
    { name: 'peak memory of the process that ran all of this', value: peak, unit: 'MB' },
  ];
}

function once(size: number, run: number, make: Ours): { times: Times; judged: number; bare: number } {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-packs-'));
  try {
    const app = generatedApp(size, outdir);
    const times = new Map<string, number>();
    const ours = make(app);
    const packs: IPolicyValidationPlugin[] = [
      new AwsSolutionsChecks(app),
      new HIPAASecurityChecks(app),
      new NIST80053R4Checks(app),
      new NIST80053R5Checks(app),
      new PCIDSS321Checks(app),
    ];
    // Who goes first finds cold caches: take turns.
    const order = run % 2 === 0 ? [...ours, ...packs] : [...packs, ...ours];
    Validations.of(app).addPlugins(
      ...order.map((pack) => timed(pack, times, ours.indexOf(pack as JudgingPack) > 0)),
    );
    const started = performance.now();
    app.synth();
    const whole = performance.now() - started;
    // What is left when no pack runs: the templates are made and written.
    const bare = [...times.values()].reduce((rest, time) => rest - time, whole);
    return { times, judged: ours[0]?.judgement?.resources.total ?? 0, bare };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** A plugin that times another and says nothing itself, so that the report costs the same for all. */
function timed(
  pack: IPolicyValidationPlugin,
  times: Map<string, number>,
  mayBeSilent: boolean,
): IPolicyValidationPlugin {
  return {
    name: pack.name,
    validate(context) {
      const started = performance.now();
      const { violations } = pack.validate(context);
      times.set(pack.name, performance.now() - started);
      // Of several packs of ours, one tells what both find.
      if (violations.length === 0 && !mayBeSilent) {
        throw new Error(`${pack.name} found nothing in an app full of faults`);
      }
      return { success: true, violations: [] };
    },
  };
}
