import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';

/** PCI DSS 10.5.1 asks for twelve months; a month more covers the review that closes them. */
const DEFAULT_RETENTION = Duration.days(400);
const SHORTEST_RETENTION = Duration.days(365);
/** PCI DSS 10.5.1: the last three months can be read at once. */
const FREQUENT_ACCESS = Duration.days(90);

/** Properties of a `LogBucket`. */
export interface LogBucketProps {
  /**
   * How long a log is kept. At least 365 days.
   *
   * @default Duration.days(400)
   */
  readonly retention?: Duration;
  /**
   * What happens to the bucket when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A bucket that receives logs of AWS services, over TLS 1.2 or newer only.
 *
 * It is encrypted with keys of Amazon S3 (SSE-S3), since load balancers cannot write their logs to a bucket that
 * is encrypted with KMS. Every version is kept, nothing is public, and the bucket outlives its stack.
 *
 * Access to it is not logged, since that log would need a bucket in turn: where cdk-nag is registered, acknowledge
 * `AwsSolutions::AwsSolutions-S1` on it.
 */
export class LogBucket extends Construct {
  /** The bucket. */
  readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string, props: LogBucketProps = {}) {
    super(scope, id);
    const retention = props.retention ?? DEFAULT_RETENTION;
    this.checkRetention(retention);

    this.bucket = new s3.Bucket(this, 'Resource', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          id: 'Retention',
          expiration: retention,
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
          transitions: [
            { storageClass: s3.StorageClass.INFREQUENT_ACCESS, transitionAfter: FREQUENT_ACCESS },
          ],
        },
      ],
    });
  }

  private checkRetention(retention: Duration): void {
    if (retention.isUnresolved()) return;
    const days = retention.toDays({ integral: false });
    if (!Number.isInteger(days)) {
      throw this.invalid(`'retention' must be whole days, got ${retention.toHumanString()}`);
    }
    if (days >= SHORTEST_RETENTION.toDays()) return;
    throw this.invalid(
      `'retention' must be at least ${SHORTEST_RETENTION.toDays()} days, which PCI DSS 10.5.1 asks for, got ${days}`,
    );
  }

  private invalid(message: string): TransmissionError {
    return new TransmissionError('InvalidProperty', message, this.node.path);
  }
}
