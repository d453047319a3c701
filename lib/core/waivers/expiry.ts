import { parseDayOrInstant } from '../instant';

const DAY = 86_400_000;

/** So many days before it ends a waiver is called in: time in which somebody repairs, or decides again. */
export const NOTICE_DAYS = 30;

/** A waiver of plaintext or of TLS below 1.2 ends after a quarter: the exception must not become the rule. */
export const STRICT_DAYS = 90;

/** Whether a text is a day of the calendar, such as `2027-01-31`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parseDayOrInstant(text) !== undefined;
}

/**
 * How many days a waiver still holds: 0 on its last day, which is included, and less than 0 after it.
 *
 * Days are those of UTC, so that a check says the same in every time zone.
 *
 * @param expires a day for which `isDay` holds
 */
export function daysLeft(expires: string, now: Date): number {
  const last = parseDayOrInstant(expires);
  return last === undefined ? Number.NaN : last.getTime() / DAY - Math.floor(now.getTime() / DAY);
}

/** The latest day that a waiver may name today. */
export function latestDay(now: Date, isStrict: boolean): string {
  if (isStrict) return dayText(new Date(now.getTime() + STRICT_DAYS * DAY));
  const nextYear = new Date(now);
  nextYear.setUTCFullYear(now.getUTCFullYear() + 1);
  // From 29 February the calendar goes on to 1 March, which is a day more than a year.
  if (nextYear.getUTCDate() !== now.getUTCDate()) nextYear.setUTCDate(0);
  return dayText(nextYear);
}

function dayText(instant: Date): string {
  return instant.toISOString().slice(0, -'T00:00:00.000Z'.length);
}
