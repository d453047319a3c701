import { TransmissionError } from '../core/errors';
import type { RunOptions } from './app';
import type { Arguments } from './arguments';
import type { Io } from './io';
import { namedValues } from './template-parameters';

/** How long an app may run, in seconds, where nobody says: jobs that hang cost more than apps that take long. */
export const DEFAULT_TIME_LIMIT = 600;

/** A day: what needs longer hangs. */
export const LONGEST_TIME_LIMIT = 86_400;

/** How CDK apps are run, as the command line says. */
export function runOptionsOf(args: Arguments, io: Io): RunOptions {
  const isQuiet = args.has('quiet');
  return {
    env: io.env,
    timeLimit: timeLimitOf(args),
    context: namedValues(args, 'context', 'NAME=VALUE'),
    ...(isQuiet ? {} : { say: (text: string) => io.err(text) }),
  };
}

function timeLimitOf(args: Arguments): number {
  const given = args.one('time-limit');
  if (given === undefined) return DEFAULT_TIME_LIMIT;
  const seconds = /^\d{1,5}$/.test(given) ? Number(given) : 0;
  if (seconds >= 1 && seconds <= LONGEST_TIME_LIMIT) return seconds;
  const allowed = `it must be a number of seconds from 1 to ${LONGEST_TIME_LIMIT}, such as ${DEFAULT_TIME_LIMIT}`;
  throw new TransmissionError('InvalidArgument', `is ${JSON.stringify(given)}, ${allowed}`, '--time-limit');
}
