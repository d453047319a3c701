import { RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ABANDONED_UPLOADS, PRIVATE_BUCKET } from '../private-bucket';

/** Properties of a `TrustMaterialBucket`. */
export interface TrustMaterialBucketProps {
  /**
   * What happens to the bucket when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A bucket for what decides whom a load balancer trusts: bundles of CA certificates and revocation lists.
 *
 * Every version is kept, so that a trust store can name one that never changes; nothing is public, requests need TLS
 * 1.2 or newer, and the bucket outlives its stack. It is encrypted with keys of Amazon S3: CA certificates are public,
 * what matters is who may write them.
 *
 * Deploy it before the first `ClientTrustStore`, upload the bundle (`aws s3api put-object` prints its `VersionId`), and
 * name that version. Whoever deploys the trust store needs `s3:GetObject` and `s3:GetObjectVersion` here.
 */
export class TrustMaterialBucket extends Construct {
  /** The bucket. */
  readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string, props: TrustMaterialBucketProps = {}) {
    super(scope, id);
    this.bucket = new s3.Bucket(this, 'Resource', {
      ...PRIVATE_BUCKET,
      encryption: s3.BucketEncryption.S3_MANAGED,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      lifecycleRules: [{ id: 'Uploads', abortIncompleteMultipartUploadAfter: ABANDONED_UPLOADS }],
    });
  }
}
