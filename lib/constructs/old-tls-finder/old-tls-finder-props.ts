import type { Duration, Size } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { CloudFrontLocation, CloudTrailLocation, LogLocation, S3AccessLocation } from './log-location';

/** Properties of an `OldTlsFinder`. Of the logs in Amazon S3 at least one; what is not given has no table. */
export interface OldTlsFinderProps {
  /** The record of calls to AWS. @default - not searched */
  readonly cloudTrail?: CloudTrailLocation;
  /** Connection logs of application load balancers. @default - not searched */
  readonly albConnections?: LogLocation;
  /**
   * Access logs of application load balancers: the user agents of who connects. A `TlsLoadBalancer` writes both into one
   * bucket.
   *
   * @default - not searched
   */
  readonly albRequests?: LogLocation;
  /** Access logs of network load balancers, of their TLS listeners. @default - not searched */
  readonly nlbConnections?: LogLocation;
  /** Standard logs (v2) of CloudFront. @default - not searched */
  readonly cloudFront?: CloudFrontLocation;
  /** Server access logs of Amazon S3. @default - not searched */
  readonly s3Requests?: S3AccessLocation;
  /**
   * Log groups with access logs of APIs, in the format of `PrivateApi` and `PartnerApi`: for them queries of CloudWatch
   * Logs Insights are saved, since they are not in Amazon S3.
   *
   * @default - not searched
   */
  readonly apiLogGroups?: logs.ILogGroup[];
  /**
   * How many days back the queries look, today not counted: whole days, 1 to 90. What they cost grows with it.
   *
   * @default Duration.days(7)
   */
  readonly lookBack?: Duration;
  /**
   * A query that would read more is stopped, and what it has read is charged: at least 10 MB.
   *
   * @default Size.gibibytes(100), about 0.50 USD
   */
  readonly bytesScannedCutoff?: Size;
  /**
   * How long results are kept: whole days, 1 to 90. They hold addresses and names of people and systems.
   *
   * @default Duration.days(14)
   */
  readonly resultRetention?: Duration;
  /**
   * The key that encrypts results. The policy of an imported key is not extended: it must let those who query in.
   *
   * @default - a new key, rotated every year and retained
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * The bucket that receives the access logs of the bucket of results: one of kind `S3_SERVER_ACCESS`, in the same
   * account and region.
   *
   * @default - a new `LogBucket`
   */
  readonly serverAccessLogBucket?: s3.IBucket;
  /**
   * The name of the database in the Glue Data Catalog: a lower-case letter, then up to 127 of them, digits and `_`. A
   * change replaces the database and its tables; logs are not touched.
   *
   * @default - made of the path of the construct
   */
  readonly databaseName?: string;
  /**
   * The name of the workgroup of Athena: up to 128 letters, digits, `.`, `_` and `-`. A change replaces it, and its
   * history of queries is gone.
   *
   * @default - made of the path of the construct
   */
  readonly workGroupName?: string;
}

/** How often `reportTo` reports. */
export interface OldTlsReportOptions {
  /**
   * When to search. Between two searches there should be no more days than the finder looks back.
   *
   * @default - Mondays at 6 o'clock, UTC
   */
  readonly schedule?: events.Schedule;
}
