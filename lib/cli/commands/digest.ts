import { TransmissionError } from '../../core/errors';
import type { Arguments } from '../arguments';
import type { Command } from '../command';
import type { Io } from '../io';

/** Tells by what an assembly can be known again: that what is deployed is what was judged. */
export const digest: Command = {
  name: 'digest',
  summary: 'print by what an assembly is known again, so that what was judged is what is deployed',
  operands: '<assembly>',
  arity: { least: 1, most: 1 },
  options: [
    {
      name: 'expect',
      value: 'DIGEST',
      about: 'the digest that it must have, as this command printed it',
    },
  ],
  examples: ['digest cdk.out', 'digest cdk.out --expect sha256:…'],
  exitCodes: [
    [0, 'the digest is printed, and is the one of --expect'],
    [1, 'it is another one: deploy nothing'],
    [2, 'wrong use, or no assembly'],
  ],
  run(args: Arguments, io: Io): number {
    const { runDigest } = require('../run-digest') as typeof import('../run-digest');
    const expected = args.one('expect');
    if (expected !== undefined && !/^sha256:[0-9a-f]{64}$/.test(expected)) {
      const message = `is ${JSON.stringify(expected)}, it must be sha256: and 64 hexadecimal digits, copy what digest printed`;
      throw new TransmissionError('InvalidArgument', message, '--expect');
    }
    return runDigest(args.operands[0] ?? '', expected, io);
  },
};
