import { instantText, parseDayOrInstant } from '../core/instant';
import { fieldRule, type SecurityTxtValues } from '../core/security-txt';
import type { Arguments } from './arguments';

/** Time until somebody looks at the contacts again: half a year, of the year that RFC 9116, 2.5.5 allows. */
const DEFAULT_DAYS = 180;
const DAY = 86_400_000;

const FIELDS: Readonly<Record<string, string>> = {
  contact: 'Contact',
  policy: 'Policy',
  encryption: 'Encryption',
  canonical: 'Canonical',
  'preferred-languages': 'Preferred-Languages',
};

/** What options say about `security.txt`. */
export interface SecurityTxtOptions {
  /** What was given, by the field's name. */
  readonly values: SecurityTxtValues;
  /** One line for each mistake, `--contact: …`. */
  readonly problems: readonly string[];
}

/** Reads the options for fields of `security.txt`; all mistakes are told at once. */
export function securityTxtOptions(args: Arguments, now: Date): SecurityTxtOptions {
  const values: Record<string, readonly string[]> = {};
  const problems: string[] = [];
  for (const [option, name] of Object.entries(FIELDS)) {
    if (!args.has(option)) continue;
    values[name] = args.all(option).map((value) => value.trim());
    for (const value of values[name]) {
      const problem = fieldRule(name)?.problem(value);
      if (problem !== undefined) problems.push(`--${option}: ${problem}`);
    }
  }
  const given = args.one('expires');
  const expires = given === undefined ? undefined : parseDayOrInstant(given);
  if (given !== undefined && expires === undefined) {
    problems.push(
      `--expires: must be a day or a date and time, got ${JSON.stringify(given)}, write such as 2027-06-30`,
    );
  } else if (expires !== undefined && expires <= now) {
    problems.push(`--expires: must be in the future, got ${given}, give a day within a year`);
  }
  if (expires !== undefined) values.Expires = [instantText(expires)];
  return { values, problems };
}

/** When a new file expires, where nobody says: at the beginning of a day, so that a day's runs give the same bytes. */
export function defaultExpiry(now: Date): string {
  const day = Math.floor(now.getTime() / DAY) + DEFAULT_DAYS;
  return instantText(new Date(day * DAY));
}
