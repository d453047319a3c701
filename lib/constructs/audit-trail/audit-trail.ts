import { type Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { BaselineReference } from '../baseline';
import { customerKey } from '../customer-key';
import { invalidProperty } from '../invalid-property';
import { admitLogGroups, LogBucket, LogKind } from '../log-store';
import {
  type AuditTrailAttributes,
  AuditTrailBase,
  type IAuditTrail,
  ImportedAuditTrail,
} from './audit-trail-reference';
import { BELOW_TLS12, CHANGES, count } from './trail-metrics';
import { trailNameFor } from './trail-name';

/** PCI DSS 10.5.1. */
const SHORTEST_LOG_RETENTION = logs.RetentionDays.ONE_YEAR;

/** Properties of an `AuditTrail`. */
export interface AuditTrailProps {
  /**
   * The name of the trail. A change replaces the trail, and the record goes on under the new name.
   *
   * @default - made of the path of the construct
   */
  readonly trailName?: string;
  /**
   * How long the bucket keeps the record. At least 365 days (PCI DSS 10.5.1).
   *
   * @default Duration.days(400)
   */
  readonly retention?: Duration;
  /**
   * For how long nobody can delete or overwrite an entry: at least 365 days, and not longer than `retention`.
   *
   * `ObjectLockRetention.governance` lets whoever holds `s3:BypassGovernanceRetention` lift the lock;
   * `ObjectLockRetention.compliance` lets nobody, not even the root of the account, until the time is over: it is
   * the stronger proof, and cannot be taken back for what was written under it.
   *
   * @default ObjectLockRetention.governance(Duration.days(365))
   */
  readonly objectLock?: s3.ObjectLockRetention;
  /**
   * How long the log group keeps the record at hand. At least one year (PCI DSS 10.5.1).
   *
   * @default RetentionDays.THIRTEEN_MONTHS
   */
  readonly logGroupRetention?: logs.RetentionDays;
  /**
   * The key that encrypts bucket and log group. The policy of an imported key is not extended: it must let CloudTrail
   * and CloudWatch Logs in.
   *
   * @default - a new key, rotated every year and retained
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * The bucket that receives the access logs of the bucket: who reads the record is recorded too (PCI DSS 10.2.1.3).
   * One of kind `S3_SERVER_ACCESS`, in the same account and region; that of another trail will do.
   *
   * @default - a new `LogBucket`
   */
  readonly serverAccessLogBucket?: s3.IBucket;
}

/**
 * The record of every management call in the account, in every region, that cannot be changed afterwards unseen.
 *
 * Entries are signed, encrypted with a key of the account, and locked in a versioned bucket that takes TLS 1.2 or
 * newer only; a copy is at hand in CloudWatch Logs. Everything that holds entries outlives the stack.
 */
export class AuditTrail extends AuditTrailBase {
  /**
   * A trail that exists already, by an ARN that may be known at deployment only.
   *
   * Whether it records every region, is switched on, signs its files, and how its bucket is locked is not known here,
   * and not checked. Its metrics have values only where an `AuditTrail` made it: others count under other names.
   */
  static fromAuditTrailAttributes(
    scope: Construct,
    id: string,
    attributes: AuditTrailAttributes,
  ): IAuditTrail {
    return new ImportedAuditTrail(scope, id, attributes);
  }

  /**
   * The trail of the baseline, for a stack in its region.
   *
   * @throws TransmissionError where there is no baseline, or it has no trail, or the stack is elsewhere
   */
  static fromBaseline(scope: Construct, id: string): IAuditTrail {
    const baseline = BaselineReference.of(scope);
    const encryptionKey = kms.Key.fromKeyArn(scope, `${id}Key`, baseline.value(scope, 'audit/key-arn'));
    const bucketArn = baseline.value(scope, 'audit/log-bucket-arn');
    return new ImportedAuditTrail(scope, id, {
      trailArn: baseline.value(scope, 'audit/trail-arn'),
      bucket: s3.Bucket.fromBucketAttributes(scope, `${id}Bucket`, { bucketArn, encryptionKey }),
      encryptionKey,
    });
  }

  readonly trailArn: string;
  readonly bucket: s3.Bucket;
  readonly encryptionKey: kms.IKey;
  readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, props: AuditTrailProps = {}) {
    super(scope, id);
    const trailName = trailNameFor(this, props.trailName);
    const retention = props.logGroupRetention ?? logs.RetentionDays.THIRTEEN_MONTHS;
    this.checkLogGroupRetention(retention);

    this.trailArn = Stack.of(this).formatArn({
      service: 'cloudtrail',
      resource: 'trail',
      resourceName: trailName,
    });
    this.encryptionKey = customerKey(this, 'the record of calls to AWS', props.encryptionKey);
    this.bucket = new LogBucket(this, 'Bucket', {
      kind: LogKind.CLOUDTRAIL,
      retention: props.retention,
      objectLock: props.objectLock,
      encryptionKey: this.encryptionKey,
      sourceArns: [this.trailArn],
      serverAccessLogBucket: props.serverAccessLogBucket ?? this.createAccessLogBucket(),
    }).bucket;
    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey: this.encryptionKey,
      retention,
      deletionProtectionEnabled: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    admitLogGroups(this, this.encryptionKey);

    const trail = this.createTrail(trailName, this.createRole());
    if (this.bucket.policy !== undefined) trail.node.addDependency(this.bucket.policy);
    for (const counted of [CHANGES, BELOW_TLS12]) count(this, this.logGroup, trailName, counted);
  }

  /** By L1: the L2 writes a bucket policy that lets in every trail of every account (no `aws:SourceArn`). */
  private createTrail(trailName: string, role: iam.Role): cloudtrail.CfnTrail {
    const trail = new cloudtrail.CfnTrail(this, 'Resource', {
      trailName,
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      kmsKeyId: this.encryptionKey.keyArn,
      s3BucketName: this.bucket.bucketName,
      cloudWatchLogsLogGroupArn: this.logGroup.logGroupArn,
      cloudWatchLogsRoleArn: role.roleArn,
      advancedEventSelectors: [
        {
          name: 'Every management event',
          fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }],
        },
      ],
    });
    // The role without its policy would not do, and CloudTrail tries it out.
    trail.node.addDependency(role);
    return trail;
  }

  /** Its trust names no trail: CloudTrail does not say for which one it takes the role, and would be refused. */
  private createRole(): iam.Role {
    const role = new iam.Role(this, 'Role', {
      description: 'Lets CloudTrail write its record to CloudWatch Logs',
      assumedBy: new iam.ServicePrincipal('cloudtrail.amazonaws.com'),
    });
    this.logGroup.grantWrite(role);
    return role;
  }

  private createAccessLogBucket(): s3.IBucket {
    return new LogBucket(this, 'AccessLogs', { kind: LogKind.S3_SERVER_ACCESS }).bucket;
  }

  private checkLogGroupRetention(retention: logs.RetentionDays): void {
    if (Token.isUnresolved(retention) || retention >= SHORTEST_LOG_RETENTION) return;
    throw invalidProperty(
      this,
      `'logGroupRetention' must be at least ${SHORTEST_LOG_RETENTION} days, which PCI DSS 10.5.1 asks for, got ${retention}`,
    );
  }
}
