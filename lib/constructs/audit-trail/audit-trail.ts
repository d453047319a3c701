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
import type { AuditTrailProps } from './audit-trail-props';
import {
  type AuditTrailAttributes,
  AuditTrailBase,
  type IAuditTrail,
  ImportedAuditTrail,
} from './audit-trail-reference';
import type { DataEvents } from './data-events';
import { Auditors } from './trail-auditors';
import { BELOW_TLS12, CHANGES, count } from './trail-metrics';
import { trailNameFor } from './trail-name';
import { admitOrganization, checkOrganization } from './trail-organization';
import { checkEventSources, selectorsFor } from './trail-selectors';

/** PCI DSS 10.5.1. */
const SHORTEST_LOG_RETENTION = logs.RetentionDays.ONE_YEAR;
/** PCI DSS 10.5.1 wants 90 days at hand; Standard-IA, where files are then, lets none go before 30 days. */
const SHORTEST_ONLINE_DAYS = 120;

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
  private readonly trail: cloudtrail.CfnTrail;
  private readonly accessLogBucket: s3.IBucket;
  private readonly auditors?: Auditors;
  private readonly refusedAtEndpoints: readonly string[];
  private dataEvents: readonly DataEvents[] = [];

  constructor(scope: Construct, id: string, props: AuditTrailProps = {}) {
    super(scope, id);
    const { organization, refusedAtEndpoints = [] } = props;
    const trailName = trailNameFor(this, props.trailName);
    const retention = props.logGroupRetention ?? logs.RetentionDays.THIRTEEN_MONTHS;
    this.checkLogGroupRetention(retention);
    this.checkArchive(props.archiveAfter);
    if (organization !== undefined) checkOrganization(this, organization);
    checkEventSources(this, 'refusedAtEndpoints', refusedAtEndpoints);
    this.refusedAtEndpoints = refusedAtEndpoints;

    this.trailArn = Stack.of(this).formatArn({
      service: 'cloudtrail',
      resource: 'trail',
      resourceName: trailName,
      account: organization?.managementAccountId,
    });
    this.encryptionKey = customerKey(this, 'the record of calls to AWS', props.encryptionKey);
    this.accessLogBucket = props.serverAccessLogBucket ?? this.createAccessLogBucket();
    this.bucket = new LogBucket(this, 'Bucket', {
      kind: LogKind.CLOUDTRAIL,
      retention: props.retention,
      objectLock: props.objectLock,
      encryptionKey: this.encryptionKey,
      sourceArns: [this.trailArn],
      serverAccessLogBucket: this.accessLogBucket,
    }).bucket;
    if (organization !== undefined) admitOrganization(this, this.bucket, this.trailArn, organization);
    this.archive(props.archiveAfter);
    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey: this.encryptionKey,
      retention,
      deletionProtectionEnabled: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    admitLogGroups(this, this.encryptionKey);
    this.auditors = this.limitDecryption(props);

    this.trail = this.createTrail(trailName, this.createRole(), props);
    if (this.bucket.policy !== undefined) this.trail.node.addDependency(this.bucket.policy);
    this.recordDataEvents(...(props.dataEvents ?? []));
    for (const counted of [CHANGES, BELOW_TLS12]) count(this, this.logGroup, trailName, counted);
  }

  /**
   * Records what these resources are used for, too. Each call is charged.
   *
   * @throws TransmissionError for the buckets of the trail itself, and where CloudTrail takes no more
   */
  recordDataEvents(...events: DataEvents[]): void {
    const own = [this.bucket, this.accessLogBucket].map(({ bucketArn }) => bucketArn);
    if (events.some(({ bucket }) => bucket !== undefined && own.includes(bucket.bucketArn))) {
      throw invalidProperty(
        this,
        "'dataEvents' must not hold the buckets of the trail, which would record its own writing without end, leave them out: who reads them is in the server access log",
      );
    }
    this.dataEvents = [...this.dataEvents, ...events];
    const { dataEvents, refusedAtEndpoints } = this;
    this.trail.advancedEventSelectors = selectorsFor(this, {
      dataEvents,
      refusedAtEndpoints,
      ownBuckets: own,
    });
  }

  /** @inheritdoc Where `auditors` limits who may decrypt, the grantee becomes one of them. */
  override grantRead(grantee: iam.IGrantable): iam.Grant {
    this.auditors?.add(grantee.grantPrincipal, 'grantee');
    return super.grantRead(grantee);
  }

  /** By L1: the L2 writes a bucket policy that lets in every trail of every account (no `aws:SourceArn`). */
  private createTrail(trailName: string, role: iam.Role, props: AuditTrailProps): cloudtrail.CfnTrail {
    const { insights = [] } = props;
    const trail = new cloudtrail.CfnTrail(this, 'Resource', {
      trailName,
      isLogging: true,
      isMultiRegionTrail: true,
      isOrganizationTrail: props.organization === undefined ? undefined : true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      kmsKeyId: this.encryptionKey.keyArn,
      s3BucketName: this.bucket.bucketName,
      cloudWatchLogsLogGroupArn: this.logGroup.logGroupArn,
      cloudWatchLogsRoleArn: role.roleArn,
      insightSelectors:
        insights.length === 0 ? undefined : [...new Set(insights)].map((insightType) => ({ insightType })),
    });
    // The role without its policy would not do, and CloudTrail tries it out.
    trail.node.addDependency(role);
    return trail;
  }

  private limitDecryption({ auditors, encryptionKey }: AuditTrailProps): Auditors | undefined {
    if (auditors === undefined) return undefined;
    if (encryptionKey !== undefined && !(encryptionKey instanceof kms.Key)) {
      throw invalidProperty(
        this,
        "'auditors' must be left out with an imported 'encryptionKey', whose policy is not extended, name them in its own policy or let the trail make a key",
      );
    }
    const limit = new Auditors(this, this.encryptionKey);
    for (const principal of auditors) limit.add(principal, 'auditors');
    return limit;
  }

  private archive(after: Duration | undefined): void {
    if (after === undefined) return;
    this.bucket.addLifecycleRule({
      id: 'Archive',
      transitions: [{ storageClass: s3.StorageClass.GLACIER, transitionAfter: after }],
    });
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

  private checkArchive(after: Duration | undefined): void {
    if (after === undefined || after.isUnresolved()) return;
    const days = after.toDays({ integral: false });
    if (Number.isInteger(days) && days >= SHORTEST_ONLINE_DAYS) return;
    throw invalidProperty(
      this,
      `'archiveAfter' must be whole days, at least ${SHORTEST_ONLINE_DAYS}: PCI DSS 10.5.1 wants three months at hand, and Amazon S3 a month in the class between, got ${after.toHumanString()}`,
    );
  }

  private checkLogGroupRetention(retention: logs.RetentionDays): void {
    if (Token.isUnresolved(retention) || retention >= SHORTEST_LOG_RETENTION) return;
    throw invalidProperty(
      this,
      `'logGroupRetention' must be at least ${SHORTEST_LOG_RETENTION} days, which PCI DSS 10.5.1 asks for, got ${retention}`,
    );
  }
}
