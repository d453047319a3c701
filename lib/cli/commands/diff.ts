import { LEVELS } from '../../judge/packs/pack';
import { DIFF_FORMATS } from '../../report/diff/format-names';
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

/** Compares two states of an app. */
export const diff: Command = {
  name: 'diff',
  summary: 'compare two states of an app: what is new, what is weaker, and what excuses it',
  operands: '<base> <head>',
  arity: { least: 2, most: 2 },
  options: [
    {
      name: 'base-folder',
      value: 'FOLDER',
      about: 'the working folder of BASE: configuration, waivers and known findings are read there too',
    },
    {
      name: 'exemptions-from',
      value: 'SIDE',
      choices: ['head', 'base'],
      about: 'base: HEAD is judged with the exemptions of BASE only (default: head, whose new ones fail)',
    },
    PACK,
    PROFILE,
    formatOption(DIFF_FORMATS),
    OUTPUT,
    {
      ...FAIL_ON,
      about: `the lightest level of what is new that fails: ${LEVELS.join(', ')} (default: error)`,
    },
    PARAMETERS,
    CONTEXT,
    TIME_LIMIT,
    BASELINE,
    CONFIG,
    WAIVERS,
    KNOWN,
    NOW,
    { name: 'quiet', short: 'q', about: 'as text, print only what fails the comparison' },
    ...COLOR,
  ],
  examples: [
    'diff base/cdk.out cdk.out',
    'diff base/network.yaml network.yaml --format markdown --output comment.md',
    'diff base/cdk.out cdk.out --base-folder base --waivers waivers.yaml --known known.json',
    'diff base/cdk.out cdk.out --base-folder base --exemptions-from base',
  ],
  exitCodes: [
    [0, 'nothing new or weaker at or above the level of --fail-on, no new exemption'],
    [1, 'something new or weaker at or above that level, or an exemption to look at first'],
    [2, 'wrong use, configuration or input: nothing was compared'],
    [3, 'something of HEAD could not be checked, which is never a pass'],
  ],
  run(args: Arguments, io: Io): number {
    const outputs = outputsOf(args, DIFF_FORMATS);
    const { runDiff } = require('../run-diff') as typeof import('../run-diff');
    return runDiff(args, io, outputs);
  },
};
