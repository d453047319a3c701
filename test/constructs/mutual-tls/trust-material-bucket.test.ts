import { RemovalPolicy } from 'aws-cdk-lib';
import { TrustMaterialBucket } from '../../../lib/constructs/mutual-tls';
import { findingsOf, nagErrorsOf } from '../judged';
import { rendered, resourcesOf, stackIn, statementsOf } from '../support';

const BUCKET = 'AWS::S3::Bucket';

describe('TrustMaterialBucket', () => {
  test('keeps every version, is encrypted and private, and outlives the stack', () => {
    const stack = stackIn('eu-west-1');
    new TrustMaterialBucket(stack, 'Trust');
    rendered(stack).hasResource(BUCKET, {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      },
    });
  });

  test('takes requests over TLS 1.2 or newer only', () => {
    const stack = stackIn('eu-west-1');
    new TrustMaterialBucket(stack, 'Trust');
    const conditions = statementsOf(stack, 'AWS::S3::BucketPolicy').map(({ Effect, Condition }) => [
      Effect,
      Condition,
    ]);
    expect(conditions).toEqual([
      ['Deny', { Bool: { 'aws:SecureTransport': 'false' } }],
      ['Deny', { NumericLessThan: { 's3:TlsVersion': 1.2 } }],
    ]);
  });

  test('can be made to leave with its stack', () => {
    const stack = stackIn('eu-west-1');
    new TrustMaterialBucket(stack, 'Trust', { removalPolicy: RemovalPolicy.DESTROY });
    rendered(stack).hasResource(BUCKET, { DeletionPolicy: 'Delete' });
  });

  test('has a logical id that does not change', () => {
    const stack = stackIn('eu-west-1');
    new TrustMaterialBucket(stack, 'Trust');
    expect(Object.keys(resourcesOf(stack, BUCKET))).toEqual(['Trust52738C5A']);
  });

  test('has no finding by our pack; cdk-nag misses its access log, CloudTrail tells who wrote', () => {
    const stack = stackIn('eu-west-1');
    const trust = new TrustMaterialBucket(stack, 'Trust');
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(trust)).toEqual(['AwsSolutions-S1']);
  });
});
