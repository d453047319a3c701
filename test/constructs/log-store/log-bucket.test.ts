import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { LogBucket } from '../../../lib/constructs/log-store';
import { rendered, stackIn, statementsOf } from '../support';

const BUCKET = 'AWS::S3::Bucket';

describe('LogBucket', () => {
  test('encrypts with SSE-S3, is private, keeps versions and outlives its stack', () => {
    const stack = stackIn();
    new LogBucket(stack, 'Logs');
    rendered(stack).hasResource(BUCKET, {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
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
        VersioningConfiguration: { Status: 'Enabled' },
      },
    });
  });

  test('refuses everybody without TLS, and below TLS 1.2', () => {
    const stack = stackIn();
    new LogBucket(stack, 'Logs');
    const arn = { 'Fn::GetAtt': ['Logs59B087BB', 'Arn'] };
    const everything = {
      Action: 's3:*',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Resource: [arn, { 'Fn::Join': ['', [arn, '/*']] }],
    };
    expect(statementsOf(stack, 'AWS::S3::BucketPolicy')).toEqual([
      { ...everything, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { ...everything, Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } },
    ]);
  });

  test('keeps logs for 400 days, the last 90 at hand', () => {
    const stack = stackIn();
    new LogBucket(stack, 'Logs');
    rendered(stack).hasResourceProperties(BUCKET, {
      LifecycleConfiguration: {
        Rules: [
          {
            Id: 'Retention',
            Status: 'Enabled',
            ExpirationInDays: 400,
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
            Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 90 }],
          },
        ],
      },
    });
  });

  test('takes another retention and removal policy', () => {
    const stack = stackIn();
    new LogBucket(stack, 'Logs', { retention: Duration.days(365), removalPolicy: RemovalPolicy.DESTROY });
    rendered(stack).hasResource(BUCKET, {
      DeletionPolicy: 'Delete',
      Properties: { LifecycleConfiguration: { Rules: [{ ExpirationInDays: 365 }] } },
    });
  });

  test('refuses a retention below a year', () => {
    const make = () => new LogBucket(stackIn(), 'Logs', { retention: Duration.days(364) });
    expect(make).toThrow(
      "Stack/Logs: 'retention' must be at least 365 days, which PCI DSS 10.5.1 asks for, got 364",
    );
  });

  test('refuses a retention that is no number of days', () => {
    const make = () => new LogBucket(stackIn(), 'Logs', { retention: Duration.hours(24 * 400 + 1) });
    expect(make).toThrow("Stack/Logs: 'retention' must be whole days, got 400 days 1 hour");
  });
});
