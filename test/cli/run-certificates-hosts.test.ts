import { servedEndpoints } from '../../lib/cli/run-certificates-hosts';
import { App } from '../../lib/judge/template';

const ARN = 'arn:aws:acm:eu-west-1:111122223333:certificate/one';
const ELB = 'AWS::ElasticLoadBalancingV2';

function endpoints(resources: Readonly<Record<string, object>>, more: object = {}) {
  const json = { Resources: resources, ...more };
  return servedEndpoints(
    new App([{ name: 'Shop', region: 'eu-west-1', json: JSON.parse(JSON.stringify(json)) }]),
  );
}

const of = (type: string, properties: object) => ({ Type: type, Properties: properties });

test.each<[string, object, string[], string]>([
  [
    'AWS::CloudFront::Distribution',
    {
      DistributionConfig: {
        Aliases: ['a.example.com', 'B.example.com'],
        ViewerCertificate: { AcmCertificateArn: ARN },
      },
    },
    ['a.example.com', 'b.example.com'],
    'us-east-1',
  ],
  [
    'AWS::ApiGateway::DomainName',
    { DomainName: 'a.example.com', RegionalCertificateArn: ARN },
    ['a.example.com'],
    'eu-west-1',
  ],
  [
    'AWS::ApiGateway::DomainNameV2',
    { DomainName: 'a.example.com', CertificateArn: ARN },
    ['a.example.com'],
    'eu-west-1',
  ],
  [
    'AWS::ApiGatewayV2::DomainName',
    { DomainName: 'a.example.com', DomainNameConfigurations: [{ CertificateArn: ARN }] },
    ['a.example.com'],
    'eu-west-1',
  ],
  [
    'AWS::AppSync::DomainName',
    { DomainName: 'a.example.com', CertificateArn: ARN },
    ['a.example.com'],
    'us-east-1',
  ],
  [
    'AWS::Cognito::UserPoolDomain',
    { Domain: 'a.example.com', CustomDomainConfig: { CertificateArn: ARN } },
    ['a.example.com'],
    'us-east-1',
  ],
  [
    'AWS::OpenSearchService::Domain',
    { DomainEndpointOptions: { CustomEndpoint: 'a.example.com', CustomEndpointCertificateArn: ARN } },
    ['a.example.com'],
    'eu-west-1',
  ],
  [
    'AWS::VpcLattice::Service',
    { CustomDomainName: 'a.example.com', CertificateArn: ARN },
    ['a.example.com'],
    'eu-west-1',
  ],
])('%s names its hosts and its certificate', (type, properties, hosts, region) => {
  expect(endpoints({ It: of(type, properties) })).toEqual([
    { place: 'Shop/It', hosts, region, certificateArns: [ARN], certificateNames: [] },
  ]);
});

test('a load balancer serves what its rules ask for and what records lead to it, with all its certificates', () => {
  const resources = {
    Certificate: of('AWS::CertificateManager::Certificate', { DomainName: 'Shop.example.com' }),
    Web: of(`${ELB}::LoadBalancer`, { Name: 'web' }),
    Listener: of(`${ELB}::Listener`, {
      LoadBalancerArn: { Ref: 'Web' },
      Certificates: [{ CertificateArn: { Ref: 'Certificate' } }],
    }),
    More: of(`${ELB}::ListenerCertificate`, {
      ListenerArn: { Ref: 'Listener' },
      Certificates: [{ CertificateArn: ARN }],
    }),
    Rule: of(`${ELB}::ListenerRule`, {
      ListenerArn: { Ref: 'Listener' },
      Conditions: [
        {
          Field: 'host-header',
          HostHeaderConfig: { Values: ['api.example.com', 'x?.example.com', '*.shop.example.com'] },
        },
        { Field: 'path-pattern', Values: ['/*'] },
      ],
    }),
    Record: of('AWS::Route53::RecordSet', {
      Name: 'shop.example.com.',
      AliasTarget: { DNSName: { 'Fn::Join': ['', ['dualstack.', { 'Fn::GetAtt': ['Web', 'DNSName'] }]] } },
    }),
    Elsewhere: of('AWS::Route53::RecordSet', {
      Name: 'other.example.com',
      AliasTarget: { DNSName: 'other.example.net' },
    }),
  };
  expect(endpoints(resources)).toEqual([
    {
      place: 'Shop/Web',
      hosts: ['*.shop.example.com', 'api.example.com', 'shop.example.com'],
      region: 'eu-west-1',
      certificateArns: [ARN],
      certificateNames: ['shop.example.com'],
      loadBalancerName: 'web',
    },
  ]);
});

test('what has no host of its own, no certificate, or does not exist is left out', () => {
  const hidden = {
    ...of('AWS::ApiGateway::DomainNameV2', { DomainName: 'b.example.com', CertificateArn: ARN }),
    Condition: 'Never',
  };
  const conditions = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };
  const resources = {
    Bare: of('AWS::CloudFront::Distribution', {
      DistributionConfig: { ViewerCertificate: { CloudFrontDefaultCertificate: true } },
    }),
    Plain: of(`${ELB}::LoadBalancer`, {}),
    Hidden: hidden,
    NotMade: of('AWS::Cognito::UserPoolDomain', { Domain: 'auth' }),
  };
  expect(endpoints(resources, conditions)).toEqual([]);
});
