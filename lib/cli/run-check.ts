import type { Level } from '../judge/packs/pack';
import { judgeTogether } from '../judge/packs/together';
import {
  type CheckReport,
  COLOURED,
  checkReport,
  PLAIN,
  renderReport,
  reportOn,
  withoutRepairs,
} from '../report';
import type { Format } from '../report/format-names';
import type { Arguments } from './arguments';
import { checkoutOf } from './checkout';
import { nowOf } from './clock';
import { configurationOf } from './configuration';
import { configuredArguments } from './configured-arguments';
import type { Io } from './io';
import { withKnown } from './known';
import { wantsColor } from './options';
import type { Output } from './outputs';
import { packsOf } from './packs';
import { linesBelow } from './source-lines';
import { loadTargets } from './targets';
import { waiversOf } from './waivers';
import { writeOutputs } from './write-outputs';

/** Judges every target and prints or writes the report in every form that was asked for. */
export function runCheck(given: Arguments, io: Io, outputs: readonly Output<Format>[]): number {
  const args = configuredArguments(given, io);
  const failOn = (args.one('fail-on') ?? 'error') as Level;
  const { file, tlsPolicies, settings } = configurationOf(args, io);
  const packs = packsOf(args, settings);
  const now = nowOf(args, io);
  const loaded = loadTargets(args, io);
  const apps = loaded.map(({ app }) => app);
  const waivers = waiversOf(apps, args, io);
  // Whoever reads text does without repairs, and need not wait for them, whatever else is written.
  const options = { repairs: outputs.some(({ format }) => format !== 'text') };
  const judged = loaded.map(({ name, app, lines }, i) => ({
    ...reportOn(
      name,
      judgeTogether(app, packs, { tlsPolicies, now, waivers: waivers[i] ?? [] }),
      io.cwd,
      options,
    ),
    ...(lines === undefined ? {} : { lines }),
  }));
  const { targets, known, refusal } = withKnown(judged, args, io, now);
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
  const colored = wantsColor(args, file === undefined ? io : { ...io, isTty: false });
  const category = args.one('category');
  const { root, below } = checkoutOf(io.cwd);
  return renderReport(format === 'text' ? withoutRepairs(report) : report, format, {
    quiet: args.has('quiet'),
    style: colored ? COLOURED : PLAIN,
    below,
    linesOf: linesBelow(root),
    ...(category === undefined ? {} : { category }),
  });
}
