import type { App, JsonMap } from '../../lib/judge/template';
import { QUOTAS } from '../../lib/preflight/quota-table';
import { quotasOf } from '../../lib/preflight/quotas';
import { lines, stackOf, stacksOf } from './support';

function many(count: number, type: string, properties: JsonMap = {}): JsonMap {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `R${type.replaceAll(':', '')}${i}`,
      { Type: type, Properties: properties },
    ]),
  );
}

function useOf(app: App, quota: string) {
  return quotasOf(app)
    .found.filter((use) => use.quota === quota)
    .map(({ region, of, count }) => [region, of, count]);
}

describe('a quota', () => {
  test.each([
    [3, []],
    [
      4,
      [
        'warns quotas eu-west-1: the templates make 4 where the default quota is 5: VPCs per Region, and the account may have some already',
      ],
    ],
    [6, ['warns quotas eu-west-1: the templates make 6 where the default quota is 5: VPCs per Region']],
  ])('that AWS raises on request is a warning: %d VPCs', (count, expected) => {
    expect(lines(quotasOf(stackOf(many(count, 'AWS::EC2::VPC'))).obstacles)).toEqual(expected);
  });

  test('that AWS never raises blocks beyond it', () => {
    const obstacles = (count: number) =>
      lines(quotasOf(stackOf(many(count, 'AWS::CloudTrail::Trail'))).obstacles);
    expect(obstacles(6)).toEqual([
      'blocks quotas eu-west-1: the templates make 6 where the fixed quota is 5: Trails per Region',
    ]);
    expect(obstacles(5)).toEqual([expect.stringMatching(/^warns /)]);
  });

  test('is counted region by region, or once for what is of the account', () => {
    const resources = { ...many(1, 'AWS::EC2::VPC'), ...many(1, 'AWS::CloudFront::Distribution') };
    const app = stacksOf({ A: { resources }, B: { resources, region: 'us-east-1' }, C: { resources } });
    expect(useOf(app, 'VPCs per Region')).toEqual([
      ['eu-west-1', undefined, 2],
      ['us-east-1', undefined, 1],
    ]);
    expect(useOf(app, 'Distributions per AWS account')).toEqual([['global', undefined, 3]]);
  });

  test('says what prints that of the account', () => {
    const [use] = quotasOf(stackOf(many(1, 'AWS::EC2::VPC'))).found;
    expect(use?.check).toBe(
      `aws service-quotas list-service-quotas --service-code vpc --query "Quotas[?QuotaName=='VPCs per Region'].Value" --output text --region eu-west-1`,
    );
  });

  test('has a source, and stands in the table once', () => {
    expect(new Set(QUOTAS.map(({ quota }) => quota)).size).toBe(QUOTAS.length);
    for (const { source } of QUOTAS) expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+\.html$/);
  });
});

describe('what is counted for each of several', () => {
  test('NAT gateways, for each availability zone', () => {
    const subnet = (index: number) => ({
      Type: 'AWS::EC2::Subnet',
      Properties: { AvailabilityZone: { 'Fn::Select': [index, { 'Fn::GetAZs': '' }] } },
    });
    const nat = (id: string) => ({ Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: id } } });
    const app = stackOf({
      S0: subnet(0),
      S1: subnet(1),
      S2: subnet(0),
      A: nat('S0'),
      B: nat('S1'),
      C: nat('S2'),
    });
    expect(useOf(app, 'NAT gateways per Availability Zone')).toEqual([
      ['eu-west-1', 'availability zone 1', 2],
      ['eu-west-1', 'availability zone 2', 1],
    ]);
  });

  test('endpoints: interfaces for each VPC, gateways for the region', () => {
    const endpoint = (VpcEndpointType?: string) => ({
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: { VpcId: { Ref: 'V' }, ...(VpcEndpointType === undefined ? {} : { VpcEndpointType }) },
    });
    const app = stackOf({
      V: { Type: 'AWS::EC2::VPC' },
      A: endpoint('Interface'),
      B: endpoint('Gateway'),
      C: endpoint(),
    });
    expect(useOf(app, 'Interface and Gateway Load Balancer endpoints per VPC')).toEqual([
      ['eu-west-1', 'Shop/V', 1],
    ]);
    expect(useOf(app, 'Gateway VPC endpoints per Region')).toEqual([['eu-west-1', undefined, 2]]);
  });

  test('names of a certificate, of which the first may be repeated', () => {
    const Cert = {
      Type: 'AWS::CertificateManager::Certificate',
      Properties: {
        DomainName: 'a.example.com',
        SubjectAlternativeNames: ['a.example.com', 'b.example.com'],
      },
    };
    expect(useOf(stackOf({ Cert }), 'Number of domain names per ACM certificate')).toEqual([
      ['eu-west-1', 'Shop/Cert', 2],
    ]);
  });

  test('certificates of a load balancer, over all its listeners and without the default ones', () => {
    const listener = {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: { LoadBalancerArn: { Ref: 'B' } },
    };
    const extra = (id: string, count: number) => ({
      Type: 'AWS::ElasticLoadBalancingV2::ListenerCertificate',
      Properties: {
        ListenerArn: { Ref: id },
        Certificates: Array.from({ length: count }, (_, i) => ({ CertificateArn: `arn:${id}:${i}` })),
      },
    });
    const app = stackOf({
      B: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
      L: listener,
      M: listener,
      X: extra('L', 24),
      Y: extra('M', 2),
    });
    const { obstacles } = quotasOf(app);
    expect(lines(obstacles)).toEqual([
      'warns quotas Shop/B: the templates make 26 where the default quota is 25: Certificates per Application Load Balancer (excluding default certificates)',
    ]);
  });

  test('network load balancers are none of the application ones', () => {
    const balancer = (Type?: string) => ({
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: Type === undefined ? {} : { Type },
    });
    const app = stackOf({ A: balancer(), B: balancer('application'), C: balancer('network') });
    expect(useOf(app, 'Application Load Balancers per Region')).toEqual([['eu-west-1', undefined, 2]]);
  });

  test('resources of a template, of which 500 are the most', () => {
    const { obstacles } = quotasOf(stackOf(many(501, 'AWS::SNS::Topic')));
    expect(lines(obstacles)).toEqual([
      'blocks quotas Shop: the templates make 501 where the fixed quota is 500: Resources in one template',
    ]);
  });
});

test('what another app deploys takes nothing', () => {
  const app = stacksOf({
    Shop: {},
    Platform: { isReference: true, resources: many(6, 'AWS::CloudTrail::Trail') },
  });
  expect(quotasOf(app).found).toEqual([]);
});
