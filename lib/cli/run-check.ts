import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TransmissionError } from '../core/errors';
import type { Level } from '../judge/packs/pack';
import { judgeTogether } from '../judge/packs/together';
import {
  type CheckReport,
  COLOURED,
  checkReport,
  PLAIN,
  relativeTo,
  renderJson,
  renderSarif,
  renderText,
  reportOn,
} from '../report';
import type { Arguments } from './arguments';
import { nowOf } from './clock';
import type { Output } from './commands/check';
import { codeOf, configurationOf } from './configuration';
import type { Io } from './io';
import { wantsColor } from './options';
import { packsOf } from './packs';
import { loadTargets } from './targets';
import { waiversOf } from './waivers';

/** Judges every target and prints or writes the report in every form that was asked for. */
export function runCheck(args: Arguments, io: Io, outputs: readonly Output[], failOn: Level): number {
  const { tlsPolicies, settings } = configurationOf(args, io);
  const packs = packsOf(args, settings);
  const now = nowOf(args, io);
  const loaded = loadTargets(args, io);
  const apps = loaded.map(({ app }) => app);
  const waivers = waiversOf(apps, args, io);
  const targets = loaded.map(({ name, app }, i) =>
    reportOn(name, judgeTogether(app, packs, { tlsPolicies, now, waivers: waivers[i] ?? [] }), io.cwd),
  );
  const report = checkReport(targets, failOn);
  const texts = outputs.map((output) => ({ ...output, text: render(report, output, args, io) }));
  // Files first: when one cannot be written, nothing on standard output looks like a result.
  for (const { file, text } of texts) if (file !== undefined) write(file, text, io);
  for (const { file, text } of texts) if (file === undefined) io.out(text);
  return report.exitCode;
}

function render(report: CheckReport, { format, file }: Output, args: Arguments, io: Io): string {
  if (format === 'json') return renderJson(report);
  if (format === 'sarif') return renderSarif(report);
  const colored = wantsColor(args, file === undefined ? io : { ...io, isTty: false });
  return renderText(report, { quiet: args.has('quiet'), style: colored ? COLOURED : PLAIN });
}

function write(file: string, text: string, io: Io): void {
  try {
    writeFileSync(resolve(io.cwd, file), text);
  } catch (error) {
    const message = `cannot be written (${codeOf(error)}), give a file in a folder that exists`;
    throw new TransmissionError('InvalidArgument', message, `--output ${relativeTo(io.cwd, file)}`, error);
  }
}
