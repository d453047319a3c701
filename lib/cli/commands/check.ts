import { FORMATS } from '../../report/format-names';
import type { Arguments } from '../arguments';
import type { Command } from '../command';
import type { Io } from '../io';
import {
  BASELINE,
  COLOR,
  CONFIG,
  CONTEXT,
  FAIL_ON,
  formatOption,
  KNOWN,
  NOW,
  OUTPUT,
  PACK,
  PARAMETERS,
  PROFILE,
  TIME_LIMIT,
  WAIVERS,
} from '../options';
import { outputsOf } from '../outputs';

/** Judges templates. */
export const check: Command = {
  name: 'check',
  summary: 'judge a CDK app, what a synthesis wrote, or any CloudFormation template',
  operands: '[target...]',
  arity: { least: 0, most: Number.MAX_SAFE_INTEGER },
  options: [
    PACK,
    PROFILE,
    formatOption(FORMATS),
    OUTPUT,
    FAIL_ON,
    PARAMETERS,
    CONTEXT,
    TIME_LIMIT,
    BASELINE,
    CONFIG,
    WAIVERS,
    KNOWN,
    { name: 'update-known', about: 'write what is found now to the file of --known, as accepted' },
    { name: 'owner', value: 'NAME', about: 'who answers for what --update-known adds' },
    NOW,
    {
      name: 'category',
      value: 'NAME',
      about: 'as sarif, what sets apart checks of the same target, such as the stage',
    },
    {
      name: 'quiet',
      short: 'q',
      about: 'as text, only the findings that fail the check; as sarif, only those that count',
    },
    ...COLOR,
  ],
  examples: [
    'check',
    'check cdk.out',
    'check "templates/**/*.yaml"',
    'check cdk.out --format text --format sarif --output report.sarif',
    'check cdk.out --format github --format summary --output summary.md',
    'check network.yaml --parameters Stage=production --fail-on warning',
    'check network.yaml --waivers waivers.yaml',
    'check cdk.out --known known.json --update-known --owner web-team',
    'check cdk.out --profile both --config settings.json',
  ],
  judges: true,
  run(args: Arguments, io: Io): number {
    const outputs = outputsOf(args, FORMATS);
    const { runCheck } = require('../run-check') as typeof import('../run-check');
    return runCheck(args, io, outputs);
  },
};
