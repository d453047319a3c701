import type { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { DataEvents } from './data-events';
import type { TrailOrganization } from './trail-organization';

/**
 * What CloudTrail Insights finds: an unusual number of calls, or of errors, against the weeks before.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-insights-events-with-cloudtrail.html
 */
export enum TrailInsight {
  /** Calls that change something, by the minute. */
  API_CALL_RATE = 'ApiCallRateInsight',
  /** Calls that end with an error, by the minute. */
  API_ERROR_RATE = 'ApiErrorRateInsight',
}

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
  /**
   * After how many days files go to an archive (S3 Glacier Flexible Retrieval), from where they come back within hours.
   * At least 120: PCI DSS 10.5.1 wants three months at hand, and for 30 days more Amazon S3 keeps them in the class
   * into which they go then.
   *
   * @default - never: after 90 days they are in a cheaper class (S3 Standard-IA), and read at once
   */
  readonly archiveAfter?: Duration;
  /**
   * The organisation whose accounts are recorded, all of them. The stack is in the management account, or in that of a
   * delegated administrator of CloudTrail; trusted access must be on before.
   *
   * @default - the account of the stack alone
   */
  readonly organization?: TrailOrganization;
  /**
   * What is recorded beside management events: who reads and writes objects and items, who calls functions. Each is
   * charged. `recordDataEvents` adds more.
   *
   * @default - none
   */
  readonly dataEvents?: DataEvents[];
  /**
   * Services, such as `kms.amazonaws.com`, whose calls are recorded where the policy of a VPC endpoint refuses them
   * (network activity events with `VpceAccessDenied`): somebody in a network of yours uses credentials or resources that
   * are not.
   *
   * @default - none
   */
  readonly refusedAtEndpoints?: string[];
  /**
   * What CloudTrail looks for by itself in management events. Each type is charged by events analysed.
   *
   * @default - nothing
   */
  readonly insights?: TrailInsight[];
  /**
   * The roles and users that may decrypt the files, beside those that `grantRead` lets in. Everybody else is denied it by
   * the key's policy, whatever an IAM policy allows; an empty list denies everybody. The copy in the log group is
   * decrypted by CloudWatch Logs for whoever may read the log group: IAM policies alone decide that.
   *
   * It needs a key that this app makes. A role of another stack is named by its ARN (`iam.ArnPrincipal`), since that stack
   * needs the key in turn.
   *
   * @default - whoever an IAM policy of this account lets decrypt
   */
  readonly auditors?: iam.IPrincipal[];
}
