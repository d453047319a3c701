import type { Arguments } from '../arguments';
import type { Command } from '../command';
import type { Io } from '../io';
import { COLOR, formatOption, OUTPUT } from '../options';

const FORMATS = ['text', 'json'] as const;

/** Tells whether a copy of an audit trail is as CloudTrail wrote it. */
export const trail: Command = {
  name: 'trail',
  summary: 'tell whether a copy of an audit trail is whole and unchanged, without asking AWS',
  operands: 'verify <folder>',
  arity: { least: 2, most: 2 },
  options: [
    {
      name: 'public-keys',
      value: 'FILE',
      repeatable: true,
      about: 'what aws cloudtrail list-public-keys printed for a region and the time of the record',
    },
    {
      name: 'signature',
      value: 'HEX',
      repeatable: true,
      about: 'the signature of a newest digest, which stands with its object in Amazon S3 alone',
    },
    {
      name: 'since',
      value: 'DATE',
      about: 'where the copy begins: what was written before is not missed',
    },
    formatOption(FORMATS),
    OUTPUT,
    ...COLOR,
  ],
  examples: [
    'trail verify copy --public-keys keys.json',
    'trail verify copy --public-keys keys.json --since 2026-10-01 --format json --output trail.json',
  ],
  exitCodes: [
    [0, 'every file is as CloudTrail wrote it, and none is missing'],
    [1, 'a file is changed, missing or unproven'],
    [2, 'wrong use, or a folder or keys that cannot be read'],
  ],
  run(args: Arguments, io: Io): Promise<number> {
    const { runTrail } = require('../run-trail') as typeof import('../run-trail');
    return runTrail(args, io);
  },
};
