import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadTarget } from '../../../lib/judge';
import { GUARD_PAIRS, type GuardPair } from './guard-pairs';
import { FOLDER, HIDDEN, labelledAreas } from './labels';
import type { Measured } from './measure';
import { type Precision, precisionOf } from './precision';

const PACKAGE = path.join('node_modules', '@cdklabs', 'cdk-validator-cfnguard');
const BINARY = path.join(PACKAGE, 'bin', 'ubuntu', 'x86_64', 'cfn-guard');
const RULES = path.join(PACKAGE, 'rules', 'control-tower', 'cfn-guard');

/** What one pair has to say, by both sides. */
export interface PairFigures {
  /** The rule of cfn-guard. */
  readonly rule: string;
  readonly ours: Precision;
  readonly theirs: Precision;
}

/** Whether the binary of cfn-guard runs here: the package has one for Linux on x86-64 that we use. */
export function hasGuard(): boolean {
  return process.platform === 'linux' && process.arch === 'x64' && existsSync(BINARY);
}

/** Both sides on the resources that both look at, in the areas whose labels are complete for it. */
export function comparedWithGuard(measured: readonly Measured[]): readonly PairFigures[] {
  const said = guardFindings(measured);
  const areas = new Map(labelledAreas().map(({ area, rules }) => [area, rules]));
  return GUARD_PAIRS.map((pair) => {
    const asked = measured.filter(({ area }) => pair.ours.every((id) => areas.get(area)?.includes(id)));
    const cases = asked.map((each) => caseOf(pair, each, said));
    return {
      rule: pair.theirs,
      ours: precisionOf(cases.map(({ expected, ours }) => ({ expected, found: ours }))),
      theirs: precisionOf(cases.map(({ expected, theirs }) => ({ expected, found: theirs }))),
    };
  });
}

/** Resources with the fault: by the label, by us, by cfn-guard. Those of which nobody can tell are left out. */
function caseOf({ theirs, ours, on }: GuardPair, each: Measured, said: ReadonlySet<string>) {
  const of = (faults: Iterable<string>, suffix: string) =>
    each.resources
      .filter(
        ({ id, type }) => on.includes(type) && ours.some((rule) => has(faults, `${rule} ${id}${suffix}`)),
      )
      .map(({ id }) => id);
  const hidden = new Set(of(each.expected, HIDDEN));
  const told = (ids: readonly string[]) => new Set(ids.filter((id) => !hidden.has(id)));
  const byGuard = each.resources
    .filter(({ id, type }) => on.includes(type) && said.has(`${each.area}/${each.template} ${theirs} ${id}`))
    .map(({ id }) => id);
  return {
    expected: told(of(each.expected, '')),
    ours: told(of(each.found, '')),
    theirs: told(byGuard),
  };
}

function has(faults: Iterable<string>, fault: string): boolean {
  return [...faults].includes(fault);
}

/**
 * `area/template rule logicalId` for each resource that a rule of cfn-guard refuses.
 *
 * It is given JSON without short forms, as the CDK writes templates: of a short `!GetAtt` it makes a text that its rules
 * do not know.
 */
function guardFindings(measured: readonly Measured[]): ReadonlySet<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'labelled-'));
  try {
    return refusedIn(measured.map((each) => written(each, folder)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function written({ area, template }: Measured, folder: string): string {
  const [source] = loadTarget(path.join(FOLDER, area, template));
  const file = path.join(folder, area, `${template}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(source?.json));
  return file;
}

function refusedIn(files: readonly string[]): ReadonlySet<string> {
  const rules = GUARD_PAIRS.flatMap(({ theirs }) => ['-r', ruleFile(theirs)]);
  const data = files.flatMap((file) => ['-d', file]);
  const reports = JSON.parse(validated([...rules, ...data])) as readonly GuardReport[];
  const found = new Set<string>();
  for (const { name, not_compliant: refused } of reports) {
    const template = name
      .split('/')
      .slice(-2)
      .join('/')
      .replace(/\.json$/, '');
    for (const each of refused) {
      const rule = each.Rule.name;
      for (const [, id] of JSON.stringify(each).matchAll(/\/Resources\/([A-Za-z0-9]+)/g)) {
        found.add(`${template} ${rule} ${id}`);
      }
    }
  }
  return found;
}

interface GuardReport {
  readonly name: string;
  readonly not_compliant: readonly { readonly Rule: { readonly name: string } }[];
}

/** It leaves with 19 where a template is refused. */
function validated(args: readonly string[]): string {
  const options = { encoding: 'utf8', maxBuffer: 1 << 28 } as const;
  try {
    return execFileSync(BINARY, ['validate', ...args, '-S', 'none', '-o', 'json', '--structured'], options);
  } catch (error) {
    const { status, stdout } = error as { readonly status?: number; readonly stdout?: string };
    if (status === 19 && stdout !== undefined) return stdout;
    throw error;
  }
}

let ruleFiles: ReadonlyMap<string, string> | undefined;

/** The file of a rule, which is named after the control and not after the rule. */
function ruleFile(rule: string): string {
  ruleFiles ??= new Map(
    readdirSync(RULES, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.guard'))
      .map((name) => path.join(RULES, name))
      .map((file) => [/^rule (\w+)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '', file]),
  );
  const file = ruleFiles.get(rule);
  if (file === undefined) throw new RangeError(`cfn-guard has no rule ${rule}`);
  return file;
}
