import { Annotations, Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { AccountAlarms } from '../constructs/account-alarms';
import { AuditTrail, DataEvents, TrailInsight } from '../constructs/audit-trail';
import { type LogBucket, LogKind } from '../constructs/log-store';
import { ACCEPTED_FINDINGS, accept } from './accepted-findings';
import type { Alarms } from './alarms';
import { BaselineStack } from './baseline-stack';
import type { BaselineConfiguration } from './configuration-file';
import { logBucketIn } from './log-buckets';
import { findOldTls } from './old-tls';

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
  /** Who reads the record, and other buckets of this region. */
  readonly accessLogs: LogBucket;
  /** Tell of what the account should not do. */
  readonly alarms: AccountAlarms;

  /**
   * @param alarms who is told when the trail, or another control of the account, is changed
   */
  constructor(scope: Construct, id: string, configuration: BaselineConfiguration, alarms: Alarms) {
    super(scope, id, configuration, {
      description: 'Audit: a record of every call that nobody can change unseen',
    });
    const { name, retentionDays, audit } = configuration;
    this.accessLogs = logBucketIn(this, 'AccessLogs', LogKind.S3_SERVER_ACCESS, configuration);
    this.trail = new AuditTrail(this, 'Trail', {
      trailName: `${name}-Trail`,
      retention: Duration.days(retentionDays),
      objectLock: LOCKS[audit.lock],
      serverAccessLogBucket: this.accessLogs.bucket,
      organization: audit.organization,
      auditors: audit.auditors?.map((arn) => new iam.ArnPrincipal(arn)),
      dataEvents: audit.buckets.map((bucket) =>
        DataEvents.objectsIn(s3.Bucket.fromBucketName(this, `Recorded-${bucket}`, bucket)),
      ),
      refusedAtEndpoints: [...audit.refusedAtEndpoints],
      insights: audit.insights ? [TrailInsight.API_CALL_RATE, TrailInsight.API_ERROR_RATE] : [],
    });
    // PCI DSS 10.7.2: that a trail is switched off, or a control changed, is noticed within minutes.
    this.alarms = new AccountAlarms(this, 'Alarms', { trail: this.trail, topic: alarms.topic });
    this.tellOfFailures(alarms.topic);
    this.traces.push(this.accessLogs, this.trail);
    if (audit.buckets.length === 0) accept(this.trail, ACCEPTED_FINDINGS.objectAccess);
    accept(this.trail, ACCEPTED_FINDINGS.logCopies);
    findOldTls(this, configuration, alarms, {
      cloudTrail: {
        trail: this.trail,
        ...(audit.organization && { organizationId: audit.organization.organizationId }),
      },
      s3Requests: {
        bucket: this.accessLogs.bucket,
        // As its bucket names it.
        prefix: `${this.trail.node.path}/Bucket`,
        sourceBuckets: [this.trail.bucket.bucketName],
      },
      serverAccessLogBucket: this.accessLogs.bucket,
    });
    this.handedOver.publish({
      'audit/trail-arn': this.trail.trailArn,
      'audit/log-bucket-arn': this.trail.bucket.bucketArn,
      'audit/key-arn': this.trail.encryptionKey.keyArn,
    });
  }
  /** PCI DSS 10.7.2: calls in this region that switch other controls off, or open a network. */
  private tellOfFailures(topic: sns.ITopic): void {
    const rule = new events.Rule(this, 'ControlsChanged', {
      description:
        'A key, a web ACL or a security group was changed: was it meant? Runbook: docs/runbooks/account-controls-changed.md',
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
