import { Duration, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { HandedOverName } from '../../core/handover';
import { BaselineReference } from '../baseline';
import { customerKey } from '../customer-key';
import { invalidProperty } from '../invalid-property';
import { ABANDONED_UPLOADS, PRIVATE_BUCKET } from '../private-bucket';
import { checkLogBucketProps } from './log-bucket-checks';
import type { ILogBucket, LogBucketAttributes, LogBucketProps } from './log-bucket-props';
import { admitDelivery } from './log-delivery';
import { LogKind, LogLockSupport } from './log-kind';
import { checkLogTarget, kindOf } from './log-target';

/** PCI DSS 10.5.1 asks for twelve months; a month more covers the review that closes them. */
const DEFAULT_RETENTION = Duration.days(400);
const DEFAULT_LOCK = Duration.days(365);
/** PCI DSS 10.5.1: the last three months can be read at once. */
const FREQUENT_ACCESS = Duration.days(90);

/** What a baseline hands over. */
const HANDED_OVER_BUCKETS: ReadonlyMap<
  LogKind,
  { readonly bucket: HandedOverName; readonly key?: HandedOverName }
> = new Map([
  [LogKind.ALB_ACCESS, { bucket: 'load-balancer/log-bucket-arn' }],
  [LogKind.VPC_FLOW, { bucket: 'network/flow-log-bucket-arn', key: 'network/flow-log-key-arn' }],
  [LogKind.CLOUDTRAIL, { bucket: 'audit/log-bucket-arn', key: 'audit/key-arn' }],
  [LogKind.CLOUDFRONT_STANDARD, { bucket: 'edge/log-bucket-arn', key: 'edge/log-key-arn' }],
]);

/** A bucket that exists already. */
class ImportedLogBucket extends Construct implements ILogBucket {
  readonly kind: LogKind;
  readonly bucket: s3.IBucket;
  readonly encryptionKey?: kms.IKey;

  constructor(scope: Construct, id: string, attributes: LogBucketAttributes) {
    super(scope, id);
    const { kind, bucketArn, region, encryptionKey } = attributes;
    this.kind = kind;
    this.encryptionKey = encryptionKey;
    this.bucket = s3.Bucket.fromBucketAttributes(this, 'Resource', { bucketArn, region, encryptionKey });
  }
}

/**
 * A bucket for one kind of log, as protected as the service that writes it allows.
 *
 * The service may write there on behalf of this account and nobody else, over TLS 1.2 or newer. Where it can use
 * a key of the customer, it does; where it is known to write to locked buckets, logs cannot be deleted for a year.
 * Nothing is public, keys that a client brings along (SSE-C) are refused, every version is kept, and the bucket
 * outlives its stack.
 *
 * Several load balancers, or networks, may share one. Access to it is not logged unless `serverAccessLogBucket` is
 * given, since that log needs a bucket in turn: where cdk-nag is registered, acknowledge
 * `AwsSolutions::AwsSolutions-S1` on it.
 */
export class LogBucket extends Construct implements ILogBucket {
  /**
   * A bucket that exists already.
   *
   * Its policy stays as it is: it must let the service write for this account (where that defines it, `LogBucket` has
   * done so), and so must the policy of its key. How it is encrypted, locked, and for how long it keeps logs is not
   * known here and not checked; whether it is of the right kind, and in the right region, is.
   */
  static fromLogBucketAttributes(scope: Construct, id: string, attributes: LogBucketAttributes): ILogBucket {
    return new ImportedLogBucket(scope, id, attributes);
  }

  /**
   * The bucket of the baseline for one kind of log: `ALB_ACCESS`, `VPC_FLOW`, `CLOUDTRAIL`, or in us-east-1
   * `CLOUDFRONT_STANDARD`.
   *
   * @throws TransmissionError where there is no baseline, or it has no bucket for that kind, or the stack is elsewhere
   */
  static fromBaseline(scope: Construct, id: string, { kind }: { readonly kind: LogKind }): ILogBucket {
    const baseline = BaselineReference.of(scope);
    const names = HANDED_OVER_BUCKETS.get(kind);
    if (names === undefined) {
      const allowed = [...HANDED_OVER_BUCKETS.keys()].join(', ');
      throw invalidProperty(
        scope,
        `'kind' must be one of ${allowed}, of which a baseline has buckets, got ${kind}, define a LogBucket of it`,
      );
    }
    const keyArn = names.key && baseline.valueIfAny(scope, names.key);
    return new ImportedLogBucket(scope, id, {
      kind,
      bucketArn: baseline.value(scope, names.bucket),
      region: Stack.of(scope).region,
      encryptionKey: keyArn === undefined ? undefined : kms.Key.fromKeyArn(scope, `${id}Key`, keyArn),
    });
  }

  readonly kind: LogKind;
  readonly bucket: s3.Bucket;
  /** The key that encrypts the logs; absent where the service can write with SSE-S3 only. */
  readonly encryptionKey?: kms.IKey;

  constructor(scope: Construct, id: string, props: LogBucketProps) {
    super(scope, id);
    const { kind, retention = DEFAULT_RETENTION } = props;
    this.kind = kind;
    checkLogBucketProps(this, { ...props, retention });

    const objectLock = props.objectLock ?? this.defaultLock();
    this.encryptionKey = kind.takesCustomerKey
      ? customerKey(this, kind.title, props.encryptionKey)
      : undefined;
    this.bucket = new s3.Bucket(this, 'Resource', {
      ...PRIVATE_BUCKET,
      bucketName: props.bucketName ?? this.nameWherePrescribed(),
      encryption: this.encryptionKey === undefined ? s3.BucketEncryption.S3_MANAGED : s3.BucketEncryption.KMS,
      encryptionKey: this.encryptionKey,
      // With a bucket key, S3 would encrypt in the name of the bucket, and CloudTrail does in that of the trail.
      bucketKeyEnabled: this.encryptionKey === undefined ? undefined : kind !== LogKind.CLOUDTRAIL,
      objectLockEnabled: objectLock === undefined ? undefined : true,
      objectLockDefaultRetention: objectLock,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      lifecycleRules: [lifecycle(retention)],
    });
    this.logAccessTo(props.serverAccessLogBucket);
    admitDelivery(this, this.bucket, props);
  }

  /** By L1: the L2 would write an ACL, which such a bucket refuses, unless a feature flag is set. */
  private logAccessTo(bucket: s3.IBucket | undefined): void {
    if (bucket === undefined) return;
    const kind = LogKind.S3_SERVER_ACCESS;
    checkLogTarget(this, { property: 'serverAccessLogBucket', bucket, kinds: [kind] });
    const resource = this.bucket.node.defaultChild as s3.CfnBucket;
    const prefix = this.node.path;
    resource.loggingConfiguration = {
      destinationBucketName: bucket.bucketName,
      logFilePrefix: `${prefix}/`,
      // By day: whoever looks for a week does not read, and pay for, all that was ever logged.
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
    };
    // A bucket of the kind has let Amazon S3 in already, everywhere.
    if (kindOf(bucket) !== kind) admitDelivery(this, bucket, { kind, prefix });
  }

  private defaultLock(): s3.ObjectLockRetention | undefined {
    if (this.kind.objectLock !== LogLockSupport.SUPPORTED) return undefined;
    return s3.ObjectLockRetention.governance(DEFAULT_LOCK);
  }

  /** A name is global: those of other accounts and regions must differ. */
  private nameWherePrescribed(): string | undefined {
    const { bucketNamePrefix } = this.kind;
    if (bucketNamePrefix === undefined) return undefined;
    const { account, region } = Stack.of(this);
    const own = Names.uniqueResourceName(this, { maxLength: 22 }).toLowerCase();
    return `${bucketNamePrefix}${own}-${account}-${region}`;
  }
}

function lifecycle(retention: Duration): s3.LifecycleRule {
  return {
    id: 'Retention',
    expiration: retention,
    noncurrentVersionExpiration: Duration.days(30),
    abortIncompleteMultipartUploadAfter: ABANDONED_UPLOADS,
    transitions: [{ storageClass: s3.StorageClass.INFREQUENT_ACCESS, transitionAfter: FREQUENT_ACCESS }],
  };
}
