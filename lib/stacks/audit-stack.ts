import { Annotations, Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { AuditTrail } from '../constructs/audit-trail';
import { LogKind } from '../constructs/log-store';
import { ACCEPTED_FINDINGS, accept } from './accepted-findings';
import { BaselineStack } from './baseline-stack';
import type { BaselineConfiguration } from './configuration-file';
import { logBucketIn } from './log-buckets';

/** PCI DSS 10.5.1: twelve months. */
const LOCKED = Duration.days(365);
const LOCKS = {
  governance: s3.ObjectLockRetention.governance(LOCKED),
  compliance: s3.ObjectLockRetention.compliance(LOCKED),
} as const;

/** Calls after which a control no longer does what it did. */
const CHANGES_OF_CONTROLS = [
  'DisableKey',
  'ScheduleKeyDeletion',
  'DisassociateWebACL',
  'DeleteWebACL',
  'AuthorizeSecurityGroupIngress',
  'AuthorizeSecurityGroupEgress',
];

/** The record of who called which API of AWS, in every region. */
export class AuditStack extends BaselineStack {
  readonly trail: AuditTrail;

  /**
   * @param alarmTopic who is told when the trail is changed
   */
  constructor(scope: Construct, id: string, configuration: BaselineConfiguration, alarmTopic: sns.ITopic) {
    super(scope, id, configuration, {
      description: 'Audit: a record of every call that nobody can change unseen',
    });
    const { name, retentionDays, audit } = configuration;
    const accessLogs = logBucketIn(this, 'AccessLogs', LogKind.S3_SERVER_ACCESS, configuration);
    this.trail = new AuditTrail(this, 'Trail', {
      trailName: `${name}-Trail`,
      retention: Duration.days(retentionDays),
      objectLock: LOCKS[audit.lock],
      serverAccessLogBucket: accessLogs.bucket,
    });
    this.alarmOnChanges(alarmTopic);
    this.tellOfFailures(alarmTopic);
    this.traces.push(accessLogs, this.trail);
    accept(this.trail, ACCEPTED_FINDINGS.objectAccess);
    accept(this.trail, ACCEPTED_FINDINGS.logCopies);
    accept(this.trail, ACCEPTED_FINDINGS.trailAlarms);
    this.handedOver.publish({
      'audit/trail-arn': this.trail.trailArn,
      'audit/log-bucket-arn': this.trail.bucket.bucketArn,
      'audit/key-arn': this.trail.encryptionKey.keyArn,
    });
  }
  /** PCI DSS 10.7.2: that a trail is switched off or changed is noticed within minutes. */
  private alarmOnChanges(topic: sns.ITopic): void {
    const alarm = new cloudwatch.Alarm(this, 'TrailChanged', {
      alarmDescription:
        'Somebody has changed the audit trail or switched it off: look up who, and whether it was meant.',
      metric: this.trail.metricTrailChanges({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // A trail that is off counts nothing.
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
  }
  /** PCI DSS 10.7.2: calls in this region that switch other controls off, or open a network. */
  private tellOfFailures(topic: sns.ITopic): void {
    const rule = new events.Rule(this, 'ControlsChanged', {
      description: 'A key, a web ACL or a security group was changed: was it meant?',
      eventPattern: {
        detailType: ['AWS API Call via CloudTrail'],
        detail: { eventName: CHANGES_OF_CONTROLS },
      },
      targets: [new SnsTopic(topic)],
    });
    // A topic that exists is in the region and account of this stack: the configuration is checked for it.
    Annotations.of(rule).acknowledgeWarning('@aws-cdk/aws-events:ruleUnresolvedEnvironment');
  }
}
