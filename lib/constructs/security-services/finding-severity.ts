/**
 * How grave a finding is, as Security Hub says it; other services have their own words and numbers for it.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html
 */
export enum FindingSeverity {
  /** It needs no action by itself. */
  LOW = 'LOW',
  /** It must be dealt with, not urgently. */
  MEDIUM = 'MEDIUM',
  /** It must be dealt with first. */
  HIGH = 'HIGH',
  /** It must be dealt with now, before it gets worse. Macie has no such grade: `HIGH` is its highest. */
  CRITICAL = 'CRITICAL',
}

/** From the lightest to the gravest. */
const GRADES = [FindingSeverity.LOW, FindingSeverity.MEDIUM, FindingSeverity.HIGH, FindingSeverity.CRITICAL];

/**
 * Where the grades of GuardDuty begin.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
 */
const GUARD_DUTY: Readonly<Record<FindingSeverity, number>> = { LOW: 1, MEDIUM: 4, HIGH: 7, CRITICAL: 9 };

/** The number from which GuardDuty's findings are at least so grave. */
export function guardDutyFrom(least: FindingSeverity): number {
  return GUARD_DUTY[least];
}

/** The words of Macie for findings that are at least so grave: `High`, `Medium`, `Low`. */
export function macieFrom(least: FindingSeverity): string[] {
  const highest = least === FindingSeverity.CRITICAL ? FindingSeverity.HIGH : least;
  return gradesFrom(highest)
    .filter((grade) => grade !== FindingSeverity.CRITICAL)
    .map((grade) => grade.charAt(0) + grade.slice(1).toLowerCase());
}

/** The labels of Security Hub for findings that are at least so grave. */
export function gradesFrom(least: FindingSeverity): FindingSeverity[] {
  return GRADES.slice(GRADES.indexOf(least));
}
