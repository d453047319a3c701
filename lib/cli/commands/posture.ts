import type { Arguments } from '../arguments';
import type { Command } from '../command';
import type { Io } from '../io';
import { BASELINE, COLOR, CONFIG, PACK, PARAMETERS, PROFILE, WAIVERS } from '../options';

/** Prints how the data of an app travels. */
export const posture: Command = {
  name: 'posture',
  summary: 'print how data travels to, through and out of an app, endpoint by endpoint',
  operands: '<target>',
  arity: { least: 1, most: 1 },
  options: [PACK, PROFILE, PARAMETERS, BASELINE, CONFIG, WAIVERS, ...COLOR],
  examples: ['posture cdk.out'],
  run(args: Arguments, io: Io): number {
    const { runPosture } = require('../run-posture') as typeof import('../run-posture');
    return runPosture(args, io);
  },
};
