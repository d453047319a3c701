import { readFileSync } from 'node:fs';
import path from 'node:path';
import { page, render } from '../../tools/generate/costs';
import { CONSTRUCT_SAMPLES } from '../_fixtures/construct-samples';
import { resourcesAdded, sampleApp, type TemplateResource } from '../_fixtures/construct-samples/synthesise';
import { PRICES } from '../_fixtures/prices';
import { costOf } from '../_fixtures/prices/cost';

const resource = (type: string, properties: Record<string, unknown> = {}): TemplateResource => ({
  logicalId: 'Resource',
  type,
  properties,
});
const monthly = (type: string, properties?: Record<string, unknown>) =>
  Number(costOf([resource(type, properties)]).monthly.toFixed(2));

describe('what constructs cost at rest', () => {
  const { app, built } = sampleApp(CONSTRUCT_SAMPLES);
  const assembly = app.synth();
  const added = built.flatMap((each) =>
    resourcesAdded(each, assembly.getStackArtifact(each.stack.artifactId).template),
  );
  const types = new Set(added.map(({ type }) => type));

  test('is known for every type of resource that one of them makes', () => {
    expect([...types].filter((type) => !PRICES.has(type))).toEqual([]);
  });

  test('is listed for no type that none of them makes', () => {
    expect([...PRICES.keys()].filter((type) => !types.has(type))).toEqual([]);
  });

  test('is added up of what they make, without what they stand beside', () => {
    const costs = new Map(
      built.map((each) => [
        each.title,
        costOf(resourcesAdded(each, assembly.getStackArtifact(each.stack.artifactId).template)).monthly,
      ]),
    );
    // 0.0225 USD for 730 hours: the bucket for logs costs nothing at rest, and the network is not its own.
    expect(costs.get('TlsLoadBalancer')).toBeCloseTo(16.425, 3);
    // Five for the ACL, four groups of rules, and one for the rate.
    expect(costs.get('WebAcl')).toBe(10);
    expect(costs.get('HttpsTargetGroup')).toBe(0);
    // A key that signs, a key for the topic, two alarms.
    expect(costs.get('ZoneSigning')).toBeCloseTo(2.2, 3);
  });
});

describe('a price', () => {
  test.each<[string, string, Record<string, unknown>, number]>([
    [
      'of a load balancer inside',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      { Scheme: 'internal', Subnets: ['a', 'b'] },
      16.43,
    ],
    [
      'of one with two public addresses',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      { Scheme: 'internet-facing', Subnets: ['a', 'b'] },
      23.73,
    ],
    [
      'of an endpoint in two zones',
      'AWS::EC2::VPCEndpoint',
      { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b'] },
      14.6,
    ],
    ['of a gateway endpoint', 'AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }, 0],
    ['of a web ACL with three rules', 'AWS::WAFv2::WebACL', { Rules: [{}, {}, {}] }, 8],
    ['of a database that waits', 'AWS::RDS::DBInstance', { DBInstanceClass: 'db.serverless' }, 43.8],
    ['of a bucket', 'AWS::S3::Bucket', {}, 0],
  ])('%s', (_, type, properties, expected) => {
    expect(monthly(type, properties)).toBe(expected);
  });

  test('that was not found is no zero', () => {
    const { parts } = costOf([resource('AWS::ECS::Service'), resource('AWS::KMS::Key')]);
    expect(parts).toEqual([
      { type: 'AWS::KMS::Key', count: 1, monthly: 1 },
      { type: 'AWS::ECS::Service', count: 1, monthly: undefined },
    ]);
  });

  test.each(['AWS::Neptune::DBCluster'])('of %s is not guessed', (type) => {
    expect(() => costOf([resource(type)])).toThrow(`${type} has no price`);
  });

  test('of another instance of a database is not guessed', () => {
    expect(() => monthly('AWS::RDS::DBInstance', { DBInstanceClass: 'db.r8g.large' })).toThrow(
      'db.r8g.large',
    );
  });
});

test('the page of costs is what its generator makes', () => {
  expect(readFileSync(path.resolve(__dirname, '../..', page), 'utf8')).toBe(render());
});
