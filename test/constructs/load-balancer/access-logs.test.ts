import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { TlsLoadBalancer, type TlsLoadBalancerProps } from '../../../lib/constructs/load-balancer';
import { LogBucket, LogKind } from '../../../lib/constructs/log-store';
import { findingsOf, nagErrorsOf } from '../judged';
import { certificateIn, FLAGS, rendered, resourcesOf, stackIn, statementsOf, vpcIn } from '../support';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const ACCOUNT = { Ref: 'AWS::AccountId' };

function define(stack: Stack, props: Partial<TlsLoadBalancerProps> = {}, id = 'Entry'): TlsLoadBalancer {
  return new TlsLoadBalancer(stack, id, {
    vpc: props.vpc ?? vpcIn(stack),
    certificate: props.certificate ?? certificateIn(stack),
    ...props,
  });
}

const allowedIn = (stack: Stack) =>
  statementsOf(stack, 'AWS::S3::BucketPolicy').filter(({ Effect }) => Effect === 'Allow');

/** That Elastic Load Balancing may write, for this account, below a prefix. */
const written = (bucketArn: unknown, prefix: string) => ({
  Effect: 'Allow',
  Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: { 'Fn::Join': ['', [bucketArn, `/${prefix}AWSLogs/`, ACCOUNT, '/*']] },
});

describe('the logs of a TlsLoadBalancer', () => {
  test.each<[string, string | undefined, Record<string, unknown>]>([
    ['in a region in which an account wrote them once', 'eu-west-1', {}],
    ['in a region that never had such an account', 'ap-southeast-6', {}],
    ['in a region that is not known yet', undefined, {}],
    ['under the flags of the baseline, which merge statements', 'eu-west-1', FLAGS],
  ])('are written by the service of load balancers, and nobody else may write: %s', (_, region, flags) => {
    const stack = stackIn(region, flags);
    const { logBucket } = define(stack, { certificate: certificateIn(stack, 'c', region ?? 'eu-west-1') });
    const arn = stack.resolve(logBucket.bucketArn);
    const [access, connections] = [written(arn, 'access/'), written(arn, 'connections/')];
    const merged = [{ ...access, Resource: [access.Resource, connections.Resource] }];
    expect(allowedIn(stack)).toEqual(flags === FLAGS ? merged : [access, connections]);
  });

  test('are switched on after the service was let in', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    const [policy] = Object.keys(resourcesOf(stack, 'AWS::S3::BucketPolicy'));
    rendered(stack).hasResource(BALANCER, { DependsOn: Match.arrayWith([policy]) });
  });

  test('may lie in one bucket with those of others, which admits each of them once', () => {
    const stack = stackIn('eu-west-1', {});
    const [vpc, certificate] = [vpcIn(stack), certificateIn(stack)];
    const { logBucket } = define(stack, { vpc, certificate }, 'One');
    const two = define(stack, { vpc, certificate, logBucket }, 'Two');
    expect(two.logBucket).toBe(logBucket);
    rendered(stack).resourceCountIs('AWS::S3::Bucket', 1);
    const arn = stack.resolve(logBucket.bucketArn);
    expect(allowedIn(stack)).toEqual([written(arn, 'access/'), written(arn, 'connections/')]);
    expect(findingsOf(stack)).toEqual([]);
  });

  test('may lie in a LogBucket of another stack', () => {
    const shared = stackIn('eu-west-1', {});
    const stack = new Stack(shared.node.root, 'Shop', { env: { region: 'eu-west-1' } });
    const { bucket: logBucket } = new LogBucket(shared, 'Logs', { kind: LogKind.ALB_ACCESS });
    define(stack, { logBucket });
    const arn = shared.resolve(logBucket.bucketArn);
    expect(allowedIn(shared)).toEqual([
      written(arn, ''),
      written(arn, 'access/'),
      written(arn, 'connections/'),
    ]);
    rendered(stack).resourceCountIs('AWS::S3::BucketPolicy', 0);
  });

  test('may lie in a bucket of another app, whose policy stays as it is', () => {
    const stack = stackIn('eu-west-1');
    const { bucket: logBucket } = LogBucket.fromLogBucketAttributes(stack, 'Logs', {
      kind: LogKind.ALB_ACCESS,
      bucketArn: 'arn:aws:s3:::logs-of-the-company',
    });
    const loadBalancer = define(stack, { logBucket });
    rendered(stack).resourceCountIs('AWS::S3::BucketPolicy', 0);
    rendered(stack).hasResourceProperties(BALANCER, {
      LoadBalancerAttributes: Match.arrayWith([
        { Key: 'access_logs.s3.bucket', Value: 'logs-of-the-company' },
        { Key: 'connection_logs.s3.bucket', Value: 'logs-of-the-company' },
      ]),
    });
    expect(nagErrorsOf(loadBalancer)).toEqual([]);
  });

  test('extend the policy of a bucket of the CDK', () => {
    const stack = stackIn('eu-west-1', {});
    const logBucket = new s3.Bucket(stack, 'Given');
    define(stack, { logBucket });
    const arn = stack.resolve(logBucket.bucketArn);
    expect(allowedIn(stack)).toEqual([written(arn, 'access/'), written(arn, 'connections/')]);
  });
});
