import { Duration, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { checkLogTarget, LogBucket, LogKind } from '../../../lib/constructs/log-store';
import { stackIn } from '../support';

type Kinds = readonly [LogKind, ...LogKind[]];

function check(stack: Stack, bucket: s3.IBucket, ...kinds: Kinds): () => void {
  return () => checkLogTarget(stack, { property: 'logBucket', bucket, kinds });
}

const LOCK = { objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(1)) };

describe('a bucket that logs are to be written to', () => {
  test.each(LogKind.values().map((kind) => [kind.name, kind] as const))(
    'may be a LogBucket of the kind, or any with SSE-S3: %s',
    (_, kind) => {
      const stack = stackIn('eu-west-1');
      expect(check(stack, new LogBucket(stack, 'Logs', { kind }).bucket, kind)).not.toThrow();
      expect(check(stack, new s3.Bucket(stack, 'Given'), kind)).not.toThrow();
    },
  );

  test('may be a LogBucket of any of the kinds that are written there', () => {
    const stack = stackIn('eu-west-1');
    const { bucket } = new LogBucket(stack, 'Logs', { kind: LogKind.ALB_CONNECTION });
    expect(check(stack, bucket, LogKind.ALB_ACCESS, LogKind.ALB_CONNECTION)).not.toThrow();
  });

  test.each([
    ['of this app', (stack: Stack) => new LogBucket(stack, 'Logs', { kind: LogKind.WAF })],
    [
      'of another',
      (stack: Stack) =>
        LogBucket.fromLogBucketAttributes(stack, 'Logs', {
          kind: LogKind.WAF,
          bucketArn: 'arn:aws:s3:::aws-waf-logs-edge',
        }),
    ],
  ])('is refused as a LogBucket of another kind, %s', (_, bucketIn) => {
    const stack = stackIn('eu-west-1');
    expect(check(stack, bucketIn(stack).bucket, LogKind.VPC_FLOW)).toThrow(
      "Stack: 'logBucket' must be for flow logs of networks, got a LogBucket for logs of AWS WAF, make one of kind VPC_FLOW",
    );
  });

  test.each([
    ['with a key', (stack: Stack) => ({ encryptionKey: new kms.Key(stack, 'Key') })],
    ['with the key of Amazon S3 in KMS', () => ({ encryption: s3.BucketEncryption.KMS_MANAGED })],
    ['twice with KMS', () => ({ encryption: s3.BucketEncryption.DSSE_MANAGED })],
  ])('is refused where it is encrypted %s and the service cannot use KMS', (_, propsIn) => {
    const stack = stackIn('eu-west-1');
    expect(check(stack, new s3.Bucket(stack, 'Given', propsIn(stack)), LogKind.S3_SERVER_ACCESS)).toThrow(
      "Stack: 'logBucket' must be encrypted with SSE-S3, server access logs of Amazon S3 are never written to a bucket that is encrypted with KMS, use a LogBucket of kind S3_SERVER_ACCESS",
    );
  });

  test('is refused with the key that AWS manages where the service takes one of yours', () => {
    const stack = stackIn('eu-west-1');
    const managed = new s3.Bucket(stack, 'Managed', { encryption: s3.BucketEncryption.KMS_MANAGED });
    expect(check(stack, managed, LogKind.NLB_ACCESS)).toThrow(
      "Stack: 'logBucket' must be encrypted with a key of yours or with SSE-S3, access logs of network load balancers are never written with the key of KMS that AWS manages for S3, use a LogBucket of kind NLB_ACCESS",
    );
    const own = new s3.Bucket(stack, 'Own', { encryptionKey: new kms.Key(stack, 'Key') });
    expect(check(stack, own, LogKind.NLB_ACCESS)).not.toThrow();
  });

  test('is refused with a lock where the service does not write to locked buckets', () => {
    const stack = stackIn('eu-west-1');
    const locked = new s3.Bucket(stack, 'Locked', LOCK);
    expect(check(stack, locked, LogKind.ALB_ACCESS)).toThrow(
      "Stack: 'logBucket' must not lock what is written (Object Lock), access logs of application load balancers would never arrive, use a LogBucket of kind ALB_ACCESS",
    );
    expect(check(stack, locked, LogKind.CLOUDTRAIL)).not.toThrow();
  });

  test('is refused for server access logs with Object Lock alone, for others with a default lock only', () => {
    const stack = stackIn('eu-west-1');
    const lockable = new s3.Bucket(stack, 'Lockable', { objectLockEnabled: true });
    expect(check(stack, lockable, LogKind.S3_SERVER_ACCESS)).toThrow(
      "'logBucket' must not lock what is written",
    );
    expect(check(stack, lockable, LogKind.ALB_ACCESS)).not.toThrow();
  });

  test('is refused in another region, where the service writes within its own', () => {
    const stack = stackIn('eu-west-1');
    const far = new Stack(stack.node.root, 'Far', { env: { region: 'us-east-1' } });
    const bucket = new s3.Bucket(far, 'Given');
    expect(check(stack, bucket, LogKind.NLB_ACCESS)).toThrow(
      'Stack: \'logBucket\' must be in the region of what it logs (eu-west-1), got "us-east-1", use a LogBucket of that region',
    );
    expect(check(stack, bucket, LogKind.VPC_FLOW)).not.toThrow();
  });

  test('is taken where regions are not known', () => {
    const stack = stackIn();
    const far = new Stack(stack.node.root, 'Far', { env: { region: 'us-east-1' } });
    expect(check(stack, new s3.Bucket(far, 'Given'), LogKind.NLB_ACCESS)).not.toThrow();
    expect(check(far, new s3.Bucket(stack, 'Given'), LogKind.NLB_ACCESS)).not.toThrow();
  });
});
