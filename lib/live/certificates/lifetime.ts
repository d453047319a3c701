import type { AuditedCertificate } from './certificate';

const DAY = 86_400_000;

/**
 * A life that is longer counts as one of so many days.
 *
 * The thresholds are shares of a life, because public certificates live 198 days today, 100 from March 2027 and 47 from
 * March 2029 (CA/Browser Forum, ballot SC-081v3): 30 days before the end is late for the first and two thirds of the
 * last. A third of the ten years of an imported one is no date that anybody plans by, and ACM begins to renew those of
 * 395 days that it still keeps when 60 remain: of 270 days, the last third is 90 and the last sixth 45.
 */
export const LONGEST_COUNTED_DAYS = 270;

/** From here on, somebody who renews by hand should have begun. */
export const RENEWAL_DUE = 1 / 3;

/** From here on, a renewal is late, whoever does it: ACM begins when 45 of 198 days remain, which is more. */
export const RENEWAL_OVERDUE = 1 / 6;

/**
 * The share of its life that remains to a certificate: 1 when it begins, 0 when it is over.
 *
 * @returns undefined where it has no life yet, or nobody could read it
 */
export function remainingLifetimeRatio(
  { notBefore, notAfter }: AuditedCertificate,
  now: Date,
): number | undefined {
  if (notBefore === undefined || notAfter === undefined) return undefined;
  const end = Date.parse(notAfter);
  const life = Math.min(end - Date.parse(notBefore), LONGEST_COUNTED_DAYS * DAY);
  const left = end - now.getTime();
  return left <= 0 || life <= 0 ? 0 : Math.min(1, left / life);
}

/** Whole days that remain, negative after the end. */
export function remainingDays({ notAfter }: AuditedCertificate, now: Date): number | undefined {
  return notAfter === undefined ? undefined : Math.floor((Date.parse(notAfter) - now.getTime()) / DAY);
}

/** Whether ACM does it without anybody: it issued the certificate, which is in use, and asks no person. */
export function renewsByItself({
  type,
  renewalEligibility,
  validation,
  renewal,
}: AuditedCertificate): boolean {
  return (
    (type === 'AMAZON_ISSUED' || type === 'PRIVATE') &&
    renewalEligibility === 'ELIGIBLE' &&
    validation !== 'EMAIL' &&
    renewal?.status !== 'FAILED'
  );
}

/** Whether somebody would notice its end: something of AWS uses it, or its key was taken elsewhere. */
export function isRelied({ inUse, exported }: AuditedCertificate): boolean {
  return inUse || exported;
}

/** Whether it was issued and has not been taken back; its end is told by its dates. */
export function wasIssued({ status }: AuditedCertificate): boolean {
  return status === 'ISSUED' || status === 'EXPIRED';
}
