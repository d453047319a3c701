import { TransmissionError } from './errors';
import { parseEpoch } from './instant';

/** The environment variable that fixes the time: https://reproducible-builds.org/specs/source-date-epoch/ */
const NAME = 'SOURCE_DATE_EPOCH';

/**
 * The time that the environment fixes, so that the same input gives the same bytes; `undefined` where it fixes none.
 *
 * @throws TransmissionError where what it says is no time
 */
export function fixedTime(env: Readonly<Record<string, string | undefined>>): Date | undefined {
  const given = env[NAME];
  if (given === undefined || given === '') return undefined;
  const time = parseEpoch(given);
  if (time !== undefined) return time;
  const got = JSON.stringify(given.slice(0, 40));
  throw new TransmissionError('InvalidArgument', `must be seconds since 1970, got ${got}, correct it`, NAME);
}
