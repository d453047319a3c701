import { daysLeft, latestDay } from './expiry';
import type { Waiver, WaiverProblem } from './waiver';

/**
 * What a waiver lacks for the findings that it covers.
 *
 * @param isStrict whether one of them is about plaintext or TLS below 1.2: then it ends within 90 days, says what
 * protects the data meanwhile, and somebody other than its owner agreed
 */
export function missingTerms(waiver: Waiver, now: Date, isStrict: boolean): readonly WaiverProblem[] {
  const since = 'since it covers plaintext or TLS below 1.2';
  const problems: WaiverProblem[] = [];
  if (isStrict && waiver.compensatingControl === undefined) {
    const want = `a sentence that says what protects the data meanwhile, ${since}`;
    problems.push({ field: 'compensatingControl', got: 'absent', want });
  }
  if (isStrict && waiver.approvedBy === undefined) {
    problems.push({ field: 'approvedBy', got: 'absent', want: `a second name, ${since}` });
  }
  const latest = latestDay(now, isStrict);
  if (daysLeft(waiver.expires, now) > daysLeft(latest, now)) {
    const most = isStrict ? `90 days ahead, ${since}` : 'a year ahead';
    problems.push({ field: 'expires', got: waiver.expires, want: `${latest} or before, at most ${most}` });
  }
  return problems;
}
