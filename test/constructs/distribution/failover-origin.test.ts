import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  type FailoverOriginProps,
  type TlsBehaviorProps,
  TlsOrigin,
} from '../../../lib/constructs/distribution';
import { findingsOf } from '../judged';
import { rendered, stackIn } from '../support';
import { configurationOf, define, loadBalancerIn } from './edge';

const FIRST = TlsOrigin.httpsHost.bind(undefined, 'first.example.com');
const SECOND = TlsOrigin.httpsHost.bind(undefined, 'second.example.com');
const { ALL_VIEWER, ALL_VIEWER_EXCEPT_HOST_HEADER } = cloudfront.OriginRequestPolicy;

function withPair(
  pair: TlsOrigin,
  behavior: Partial<TlsBehaviorProps> = {},
  stack = stackIn('us-east-1'),
): ReturnType<typeof stackIn> {
  define(stack, { defaultBehavior: { origin: pair, ...behavior } });
  return stack;
}

function pairOfHosts(props?: FailoverOriginProps): TlsOrigin {
  return TlsOrigin.failover(FIRST(), SECOND(), props);
}

describe('a pair of origins', () => {
  test('asks the second one where the first fails, both over TLS 1.2 or newer', () => {
    const stack = withPair(pairOfHosts());
    const config = configurationOf(stack);
    const [first, second] = config.Origins as { Id: string }[];
    const [group] = (config.OriginGroups as { Items: { Id: string }[] }).Items;
    const overTls = { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] };
    expect(config).toMatchObject({
      Origins: [
        { DomainName: 'first.example.com', CustomOriginConfig: overTls },
        { DomainName: 'second.example.com', CustomOriginConfig: overTls },
      ],
      OriginGroups: {
        Quantity: 1,
        Items: [
          {
            Members: { Quantity: 2, Items: [{ OriginId: first?.Id }, { OriginId: second?.Id }] },
            FailoverCriteria: { StatusCodes: { Quantity: 4, Items: [500, 502, 503, 504] } },
          },
        ],
      },
      DefaultCacheBehavior: {
        TargetOriginId: group?.Id,
        AllowedMethods: ['GET', 'HEAD'],
        CachePolicyId: cloudfront.CachePolicy.CACHING_DISABLED.cachePolicyRef.cachePolicyId,
        OriginRequestPolicyId: ALL_VIEWER_EXCEPT_HOST_HEADER.originRequestPolicyId,
      },
    });
    expect(findingsOf(stack)).toEqual([]);
  });

  test('fails over upon the answers that are named, each once', () => {
    const stack = withPair(pairOfHosts({ statusCodes: [404, 503, 404] }));
    expect(configurationOf(stack)).toMatchObject({
      OriginGroups: { Items: [{ FailoverCriteria: { StatusCodes: { Items: [404, 503] } } }] },
    });
  });

  test('of buckets is cached and compressed, and gets nothing of the request', () => {
    const stack = stackIn('us-east-1');
    const bucket = (id: string) => TlsOrigin.bucket(new s3.Bucket(stack, id, { enforceSSL: true }));
    const pair = TlsOrigin.failover(bucket('First'), bucket('Second'));
    withPair(pair, {}, stack);
    expect(configurationOf(stack)).toMatchObject({
      DefaultCacheBehavior: {
        CachePolicyId: cloudfront.CachePolicy.CACHING_OPTIMIZED.cachePolicyRef.cachePolicyId,
        Compress: true,
      },
    });
    expect(configurationOf(stack).DefaultCacheBehavior).not.toHaveProperty('OriginRequestPolicyId');
    rendered(stack).resourceCountIs('AWS::CloudFront::OriginAccessControl', 2);
  });

  test('of a host and a bucket gets nothing of the request, since S3 takes a foreign host for a bucket', () => {
    const stack = stackIn('us-east-1');
    const maintenance = TlsOrigin.bucket(new s3.Bucket(stack, 'Maintenance', { enforceSSL: true }));
    const pair = TlsOrigin.failover(FIRST(), maintenance);
    expect([pair.isPublic, pair.originRequestPolicy]).toEqual([false, undefined]);
    withPair(pair, {}, stack);
    expect(configurationOf(stack).DefaultCacheBehavior).not.toHaveProperty('OriginRequestPolicyId');
  });

  test('of a load balancer and a host gets all but the host', () => {
    const stack = stackIn('us-east-1');
    const own = TlsOrigin.loadBalancer(loadBalancerIn(stack), { domainName: 'origin.example.com' });
    expect(own.originRequestPolicy).toBe(ALL_VIEWER);
    const pair = TlsOrigin.failover(own, SECOND());
    expect(pair.originRequestPolicy).toBe(ALL_VIEWER_EXCEPT_HOST_HEADER);
    withPair(pair, {}, stack);
    rendered(stack).resourceCountIs('AWS::CloudFront::VpcOrigin', 1);
    expect(findingsOf(stack)).toEqual([]);
  });

  test('may share an origin with another behavior', () => {
    const stack = stackIn('us-east-1');
    const first = FIRST();
    define(stack, {
      defaultBehavior: { origin: TlsOrigin.failover(first, SECOND()) },
      additionalBehaviors: {
        '/api/*': { origin: first, allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL },
      },
    });
    expect(findingsOf(stack)).toEqual([]);
  });
});

describe('a pair of origins is refused', () => {
  test('where viewers can write, which CloudFront tries once only', () => {
    expect(() => withPair(pairOfHosts(), { allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL })).toThrow(
      "Stack/Edge: 'allowedMethods' must hold no writes where the origin fails over, which CloudFront does for reading only, serve writes below a path with a single origin",
    );
  });

  test.each([
    [
      [],
      "'statusCodes' must hold at least one of 403, 404, 500, 502, 503, 504, leave it out for 500, 502, 503, 504",
    ],
    [
      [503, 418],
      "'statusCodes[1]' must be one of 403, 404, 500, 502, 503, 504, got 418, CloudFront fails over upon no other",
    ],
  ])('with the answers %j', (statusCodes, message) => {
    expect(() => withPair(pairOfHosts({ statusCodes }))).toThrow(`Stack/Edge/Resource/Origin1: ${message}`);
  });

  test.each([
    ['first', () => TlsOrigin.failover(pairOfHosts(), FIRST())],
    ['second', () => TlsOrigin.failover(FIRST(), pairOfHosts())],
  ])('with another pair as the %s', (_, make) => {
    expect(() => withPair(make())).toThrow(
      'Stack/Edge/Resource/Origin1: an origin that fails over must have two single origins, got a pair as one of them, CloudFront knows no third one',
    );
  });

  test('with the same origin twice', () => {
    const origin = FIRST();
    expect(() => withPair(TlsOrigin.failover(origin, origin))).toThrow(
      'Stack/Edge/Resource/Origin1: an origin must fail over to another one, got the same twice, name the other',
    );
  });
});
