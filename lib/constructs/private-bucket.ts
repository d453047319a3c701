import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';

/**
 * What every bucket here has in common: TLS 1.2 or newer only, nothing public, no access control lists, every version
 * kept, and no keys that a client brings along (SSE-C), under which nobody else could read what was written.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html
 */
export const PRIVATE_BUCKET = {
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
  versioned: true,
  blockedEncryptionTypes: [s3.BlockedEncryptionType.SSE_C],
} as const satisfies s3.BucketProps;

/** Parts of uploads that were never finished are billed and seen by nobody. */
export const ABANDONED_UPLOADS = Duration.days(7);
