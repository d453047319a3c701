import { TransmissionError } from '../../core/errors';
import { LEVELS, type Level } from '../../judge/packs/pack';
import type { Arguments } from '../arguments';
import type { Command } from '../command';
import type { Io } from '../io';
import { BASELINE, COLOR, CONFIG, NOW, PACK, PARAMETERS, PROFILE, WAIVERS } from '../options';

const FORMATS = ['text', 'json', 'sarif'] as const;

/** A form of the report. */
export type Format = (typeof FORMATS)[number];

/** A form of the report, and where it goes: a file, or standard output. */
export interface Output {
  readonly format: Format;
  readonly file?: string;
}

/** Judges templates. */
export const check: Command = {
  name: 'check',
  summary: 'judge what a synthesis wrote, or any CloudFormation template',
  operands: '<target...>',
  arity: { least: 1, most: Number.MAX_SAFE_INTEGER },
  options: [
    PACK,
    PROFILE,
    {
      name: 'format',
      value: 'FORMAT',
      choices: FORMATS,
      repeatable: true,
      about: `${FORMATS.join(', ')} (default: text)`,
    },
    {
      name: 'output',
      value: 'FILE',
      repeatable: true,
      about: 'where the format before it goes (default: standard output)',
    },
    {
      name: 'fail-on',
      value: 'LEVEL',
      choices: LEVELS,
      about: `the lightest level that fails: ${LEVELS.join(', ')} (default: error)`,
    },
    PARAMETERS,
    BASELINE,
    CONFIG,
    WAIVERS,
    NOW,
    { name: 'quiet', short: 'q', about: 'as text, print only the findings that fail the check' },
    ...COLOR,
  ],
  examples: [
    'check cdk.out',
    'check cdk.out --format text --format sarif --output report.sarif',
    'check network.yaml --parameters Stage=production --fail-on warning',
    'check network.yaml --waivers waivers.yaml',
    'check cdk.out --profile both --config settings.json',
  ],
  judges: true,
  run(args: Arguments, io: Io): number {
    const outputs = outputsOf(args);
    const failOn = (args.one('fail-on') ?? 'error') as Level;
    const { runCheck } = require('../run-check') as typeof import('../run-check');
    return runCheck(args, io, outputs, failOn);
  },
};

/** Each `--output` belongs to the `--format` before it, or to the text where none stands before. */
function outputsOf(args: Arguments): readonly Output[] {
  const outputs: Output[] = [];
  for (const { name, value } of args.options) {
    if (name === 'format') outputs.push({ format: value as Format });
    if (name !== 'output' || value === undefined) continue;
    const last = outputs.pop() ?? { format: 'text' };
    if (last.file !== undefined) {
      const message = `gives ${last.format} a second file, one is allowed, repeat --format before it`;
      throw new TransmissionError('InvalidArgument', message, '--output');
    }
    outputs.push({ format: last.format, file: value });
  }
  refuseSamePlace(outputs);
  return outputs.length === 0 ? [{ format: 'text' }] : outputs;
}

function refuseSamePlace(outputs: readonly Output[]): void {
  const taken = new Map<string | undefined, Format>();
  for (const { format, file } of outputs) {
    const before = taken.get(file);
    if (before === undefined) {
      taken.set(file, format);
      continue;
    }
    const place = file === undefined ? 'standard output' : file;
    const message = `${before} and ${format} would both go to ${place}, give one of them another --output`;
    throw new TransmissionError('InvalidArgument', message, '--format');
  }
}
