// benchmark
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { type Figure, median, print } from './figures';
import { generatedApp } from './generated-app';

/**
 * The command line as processes, each from its start to its end: its own start beside that of Node; a check of 1, 10 and
 * 100 templates of 200 resources each, no two alike, beside AWS's own checker of templates, cfn-guard; and a comparison.
 * Ours runs the rules of all its packs, cfn-guard all that AWS Control Tower has; both write all that they find as JSON.
 */
const RESOURCES = 200;
/** How many templates, and how often each program: cfn-guard needs minutes for a hundred. */
const SIZES = [
  { count: 1, runs: 5, guardRuns: 3 },
  { count: 10, runs: 3, guardRuns: 1 },
  { count: 100, runs: 3, guardRuns: 1 },
];
const STARTS = 15;
const OURS = resolve('dist/bin/secure-transmission.js');
const GUARD = resolve('node_modules/@cdklabs/cdk-validator-cfnguard');
const GUARD_PROGRAM = join(GUARD, 'bin/ubuntu/x86_64/cfn-guard');
const GUARD_RULES = join(GUARD, 'rules/control-tower/cfn-guard');
const PACKS = ['transmission', 'pci-dss-401', 'gdpr'].flatMap((name) => ['--pack', name]);

interface Run {
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** A program with what it is given, and the codes that it may end with. */
interface Call {
  readonly program: string;
  readonly args: readonly string[];
  readonly codes: readonly number[];
}

const node = (...args: readonly string[]): Call => ({ program: process.execPath, args, codes: [0, 1] });

/** Runs a program to its end; both checkers end with a code that is not 0 where they find something. */
function timed({ program, args, codes }: Call): Promise<Run> {
  return new Promise((done, failed) => {
    const started = performance.now();
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    let peak = 0;
    child.stderr.on('data', (text) => {
      said += text;
    });
    const look = () => {
      peak = Math.max(peak, peakOf(child.pid));
    };
    const watch = setInterval(look, 5);
    child.on('close', (code) => {
      clearInterval(watch);
      const milliseconds = performance.now() - started;
      if (code !== null && codes.includes(code)) done({ milliseconds, megabytes: peak });
      else failed(new Error(`${program} ended with ${code}: ${said.slice(0, 500)}`));
    });
  });
}

/** The most memory that a process has had, as Linux tells; 0 elsewhere. */
function peakOf(pid: number | undefined): number {
  try {
    const [, kilobytes = '0'] =
      /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1024;
  } catch {
    return 0;
  }
}

/** Runs programs in turns, so that what else the machine does falls on all of them. */
async function inTurns(times: number, calls: readonly Call[]): Promise<readonly Run[]> {
  const runs = calls.map((): Run[] => []);
  for (let i = 0; i < times; i++) {
    for (const [which, call] of calls.entries()) runs[which]?.push(await timed(call));
  }
  return runs.map((ofOne) => ({
    milliseconds: median(ofOne.map(({ milliseconds }) => milliseconds)),
    megabytes: Math.max(...ofOne.map(({ megabytes }) => megabytes)),
  }));
}

async function several(times: number, call: Call): Promise<Run> {
  const [run = { milliseconds: Number.NaN, megabytes: Number.NaN }] = await inTurns(times, [call]);
  return run;
}

/** Writes so many templates, each of a stack of its own, into one folder. */
function templates(count: number, folder: string): readonly string[] {
  const assembly = mkdtempSync(join(folder, 'assembly-'));
  // A stack has a few more than it was asked for, and the last one what is left.
  generatedApp((count + Math.ceil(count / 10)) * RESOURCES, assembly, RESOURCES).synth();
  const data = join(folder, `templates-${count}`);
  mkdirSync(data);
  return Array.from({ length: count }, (_, i) => {
    const name = `Stack${i}.template.json`;
    cpSync(join(assembly, name), join(data, name));
    return join(data, name);
  });
}

function startFigures([bare, ...others]: readonly Run[], names: readonly string[]): Figure[] {
  if (bare === undefined) return [];
  const rival = 'node -e 0';
  return [
    { name: rival, value: bare.milliseconds, unit: 'ms' },
    ...others.map(({ milliseconds }, i) => {
      const ratio = milliseconds / bare.milliseconds;
      return { name: `secure-transmission ${names[i]}`, value: milliseconds, unit: 'ms', rival, ratio };
    }),
  ];
}

/** One figure for time and one for memory, beside those of a rival where there is one. */
function runFigures(name: string, ours: Run, rivalName: string, theirs: Run | undefined): Figure[] {
  return (
    [
      ['milliseconds', 'ms'],
      ['megabytes', 'MB'],
    ] as const
  ).flatMap(([what, unit]) => {
    const figure = { name: `${name}, ${what}`, value: ours[what], unit };
    if (theirs === undefined) return [figure];
    const rival = `${rivalName}, ${what}`;
    return [
      { name: rival, value: theirs[what], unit },
      { ...figure, rival, ratio: ours[what] / theirs[what] },
    ];
  });
}

/** How many rules both have: those that a report of ours names, and files of theirs, each a rule of AWS Config. */
function ruleFigures(report: string): Figure[] {
  const { targets } = JSON.parse(readFileSync(report, 'utf8')) as {
    readonly targets: readonly { packs: readonly { rules: readonly { id: string }[] }[] }[];
  };
  const ids = targets.flatMap(({ packs }) => packs.flatMap(({ rules }) => rules.map(({ id }) => id)));
  const files = readdirSync(GUARD_RULES, { recursive: true }).filter((name) =>
    String(name).endsWith('.guard'),
  );
  return [
    { name: 'secure-transmission, rules', value: new Set(ids).size, unit: '' },
    { name: 'cfn-guard, rules', value: files.length, unit: '' },
  ];
}

async function checks(folder: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { count, runs, guardRuns } of SIZES) {
    const files = templates(count, folder);
    const report = join(folder, 'report.json');
    const ours = await several(
      runs,
      node(OURS, 'check', ...files, ...PACKS, '--format', 'json', '--output', report),
    );
    const data = join(folder, `templates-${count}`);
    const args = ['validate', '-r', GUARD_RULES, '-d', data, '-S', 'none', '-o', 'json', '--structured'];
    // 19: what it finds is no error of its own.
    const guard = { program: GUARD_PROGRAM, args, codes: [0, 19] };
    const theirs = hasGuard() ? await several(guardRuns, guard) : undefined;
    const size = `${count} ${count === 1 ? 'template' : 'templates'}`;
    if (figures.length === 0) figures.push(...ruleFigures(report));
    figures.push(...runFigures(`secure-transmission check, ${size}`, ours, `cfn-guard, ${size}`, theirs));
  }
  return figures;
}

function hasGuard(): boolean {
  return process.platform === 'linux' && process.arch === 'x64' && existsSync(GUARD_PROGRAM);
}

/** Two states of ten templates in YAML, of which one differs: what both hold is parsed once. */
async function comparison(folder: string): Promise<Figure[]> {
  const [base, head] = ['base', 'head'].map((name) => {
    const side = join(folder, name);
    mkdirSync(side);
    for (const file of readdirSync(join(folder, 'templates-10'))) {
      const json = JSON.parse(readFileSync(join(folder, 'templates-10', file), 'utf8'));
      if (name === 'head' && file.startsWith('Stack0.')) json.Resources.Added = { Type: 'AWS::SNS::Topic' };
      writeFileSync(
        join(side, file.replace(/json$/, 'yaml')),
        stringify(json, { aliasDuplicateObjects: false }),
      );
    }
    return side;
  });
  const check = node(OURS, 'check', `${head}`, ...PACKS);
  const diff = node(OURS, 'diff', `${base}`, `${head}`, ...PACKS);
  const [one, both] = await inTurns(5, [check, diff]);
  if (one === undefined || both === undefined) return [];
  const names = ['secure-transmission diff', 'secure-transmission check'].map(
    (name) => `${name}, 10 templates in YAML`,
  );
  return runFigures(`${names[0]}`, both, `${names[1]}`, one);
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-command-'));
  try {
    const small = join(folder, 'small.json');
    writeFileSync(small, JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }));
    const starts = ['--version', '--help', 'check, 1 resource'];
    const calls = [
      ['-e', '0'],
      [OURS, '--version'],
      [OURS, '--help'],
      [OURS, 'check', small],
    ];
    const figures = startFigures(
      await inTurns(
        STARTS,
        calls.map((args) => node(...args)),
      ),
      starts,
    );
    figures.push(...(await checks(folder)), ...(await comparison(folder)));
    print(figures, process.argv.includes('--json'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
