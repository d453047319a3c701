import { fixedTime } from '../core/clock';
import { TransmissionError } from '../core/errors';
import { parseDayOrInstant } from '../core/instant';
import type { Arguments } from './arguments';
import type { Io } from './io';

/** When the command runs: `--now`, else `SOURCE_DATE_EPOCH`, else the clock of the machine. */
export function nowOf(args: Arguments, io: Io): Date {
  return givenNow(args) ?? fixedTime(io.env) ?? new Date();
}

/** The time that `--now` gives. */
export function givenNow(args: Arguments): Date | undefined {
  const given = args.one('now');
  if (given === undefined) return undefined;
  const now = parseDayOrInstant(given);
  if (now !== undefined) return now;
  const message = `is ${JSON.stringify(given)}, it must be a day or a date and time of RFC 3339, write such as 2026-12-31`;
  throw new TransmissionError('InvalidArgument', message, '--now');
}
