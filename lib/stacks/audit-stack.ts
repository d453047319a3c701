import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
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

/** The record of who called which API of AWS, in every region. */
export class AuditStack extends BaselineStack {
  readonly trail: AuditTrail;

  constructor(scope: Construct, id: string, configuration: BaselineConfiguration) {
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
    this.traces.push(accessLogs, this.trail);
    accept(this.trail, ACCEPTED_FINDINGS.objectAccess);
    accept(this.trail, ACCEPTED_FINDINGS.logMasking);
    accept(this.trail, ACCEPTED_FINDINGS.logCopies);
    accept(this.trail, ACCEPTED_FINDINGS.trailAlarms);
    this.handedOver.publish({
      'audit/trail-arn': this.trail.trailArn,
      'audit/log-bucket-arn': this.trail.bucket.bucketArn,
      'audit/key-arn': this.trail.encryptionKey.keyArn,
    });
  }
}
