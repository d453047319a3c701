import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { LogKind } from './log-kind';

/** A bucket for logs that a service of AWS writes. */
export interface ILogBucket {
  /** The kind of log. */
  readonly kind: LogKind;
  /** The bucket. */
  readonly bucket: s3.IBucket;
  /** The key that encrypts the logs; absent with SSE-S3, or where it is not known. */
  readonly encryptionKey?: kms.IKey;
}

/** What identifies a bucket for logs that exists already. */
export interface LogBucketAttributes {
  /** The kind of log that it takes. */
  readonly kind: LogKind;
  /** The ARN of the bucket. */
  readonly bucketArn: string;
  /**
   * The region in which it lies: its ARN names none.
   *
   * @default - the region of the stack
   */
  readonly region?: string;
  /**
   * The key that encrypts the logs.
   *
   * @default - SSE-S3, or a key that is not known: nobody is allowed to use it
   */
  readonly encryptionKey?: kms.IKey;
}

/** Properties of a `LogBucket`. */
export interface LogBucketProps {
  /** The kind of log, such as `LogKind.ALB_ACCESS`. A bucket takes one kind. */
  readonly kind: LogKind;
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
   * What precedes the path that the service writes to, without a slash at either end and without `AWSLogs`, which the
   * services add themselves.
   *
   * @default - nothing
   */
  readonly prefix?: string;
  /**
   * The ARNs on whose behalf the service may write, such as that of one trail; `*` stands for anything. At least one.
   *
   * @default - those of this account, by the resource or the account that the service says it writes for
   */
  readonly sourceArns?: string[];
  /**
   * The bucket that receives the server access logs of this one: one of kind `S3_SERVER_ACCESS`, in the same account
   * and region. The policy of another is extended for Amazon S3.
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
  /**
   * What happens to the bucket when it leaves the stack. A key that was made for it is kept either way.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
