import { fixedTime } from '../../core/clock';

/** How long the certificates live that AWS Certificate Manager issues from a day on. */
export interface CertificateLifetime {
  /** The first day, as an ISO date. */
  readonly since: string;
  /** The longest life of a public certificate issued from that day on, in days. */
  readonly days: number;
  /**
   * Renewal is overdue when no more than this many days remain.
   *
   * ACM renews a certificate of 198 days when 45 remain, 23 % of its life. The alarm stands at 15 %: a renewal
   * that works never sets it off, and one that does not leaves time to act.
   */
  readonly alarmDays: number;
}

/**
 * The lifetimes of public certificates, oldest first, as ballot SC-081v3 of the CA/Browser Forum shortens them.
 *
 * Read on 2026-11-22. ACM keeps 198 days of the 200 allowed today, and has announced less than 100 and less than
 * 47 for the later dates.
 *
 * @see https://cabforum.org/2025/04/11/ballot-sc081v3-introduce-schedule-of-reducing-validity-and-data-reuse-periods/
 */
export const CERTIFICATE_LIFETIMES: readonly CertificateLifetime[] = [
  { since: '2026-02-18', days: 198, alarmDays: 30 },
  { since: '2027-03-15', days: 100, alarmDays: 15 },
  { since: '2029-03-15', days: 47, alarmDays: 7 },
];

/** The shortest lifetime in force on a day. */
export function certificateLifetimeOn(now: Date): CertificateLifetime {
  const day = now.toISOString().slice(0, 10);
  const [first, ...later] = CERTIFICATE_LIFETIMES as readonly [CertificateLifetime, ...CertificateLifetime[]];
  return later.reduce((found, next) => (next.since <= day ? next : found), first);
}

/**
 * The moment of the synthesis: `SOURCE_DATE_EPOCH` where it is set, else the clock.
 *
 * @throws TransmissionError where what it says is no time
 * @see https://reproducible-builds.org/docs/source-date-epoch/
 */
export function synthesisTime(): Date {
  return fixedTime(process.env) ?? new Date();
}
