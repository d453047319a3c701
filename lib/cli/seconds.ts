import { TransmissionError } from '../core/errors';
import type { Arguments } from './arguments';

/** The whole number of seconds that an option gives; `undefined` where it is not given. */
export function secondsOf(args: Arguments, option: string, most: number): number | undefined {
  const given = args.one(option);
  if (given === undefined) return undefined;
  const seconds = /^\d{1,5}$/.test(given) ? Number(given) : 0;
  if (seconds >= 1 && seconds <= most) return seconds;
  const message = `is ${JSON.stringify(given)}, it must be whole seconds from 1 to ${most}, write such as ${Math.min(most, 60)}`;
  throw new TransmissionError('InvalidArgument', message, `--${option}`);
}
