import type { JsonMap } from '../../lib/judge/template';
import { wrongRegions } from '../../lib/preflight/regions';
import { deployed, lines, stackOf } from './support';

const KINDS: readonly [string, JsonMap, where: string][] = [
  [
    'a web ACL for CloudFront',
    { Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Scope: 'CLOUDFRONT' } } },
    'Acl',
  ],
  [
    'the certificate of a distribution',
    {
      Cert: { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'a.example.com' } },
      Cdn: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: { DistributionConfig: { ViewerCertificate: { AcmCertificateArn: { Ref: 'Cert' } } } },
      },
    },
    'Cert',
  ],
  [
    'the key that signs a zone',
    {
      Key: { Type: 'AWS::KMS::Key', Properties: {} },
      Ksk: {
        Type: 'AWS::Route53::KeySigningKey',
        Properties: { KeyManagementServiceArn: { 'Fn::GetAtt': ['Key', 'Arn'] } },
      },
    },
    'Key',
  ],
  [
    'the delivery of logs of a distribution',
    {
      Cdn: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: {} } },
      Source: {
        Type: 'AWS::Logs::DeliverySource',
        Properties: {
          ResourceArn: {
            'Fn::Sub': 'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Cdn}',
          },
        },
      },
    },
    'Source',
  ],
];

describe('what works in us-east-1 only', () => {
  test.each(KINDS)('is told elsewhere: %s', (_, resources, where) => {
    const found = wrongRegions(stackOf(resources), [deployed('Shop')]);
    expect(lines(found)).toEqual([
      expect.stringMatching(new RegExp(`^blocks regions Shop/${where}: must be in us-east-1`)),
    ]);
    expect(lines(found)[0]).toMatch(/but its stack is in eu-west-1$/);
  });

  test.each(KINDS)('is told once where the stack has no region: %s', (_, resources) => {
    const found = wrongRegions(stackOf(resources, { region: undefined }), [
      deployed('Shop', { region: undefined }),
    ]);
    expect(lines(found)).toEqual([expect.stringMatching(/^blocks regions .* but its stack has no region$/)]);
  });

  test.each(KINDS)('is fine there: %s', (_, resources) => {
    const app = stackOf(resources, { region: 'us-east-1' });
    expect(wrongRegions(app, [deployed('Shop', { region: 'us-east-1' })])).toEqual([]);
  });
});

test('a stack without a region is told, since the credentials would decide', () => {
  const app = stackOf({ Topic: { Type: 'AWS::SNS::Topic' } }, { region: undefined });
  expect(lines(wrongRegions(app, [deployed('Shop', { region: undefined })]))).toEqual([
    'warns regions Shop: has no region: it is deployed to whichever region the credentials of the day name',
  ]);
});

test('a web ACL of a region may be anywhere', () => {
  const app = stackOf({ Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Scope: 'REGIONAL' } } });
  expect(wrongRegions(app, [deployed('Shop')])).toEqual([]);
});
