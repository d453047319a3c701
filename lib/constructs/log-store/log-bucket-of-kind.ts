import { Duration, Names, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { admitToBucket, admitToKey } from './log-delivery';
import { LogKind, LogLockSupport } from './log-kind';

/** PCI DSS 10.5.1 asks for twelve months; a month more covers the review that closes them. */
const DEFAULT_RETENTION = Duration.days(400);
const SHORTEST_RETENTION = Duration.days(365);
/** PCI DSS 10.5.1: the last three months can be read at once. */
const FREQUENT_ACCESS = Duration.days(90);

/** Properties of a `LogBucketOfKind`. */
export interface LogBucketOfKindProps {
  /**
   * How long a log is kept. At least 365 days (PCI DSS 10.5.1).
   *
   * @default Duration.days(400)
   */
  readonly retention?: Duration;
  /**
   * For how long nobody can delete or overwrite a log: at least 365 days, and not longer than `retention`.
   *
   * `ObjectLockRetention.governance` lets whoever holds `s3:BypassGovernanceRetention` lift the lock;
   * `ObjectLockRetention.compliance` lets nobody, not even the root of the account, until the time is over.
   *
   * @default - governance for 365 days where the kind of log is known to be written to locked buckets, else no lock
   */
  readonly objectLock?: s3.ObjectLockRetention;
  /**
   * The key that encrypts the logs. The policy of an imported key is not extended: it must let the service in.
   *
   * @default - a new key, rotated every year and retained, where the service can use one; else SSE-S3
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * What precedes the path that the service writes to, without a slash at either end.
   *
   * @default - nothing
   */
  readonly prefix?: string;
  /**
   * The ARNs on whose behalf the service may write, such as that of one trail; `*` stands for anything.
   *
   * @default - those of this account, by the resource or the account that the service says it writes for
   */
  readonly sourceArns?: string[];
  /**
   * The bucket that receives the server access logs of this one: one of kind `S3_SERVER_ACCESS`, in the same account
   * and region.
   *
   * @default - reads of the logs are not logged by S3
   */
  readonly serverAccessLogBucket?: s3.IBucket;
  /**
   * The name of the bucket. Logs of AWS WAF need one that begins with `aws-waf-logs-`.
   *
   * @default - generated; for AWS WAF from the path of the construct, the account and the region
   */
  readonly bucketName?: string;
}

/**
 * A bucket for one kind of log, as protected as the service that writes it allows.
 *
 * The service may write there on behalf of this account and nobody else, over TLS 1.2 or newer. Where it can use
 * a key of the customer, it does; where it is known to write to locked buckets, logs cannot be deleted for a year.
 * Nothing is public, keys that a client brings along (SSE-C) are refused, every version is kept, and the bucket
 * outlives its stack.
 */
export class LogBucketOfKind extends Construct {
  /** A bucket for logs of one kind, such as `LogKind.ALB_ACCESS`. */
  static forKind(
    scope: Construct,
    id: string,
    kind: LogKind,
    props: LogBucketOfKindProps = {},
  ): LogBucketOfKind {
    return new LogBucketOfKind(scope, id, kind, props);
  }

  /** The kind of log. */
  readonly kind: LogKind;
  /** The bucket. */
  readonly bucket: s3.Bucket;
  /** The key that encrypts the logs; absent where the service can write with SSE-S3 only. */
  readonly encryptionKey?: kms.IKey;

  private constructor(scope: Construct, id: string, kind: LogKind, props: LogBucketOfKindProps) {
    super(scope, id);
    this.kind = kind;
    const retention = props.retention ?? DEFAULT_RETENTION;
    const objectLock = props.objectLock ?? this.defaultLock();
    this.checkKey(props);
    this.checkLock(props);
    this.checkTimes(retention, objectLock);
    this.checkName(props);

    this.encryptionKey = kind.takesCustomerKey ? (props.encryptionKey ?? this.createKey()) : undefined;
    this.bucket = new s3.Bucket(this, 'Resource', {
      bucketName: props.bucketName ?? this.nameWherePrescribed(),
      encryption: this.encryptionKey === undefined ? s3.BucketEncryption.S3_MANAGED : s3.BucketEncryption.KMS,
      encryptionKey: this.encryptionKey,
      // With a bucket key, S3 would encrypt in the name of the bucket, and CloudTrail does in that of the trail.
      bucketKeyEnabled: this.encryptionKey === undefined ? undefined : kind !== LogKind.CLOUDTRAIL,
      blockedEncryptionTypes: [s3.BlockedEncryptionType.SSE_C],
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      objectLockEnabled: objectLock === undefined ? undefined : true,
      objectLockDefaultRetention: objectLock,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [lifecycle(retention)],
    });
    this.logAccessTo(props.serverAccessLogBucket);
    admitToBucket(this, this.bucket, { kind, ...props });
    if (this.encryptionKey !== undefined) admitToKey(this, this.encryptionKey, { kind, ...props });
  }

  private createKey(): kms.Key {
    return new kms.Key(this, 'Key', {
      description: `Encrypts ${this.kind.title}`,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** By L1: the L2 would write an ACL, which such a bucket refuses, unless a feature flag is set. */
  private logAccessTo(target: s3.IBucket | undefined): void {
    if (target === undefined) return;
    const resource = this.bucket.node.defaultChild as s3.CfnBucket;
    resource.loggingConfiguration = {
      destinationBucketName: target.bucketName,
      logFilePrefix: `${this.node.path}/`,
    };
  }

  private defaultLock(): s3.ObjectLockRetention | undefined {
    if (this.kind.objectLock !== LogLockSupport.SUPPORTED) return undefined;
    return s3.ObjectLockRetention.governance(SHORTEST_RETENTION);
  }

  /** A name is global: those of other accounts and regions must differ. */
  private nameWherePrescribed(): string | undefined {
    const { bucketNamePrefix } = this.kind;
    if (bucketNamePrefix === undefined) return undefined;
    const { account, region } = Stack.of(this);
    const own = Names.uniqueResourceName(this, { maxLength: 22 }).toLowerCase();
    return `${bucketNamePrefix}${own}-${account}-${region}`;
  }

  private checkKey({ encryptionKey }: LogBucketOfKindProps): void {
    if (encryptionKey === undefined || this.kind.takesCustomerKey) return;
    throw this.invalid(
      `'encryptionKey' must be absent for ${this.kind.title}, which are written to buckets with SSE-S3 only, leave it out`,
    );
  }

  private checkLock({ objectLock }: LogBucketOfKindProps): void {
    if (objectLock === undefined || this.kind.objectLock !== LogLockSupport.REFUSED) return;
    throw this.invalid(
      `'objectLock' must be absent for ${this.kind.title}, which are not written to buckets with Object Lock, ` +
        'leave it out: versions are kept all the same, and copies in a locked bucket can be made by replication',
    );
  }

  private checkTimes(retention: Duration, objectLock: s3.ObjectLockRetention | undefined): void {
    const least = SHORTEST_RETENTION.toDays();
    const kept = this.daysOf('retention', retention);
    if (kept !== undefined && kept < least) {
      throw this.invalid(
        `'retention' must be at least ${least} days, which PCI DSS 10.5.1 asks for, got ${kept}`,
      );
    }
    const locked = objectLock && this.daysOf('objectLock', objectLock.duration);
    if (locked === undefined) return;
    if (locked < least) {
      throw this.invalid(
        `'objectLock' must last at least ${least} days, as long as PCI DSS 10.5.1 asks for, got ${locked}`,
      );
    }
    if (kept !== undefined && locked > kept) {
      throw this.invalid(
        `'objectLock' must not outlast 'retention', got ${locked} and ${kept} days, raise 'retention'`,
      );
    }
  }

  private checkName({ bucketName }: LogBucketOfKindProps): void {
    const { bucketNamePrefix = '' } = this.kind;
    if (bucketName === undefined || bucketName.startsWith(bucketNamePrefix)) return;
    if (Token.isUnresolved(bucketName)) return;
    throw this.invalid(
      `'bucketName' must begin with ${JSON.stringify(bucketNamePrefix)} for ${this.kind.title}, got ${JSON.stringify(bucketName)}, leave it out`,
    );
  }

  /** S3 counts in whole days; undefined where they are not known yet. */
  private daysOf(property: string, duration: Duration): number | undefined {
    if (duration.isUnresolved()) return undefined;
    const days = duration.toDays({ integral: false });
    if (Number.isInteger(days)) return days;
    throw this.invalid(`'${property}' must last whole days, got ${duration.toHumanString()}`);
  }

  private invalid(message: string): TransmissionError {
    return new TransmissionError('InvalidProperty', message, this.node.path);
  }
}

function lifecycle(retention: Duration): s3.LifecycleRule {
  return {
    id: 'Retention',
    expiration: retention,
    noncurrentVersionExpiration: Duration.days(30),
    abortIncompleteMultipartUploadAfter: Duration.days(7),
    transitions: [{ storageClass: s3.StorageClass.INFREQUENT_ACCESS, transitionAfter: FREQUENT_ACCESS }],
  };
}
