import { resolve } from 'node:path';
import { TransmissionError } from '../core/errors';
import { byCodeUnit } from '../core/order';
import type { Level } from '../judge/packs/pack';
import { judgeTogether } from '../judge/packs/together';
import { App, type ParameterValues } from '../judge/template';
import { allWaivers, type WaiverEntry } from '../judge/waivers';
import { relativeTo } from '../report';
import { compareSides, type DiffFormat, type DiffReport, renderDiff, type Side } from '../report/diff';
import { digest } from '../report/fingerprint';
import { Arguments } from './arguments';
import { baseSide, headSide, type SideArguments } from './base-side';
import type { Baseline } from './baseline';
import { checkoutOf } from './checkout';
import { nowOf } from './clock';
import { type Configuration, configurationOf } from './configuration';
import type { Io } from './io';
import { knownFindingsIn } from './known';
import { styleOf } from './options';
import type { Output } from './outputs';
import { packsOf } from './packs';
import { loadTargets } from './targets';
import { givenWaivers } from './waivers';
import { writeOutputs } from './write-outputs';

/** Compares two states of an app, and prints or writes the report in every form that was asked for. */
export function runDiff(given: Arguments, io: Io, outputs: readonly Output<DiffFormat>[]): number {
  const head = headSide(given, io);
  const base = baseSide(given, io, head);
  const exemptionsFrom = given.one('exemptions-from') === 'base' ? 'base' : 'head';
  // Whoever reads text does without repairs, and need not wait for them.
  const repairs = outputs.some(({ format }) => format !== 'text');
  const report = compare(given, io, { base, head, exemptionsFrom, repairs });
  writeOutputs(
    outputs.map((output) => ({ ...output, text: render(report, output, given, io) })),
    io,
  );
  return report.exitCode;
}

interface Sides {
  readonly base: SideArguments;
  readonly head: SideArguments;
  readonly exemptionsFrom: 'base' | 'head';
  readonly repairs: boolean;
}

function compare(given: Arguments, io: Io, { base, head, exemptionsFrom, repairs }: Sides): DiffReport {
  const now = nowOf(given, io);
  // Both are judged alike: what differs is then of the templates, and what differs here is told apart.
  const ruling = exemptionsFrom === 'base' ? base : head;
  const configuration = configurationFor(ruling);
  const { tlsPolicies, settings } = configuration;
  const packs = packsOf(ruling.args, settings);
  // Before an app runs: that of HEAD could write the files of BASE.
  const ownOf = (side: SideArguments) =>
    sideOf(side, side === ruling ? configuration : configurationFor(side), now);
  const [ownOfBase, ownOfHead] = [ownOf(base), ownOf(head)];
  const [waiversOfBase, waiversOfHead] = [waiversGiven(base), waiversGiven(head)];
  const [baseApp, headApp] = loadBoth(given, io, ruling, configuration.baseline);
  const options = { tlsPolicies, now };
  const ofBase = waiversOfBase(baseApp.app);
  const ofHead = waiversOfHead(headApp.app);
  const own = judgeTogether(headApp.app, packs, { ...options, waivers: ofHead });
  const judgements =
    exemptionsFrom === 'head'
      ? own
      : judgeTogether(headApp.app, packs, {
          ...options,
          waivers: allWaivers(baseApp.app, ofBase),
          onlyGivenWaivers: true,
        });
  const before: Side = {
    ...ownOfBase,
    target: baseApp.name,
    app: baseApp.app,
    judgements: judgeTogether(baseApp.app, packs, { ...options, waivers: ofBase }),
  };
  const after: Side = { ...ownOfHead, target: headApp.name, app: headApp.app, judgements, own };
  const failOn = (ruling.args.one('fail-on') ?? 'error') as Level;
  return compareSides(before, after, { failOn, exemptionsFrom, now, folder: io.cwd, repairs });
}

function waiversGiven({ args, io, reading }: SideArguments): (app: App) => readonly WaiverEntry[] {
  const waiversFor = reading(() => givenWaivers(args, io));
  return (app) => reading(() => waiversFor([app]))[0] ?? [];
}

function configurationFor(side: SideArguments): Configuration {
  return side.reading(() => configurationOf(side, side.io));
}

/** What one side brings along by which less is found. */
function sideOf(
  { args, io, reading }: SideArguments,
  { settings, tlsPolicies, baseline }: Configuration,
  now: Date,
): Pick<Side, 'settings' | 'tlsPolicies' | 'known' | 'others'> {
  const file = args.one('known');
  const known =
    file === undefined
      ? {}
      : { known: reading(() => knownFindingsIn(resolve(io.cwd, file), relativeTo(io.cwd, file), now)) };
  // Its stacks give values to what cannot be told without it.
  const stands: Readonly<Record<string, string>> =
    baseline === undefined
      ? {}
      : { baseline: `${baseline.file} (${digest([JSON.stringify(baseline.document)])})` };
  return { settings, tlsPolicies, ...known, others: { ...othersOf(args), ...stands } };
}

/** What a configuration decides besides: given on the command line, it is the same for both. */
function othersOf(args: Arguments): Readonly<Record<string, string>> {
  const lists = ['pack', 'parameters', 'context'].flatMap((name) => {
    const values = [...args.all(name)].sort(byCodeUnit);
    return values.length === 0 ? [] : [[name, values.join(', ')] as const];
  });
  return Object.fromEntries([['fail-on', args.one('fail-on') ?? 'error'], ...lists]);
}

interface Loaded {
  readonly name: string;
  readonly app: App;
}

function loadBoth(
  given: Arguments,
  io: Io,
  ruling: SideArguments,
  baseline: Baseline | undefined,
): readonly [Loaded, Loaded] {
  const under = baseline && {
    ...baseline,
    file: relativeTo(io.cwd, resolve(ruling.io.cwd, baseline.file)),
  };
  const args = new Arguments(given.operands, ruling.args.options);
  const targets = loadTargets(args, io, under, 'diff');
  const [base, head] = targets;
  if (base === undefined || head === undefined || targets.length > 2) {
    const message = `names ${targets.length} apps, two can be compared, name BASE and HEAD without a pattern`;
    throw new TransmissionError('InvalidArgument', message, 'diff');
  }
  return [{ name: base.name, app: namedAs(base.app, head.app) }, head];
}

/** Two templates that are compared are one stack, whatever their files are called; what they nest is named after them. */
function namedAs(base: App, head: App): App {
  const own = (app: App) =>
    app.templates.filter(({ source }) => source.isReference !== true && source.parent === undefined);
  const [before, otherBefore] = own(base);
  const [after, otherAfter] = own(head);
  if (before === undefined || after === undefined || otherBefore !== undefined || otherAfter !== undefined) {
    return base;
  }
  if (before.name === after.name) return base;
  const from = before.name;
  const named = (name: string) =>
    name === from || name.startsWith(`${from}/`) ? `${after.name}${name.slice(from.length)}` : name;
  const sources = base.templates.map(({ source }) =>
    source.isReference === true
      ? source
      : {
          ...source,
          name: named(source.name),
          ...(source.parent && { parent: { ...source.parent, name: named(source.parent.name) } }),
        },
  );
  const values = base.templates.reduce(
    (all, { name }) => (named(name) === name ? all : renamedValues(all, name, named(name))),
    base.parameterValues,
  );
  return new App(sources, values);
}

function renamedValues(values: ParameterValues, from: string, to: string): ParameterValues {
  const entries = Object.entries(values);
  const forIt = entries.flatMap(([key, value]) =>
    key.startsWith(`${from}.`) ? [[`${to}.${key.slice(from.length + 1)}`, value] as const] : [],
  );
  return Object.fromEntries([...entries.filter(([key]) => !key.startsWith(`${to}.`)), ...forIt]);
}

function render(report: DiffReport, { format, file }: Output<DiffFormat>, args: Arguments, io: Io): string {
  const { below } = checkoutOf(io.cwd);
  return renderDiff(report, format, { quiet: args.has('quiet'), style: styleOf(args, io, file), below });
}
