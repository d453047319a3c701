import type { Arguments } from '../arguments';
import type { Command } from '../command';
import type { Io } from '../io';
import { BASELINE, COLOR, NOW, PARAMETERS } from '../options';

const FORMATS = ['text', 'json'] as const;

/** Tells what must be true before a deployment, and what it will do. */
export const preflight: Command = {
  name: 'preflight',
  summary: 'tell what must be true before cdk deploy, and what it will do',
  operands: '<assembly>',
  arity: { least: 1, most: 1 },
  options: [
    {
      name: 'config',
      value: 'FILE',
      about: 'the configuration of the baseline that the assembly was made from',
    },
    {
      name: 'format',
      value: 'FORMAT',
      choices: FORMATS,
      about: `${FORMATS.join(', ')} (default: text)`,
    },
    PARAMETERS,
    BASELINE,
    NOW,
    ...COLOR,
  ],
  examples: [
    'preflight cdk.out --config secure-transmission.baseline.json',
    'preflight cdk.out --parameters Shop.Stage=production --format json',
  ],
  exitCodes: [
    [0, 'ready: nothing that can be told from here blocks the deployment'],
    [1, 'something blocks it'],
    [2, 'wrong use, configuration or input: nothing was looked at'],
    [3, 'something could not be judged, which is never ready'],
  ],
  run(args: Arguments, io: Io): number {
    const { runPreflight } = require('../run-preflight') as typeof import('../run-preflight');
    return runPreflight(args, io);
  },
};
