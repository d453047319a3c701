import * as events from 'aws-cdk-lib/aws-events';
import { type FindingSeverity, gradesFrom, guardDutyFrom, macieFrom } from './finding-severity';

/** What reports findings, and how they are told from noise. */
interface FindingSourceFacts {
  readonly name: string;
  readonly title: string;
  readonly runbook: string;
  readonly productName?: string;
  readonly pattern: (least: FindingSeverity, others: readonly FindingSource[]) => events.EventPattern;
}

/** A service whose findings somebody has to hear of. */
export class FindingSource {
  /**
   * Threats: behaviour of intruders in logs, networks, buckets and workloads.
   *
   * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
   */
  static readonly GUARD_DUTY = new FindingSource({
    name: 'GuardDuty',
    title: 'GuardDuty has found a threat',
    runbook: 'guardduty',
    productName: 'GuardDuty',
    pattern: (least) => ({
      source: ['aws.guardduty'],
      detailType: ['GuardDuty Finding'],
      detail: { severity: events.Match.greaterThanOrEqual(guardDutyFrom(least)) },
    }),
  });
  /**
   * Personal and card data in objects, and buckets that anybody can read.
   *
   * https://docs.aws.amazon.com/macie/latest/user/findings-publish-event-schemas.html
   */
  static readonly MACIE = new FindingSource({
    name: 'Macie',
    title: 'Macie has found data that should not be there, or a bucket that is open',
    runbook: 'macie',
    productName: 'Macie',
    pattern: (least) => ({
      source: ['aws.macie'],
      detailType: ['Macie Finding'],
      detail: { severity: { description: macieFrom(least) } },
    }),
  });
  /**
   * Resources that others can reach. It has no grades: who can reach it is no matter of degree.
   *
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html
   */
  static readonly ACCESS_ANALYZER = new FindingSource({
    name: 'AccessAnalyzer',
    title: 'Access Analyzer has found that others can reach a resource',
    runbook: 'access-analyzer',
    productName: 'IAM Access Analyzer',
    pattern: () => ({
      source: ['aws.access-analyzer'],
      detailType: ['Access Analyzer Finding'],
      detail: { status: ['ACTIVE'] },
    }),
  });
  /**
   * Checks of standards, and what other products report: findings of those above are left out, which come by themselves.
   *
   * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html
   */
  static readonly SECURITY_HUB = new FindingSource({
    name: 'SecurityHub',
    title: 'A check of Security Hub has failed',
    runbook: 'security-hub',
    pattern: (least, others) => ({
      source: ['aws.securityhub'],
      detailType: ['Security Hub Findings - Imported'],
      detail: {
        findings: {
          Severity: { Label: gradesFrom(least) },
          // A check that has passed is resolved, and its import an event as well.
          Workflow: { Status: ['NEW'] },
          RecordState: ['ACTIVE'],
          ...unless(
            'ProductName',
            others.flatMap((other) => other.productName ?? []),
          ),
        },
      },
    }),
  });
  /**
   * Rules of AWS Config that a resource no longer fulfils. They have no grades.
   *
   * https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html
   */
  static readonly CONFIG = new FindingSource({
    name: 'Config',
    title: 'A resource no longer fulfils a rule of AWS Config',
    runbook: 'config',
    productName: 'Config',
    pattern: (_, others) => ({
      source: ['aws.config'],
      detailType: ['Config Rules Compliance Change'],
      detail: {
        messageType: ['ComplianceChangeNotification'],
        newEvaluationResult: { complianceType: ['NON_COMPLIANT'] },
        // Those of Security Hub come from there, with a grade.
        ...(others.includes(FindingSource.SECURITY_HUB)
          ? { configRuleName: [{ 'anything-but': { prefix: 'securityhub-' } }] }
          : {}),
      },
    }),
  });

  /** All of them. */
  static values(): readonly FindingSource[] {
    return [
      FindingSource.GUARD_DUTY,
      FindingSource.MACIE,
      FindingSource.ACCESS_ANALYZER,
      FindingSource.SECURITY_HUB,
      FindingSource.CONFIG,
    ];
  }

  /** In PascalCase, which is also the id of its rule. */
  readonly name: string;
  /** What has happened, as the rule says it. */
  readonly title: string;
  /** What to do, seen from the root of the project. */
  readonly runbook: string;
  /** How Security Hub calls it; absent for itself. */
  readonly productName?: string;
  private readonly pattern: FindingSourceFacts['pattern'];

  private constructor(facts: FindingSourceFacts) {
    this.name = facts.name;
    this.title = facts.title;
    this.runbook = `docs/runbooks/findings-${facts.runbook}.md`;
    this.productName = facts.productName;
    this.pattern = facts.pattern;
  }

  /**
   * The pattern for findings that are at least so grave, where the service has grades.
   *
   * @param among the sources that are listened to: what comes from two of them is taken from one
   */
  patternFrom(least: FindingSeverity, among: readonly FindingSource[]): events.EventPattern {
    return this.pattern(
      least,
      among.filter((other) => other !== this),
    );
  }

  toString(): string {
    return this.name;
  }
}

/** A field that must be none of these values; nothing where there is none. EventBridge refuses an empty list. */
function unless(field: string, values: readonly string[]): Record<string, unknown> {
  return values.length === 0 ? {} : { [field]: [{ 'anything-but': values }] };
}
