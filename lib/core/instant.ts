/** RFC 3339, 5.6: `date-time`; the letters may be small. */
const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(\.\d+)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/** Seconds since 1970 that a `Date` can hold. */
const MOST_SECONDS = 8_640_000_000_000;

/** The moment that a `date-time` of RFC 3339 names; `undefined` where it is none. */
export function parseInstant(text: string): Date | undefined {
  const [, year = '', month = '', day = '', hour, minute, second = '', fraction = '', zone = ''] =
    DATE_TIME.exec(text) ?? [];
  if (zone === '' || !isDay(Number(year), Number(month), Number(day))) return undefined;
  // A leap second is no time of a `Date`: the second before it is.
  const seconds = second === '60' ? '59' : second;
  const offset = zone.toUpperCase();
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${seconds}${fraction.slice(0, 4)}${offset}`);
}

/** The same for a bare day too, which begins at midnight in UTC: what people type. */
export function parseDayOrInstant(text: string): Date | undefined {
  return parseInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
}

/** A moment as RFC 3339 writes it, to the second. */
export function instantText(instant: Date): string {
  return instant.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The moment of `SOURCE_DATE_EPOCH` (reproducible-builds.org/specs/source-date-epoch): whole seconds since 1970. */
export function parseEpoch(text: string): Date | undefined {
  const isWhole = /^\d{1,14}$/.test(text) && Number(text) <= MOST_SECONDS;
  return isWhole ? new Date(Number(text) * 1000) : undefined;
}

function isDay(year: number, month: number, day: number): boolean {
  const last = new Date(Date.UTC(2000, month, 0)).getUTCDate();
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month >= 1 && month <= 12 && day >= 1 && day <= (month === 2 && !isLeap ? 28 : last);
}
