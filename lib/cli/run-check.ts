import type { Level } from '../judge/packs/pack';
import { judgeTogether } from '../judge/packs/together';
import { type CheckReport, checkReport, renderReport, reportOn, type TargetReport } from '../report';
import type { Format } from '../report/format-names';
import type { Arguments } from './arguments';
import { checkoutOf } from './checkout';
import { nowOf } from './clock';
import { configurationOf } from './configuration';
import { configuredArguments } from './configured-arguments';
import type { Io } from './io';
import { givenKnown, withKnown } from './known';
import { styleOf } from './options';
import type { Output } from './outputs';
import { packsOf } from './packs';
import { linesBelow } from './source-lines';
import { loadTargets } from './targets';
import { givenWaivers } from './waivers';
import { writeOutputs } from './write-outputs';

/** Judges every target and prints or writes the report in every form that was asked for. */
export function runCheck(given: Arguments, io: Io, outputs: readonly Output<Format>[]): number {
  const configured = configuredArguments(given, io);
  const { args } = configured;
  const failOn = (args.one('fail-on') ?? 'error') as Level;
  const { file, tlsPolicies, settings, baseline } = configurationOf(configured, io);
  const packs = packsOf(args, settings);
  const now = nowOf(args, io);
  const accepted = givenKnown(args, io, now);
  const waiversFor = givenWaivers(args, io);
  const waiting = [...loadTargets(args, io, baseline)];
  const waivers = waiversFor(waiting.map(({ app }) => app));
  // Whoever reads text does without repairs, and need not wait for them, whatever else is written.
  const options = { repairs: outputs.some(({ format }) => format !== 'text') };
  const judged: TargetReport[] = [];
  // What was judged is let go: all that an app knows of itself would otherwise wait for the last of a hundred.
  for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
    const { name, app, lines } = target;
    const judgements = judgeTogether(app, packs, { tlsPolicies, now, waivers: waivers[judged.length] ?? [] });
    const report = reportOn(name, judgements, io.cwd, options);
    judged.push(lines === undefined ? report : { ...report, lines });
  }
  const { targets, known, refusal } = withKnown(judged, accepted, now);
  const report = {
    ...checkReport(targets, failOn, known),
    ...(file === undefined ? {} : { configuration: file }),
  };
  const texts = outputs.map((output) => ({ ...output, text: render(report, output, args, io) }));
  writeOutputs(texts, io);
  if (refusal !== undefined) throw refusal;
  return report.exitCode;
}

function render(report: CheckReport, { format, file }: Output<Format>, args: Arguments, io: Io): string {
  const category = args.one('category');
  const { root, below } = checkoutOf(io.cwd);
  return renderReport(report, format, {
    quiet: args.has('quiet'),
    style: styleOf(args, io, file),
    below,
    linesOf: linesBelow(root),
    ...(category === undefined ? {} : { category }),
  });
}
