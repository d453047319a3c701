import { digestOf } from '../../../lib/judge/statement';
import { App, type JsonMap } from '../../../lib/judge/template';
import { certificate, distribution, loadBalancer, statedOf, statedOfApp } from './support';

const CERTIFICATE = { Certificate: certificate('shop.example.com') };
const HIDDEN = { Parameters: { Hidden: { Type: 'String' } } };

const endpointOf = (resources: JsonMap, parts = {}) => {
  const { endpoints } = statedOf(resources, parts);
  expect(endpoints).toHaveLength(1);
  return endpoints[0];
};

describe('an endpoint', () => {
  test('of CloudFront states all that viewers get', () => {
    const headers = {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: 'headers',
          SecurityHeadersConfig: {
            StrictTransportSecurity: {
              AccessControlMaxAgeSec: 63_072_000,
              IncludeSubdomains: true,
              Preload: true,
              Override: true,
            },
          },
        },
      },
    };
    const behavior = {
      TargetOriginId: 'o',
      ViewerProtocolPolicy: 'redirect-to-https',
      ResponseHeadersPolicyId: { Ref: 'Headers' },
    };
    const edge = distribution({ DefaultCacheBehavior: behavior });
    expect(endpointOf({ ...CERTIFICATE, Edge: edge, Headers: headers })).toEqual({
      kind: 'cloudfront.viewer',
      count: 1,
      hosts: ['shop.example.com', 'www.example.com'],
      travels: 'encrypted-and-authenticated',
      plaintext: 'redirected',
      tls: { oldest: 'TLSv1.2', newest: 'TLSv1.3' },
      forwardSecrecy: 'always',
      keyAgreement: expect.stringMatching(/^(post-quantum-hybrid|classical)$/),
      hsts: { maxAgeSeconds: 63_072_000, includeSubdomains: true, preload: true },
      certificates: [{ issuer: 'amazon', validation: 'dns' }],
      clientCertificates: 'none',
      onward: 'encrypted-and-authenticated',
    });
  });

  test('of a load balancer is all of its listeners, and what goes on from there in clear', () => {
    expect(endpointOf({ ...CERTIFICATE, ...loadBalancer() })).toMatchObject({
      kind: 'elbv2.listener',
      hosts: ['shop.example.com'],
      travels: 'encrypted-and-authenticated',
      plaintext: 'redirected',
      tls: { oldest: 'TLSv1.2', newest: 'TLSv1.3' },
      hsts: 'none',
      onward: 'in-clear',
    });
  });

  test('that only redirects carries no data, and is not called encrypted', () => {
    const { Balancer, Http } = loadBalancer();
    const endpoint = endpointOf({ Balancer, Http } as JsonMap);
    expect(endpoint).toMatchObject({ travels: 'no-data', plaintext: 'redirected', certificates: [] });
    expect(endpoint).not.toHaveProperty('tls');
  });

  test('is none where only the network reaches it; its hops are counted', () => {
    const { endpoints, furtherHops } = statedOf({ ...CERTIFICATE, ...loadBalancer('internal') });
    expect(endpoints).toEqual([]);
    expect(furtherHops).toEqual({
      'in-clear': 1,
      'not-known': 0,
      'up-to-receiver': 0,
      'passed-on': 0,
      encrypted: 0,
      'encrypted-and-authenticated': 1,
      mayNegotiateBelowTls12: 0,
    });
  });

  test('that serves plaintext says so, whatever else it does', () => {
    const behavior = { TargetOriginId: 'o', ViewerProtocolPolicy: 'allow-all', PathPattern: '/open/*' };
    const edge = distribution({ CacheBehaviors: [behavior] });
    expect(endpointOf({ ...CERTIFICATE, Edge: edge })).toMatchObject({
      travels: 'in-clear',
      plaintext: 'served',
    });
  });

  test('refuses plaintext where every behavior does', () => {
    const DefaultCacheBehavior = { TargetOriginId: 'o', ViewerProtocolPolicy: 'https-only' };
    expect(endpointOf({ ...CERTIFICATE, Edge: distribution({ DefaultCacheBehavior }) })?.plaintext).toBe(
      'refused',
    );
  });

  test('is not known where the template hides it, and never fine', () => {
    const hidden = { Ref: 'Hidden' };
    const edge = distribution({
      Aliases: [hidden],
      DefaultCacheBehavior: {
        TargetOriginId: 'o',
        ViewerProtocolPolicy: hidden,
        ResponseHeadersPolicyId: hidden,
      },
      ViewerCertificate: { AcmCertificateArn: hidden, MinimumProtocolVersion: hidden },
    });
    expect(endpointOf({ Edge: edge }, HIDDEN)).toMatchObject({
      hosts: [],
      moreHosts: true,
      plaintext: 'not-known',
      tls: { oldest: 'not-known', newest: 'not-known' },
      forwardSecrecy: 'not-known',
      keyAgreement: 'not-known',
      hsts: 'not-known',
      certificates: [{ issuer: 'not-known' }],
    });
  });

  test('is not known where nobody has classified its TLS policy', () => {
    const ViewerCertificate = { AcmCertificateArn: { Ref: 'Certificate' }, MinimumProtocolVersion: 'TLSv9' };
    expect(endpointOf({ ...CERTIFICATE, Edge: distribution({ ViewerCertificate }) })?.tls).toEqual({
      oldest: 'not-known',
      newest: 'not-known',
    });
  });

  test('states the weakest of what conditions choose from', () => {
    const ViewerCertificate = {
      AcmCertificateArn: { Ref: 'Certificate' },
      MinimumProtocolVersion: { 'Fn::If': ['Old', 'TLSv1', 'TLSv1.2_2021'] },
    };
    const parts = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['dev', 'prod'] } },
      Conditions: { Old: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] } },
    };
    expect(endpointOf({ ...CERTIFICATE, Edge: distribution({ ViewerCertificate }) }, parts)).toMatchObject({
      tls: { oldest: 'TLSv1.0' },
      forwardSecrecy: 'not-always',
    });
  });

  test('says that clients must present a certificate only where all must', () => {
    const edge = (more: JsonMap) => ({ ...CERTIFICATE, Edge: distribution(more) });
    expect(endpointOf(edge({ ViewerMtlsConfig: { Mode: 'required' } }))?.clientCertificates).toBe('required');
    expect(endpointOf(edge({ ViewerMtlsConfig: { Mode: 'optional' } }))?.clientCertificates).toBe('optional');
    expect(endpointOf(edge({}))?.clientCertificates).toBe('none');
  });
});

describe('a certificate', () => {
  const issuersOf = (more: JsonMap, viewer: JsonMap = { AcmCertificateArn: { Ref: 'Certificate' } }) =>
    endpointOf({
      Certificate: certificate('shop.example.com', more),
      Edge: distribution({ ViewerCertificate: viewer }),
    })?.certificates;

  test.each<[string, JsonMap, JsonMap | undefined, object]>([
    [
      'that Amazon issues after an e-mail',
      { ValidationMethod: 'EMAIL' },
      undefined,
      { issuer: 'amazon', validation: 'email' },
    ],
    [
      'of a private authority',
      { CertificateAuthorityArn: 'arn:aws:acm-pca:x' },
      undefined,
      { issuer: 'private-authority' },
    ],
    [
      'that CloudFront has for its own name',
      {},
      { CloudFrontDefaultCertificate: true },
      { issuer: 'amazon' },
    ],
    [
      'known by its ARN alone, since it may be imported',
      {},
      { AcmCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1' },
      { issuer: 'not-known' },
    ],
    ['that IAM keeps', {}, { IamCertificateId: 'ASCA1' }, { issuer: 'not-known' }],
  ])('%s', (_, more, viewer, expected) => {
    expect(issuersOf(more, viewer)).toEqual([expected]);
  });
});

describe('names', () => {
  const balancer = loadBalancer();
  const record = (name: string, zone: string) => ({
    Type: 'AWS::Route53::RecordSet',
    Properties: {
      Name: name,
      Type: 'A',
      HostedZoneId: zone.startsWith('Z1') ? zone : { Ref: zone },
      AliasTarget: { DNSName: { 'Fn::GetAtt': ['Balancer', 'DNSName'] }, HostedZoneId: 'Z2' },
    },
  });
  const zones: JsonMap = {
    Public: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.com' } },
    Private: {
      Type: 'AWS::Route53::HostedZone',
      Properties: { Name: 'corp.example', VPCs: [{ VPCId: 'vpc-1', VPCRegion: 'eu-west-1' }] },
    },
  };
  const hostsOf = (more: JsonMap, properties: JsonMap = {}) =>
    endpointOf({ Certificate: certificate('pay.example.com', properties), ...balancer, ...zones, ...more })
      ?.hosts;

  test('of a public zone of the app are public', () => {
    expect(hostsOf({ Record: record('api.example.com.', 'Public') })).toEqual(['api.example.com']);
  });

  test.each(['Private', 'Z111'])('of a zone that may be internal stay out: %s', (zone) => {
    expect(hostsOf({ Record: record('ledger.corp.example.', zone) })).toEqual(['pay.example.com']);
  });

  test('of a public certificate stand in for those that nobody says', () => {
    expect(hostsOf({}, { SubjectAlternativeNames: ['*.pay.example.com', 'PAY.example.com'] })).toEqual([
      '*.pay.example.com',
      'pay.example.com',
    ]);
  });

  test.each<[string, JsonMap]>([
    ['of a private authority', { CertificateAuthorityArn: 'arn:aws:acm-pca:x' }],
    ['that is in no transparency log', { CertificateTransparencyLoggingPreference: 'DISABLED' }],
  ])('of a certificate %s stay out', (_, properties) => {
    expect(hostsOf({}, properties)).toEqual([]);
  });

  test.each([
    '<script>',
    'a b.example.com',
    '\u202Emoc.elpmaxe',
    '10.0.0.1',
    'localhost',
    'x'.repeat(64).concat('.example.com'),
  ])('that are no public names are not printed: %j', (name) => {
    expect(endpointOf({ ...CERTIFICATE, Edge: distribution({ Aliases: [name] }) })).toMatchObject({
      hosts: [],
      moreHosts: true,
    });
  });
});

describe('a statement', () => {
  const shop: JsonMap = { ...CERTIFICATE, ...loadBalancer() };

  test('joins endpoints that are alike, and tells others apart', () => {
    const { endpoints } = statedOf({
      ...CERTIFICATE,
      One: distribution({ Aliases: ['b.example.com'] }),
      Two: distribution({ Aliases: ['a.example.com'] }),
      Three: distribution({
        Aliases: ['c.example.com'],
        HttpVersion: 'http2',
        ViewerMtlsConfig: { Mode: 'required' },
      }),
    });
    expect(endpoints.map(({ count, hosts }) => [count, hosts])).toEqual(
      expect.arrayContaining([
        [2, ['a.example.com', 'b.example.com']],
        [1, ['c.example.com']],
      ]),
    );
    expect(endpoints).toHaveLength(2);
  });

  test('holds nothing of the inside: no logical id, ARN, account, region or origin', () => {
    const text = JSON.stringify(
      statedOf({
        ...CERTIFICATE,
        SecretEdge: distribution(),
        ...loadBalancer(),
        Data: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'ledger-of-alice' } },
      }),
    );
    expect(text).not.toMatch(/SecretEdge|Balancer|arn:|internal\.example|ledger|eu-west-1|Stack|\d{12}/);
  });

  test('does not change with names of resources or their order', () => {
    const renamed = JSON.parse(
      JSON.stringify(shop).replaceAll('"Balancer"', '"Entry"').replaceAll('"Targets"', '"Group"'),
    );
    const turned = Object.fromEntries(Object.entries(renamed as JsonMap).reverse()) as JsonMap;
    expect(digestOf(statedOf(turned))).toBe(digestOf(statedOf(shop)));
  });

  test.each<[string, (edited: JsonMap) => JsonMap]>([
    [
      'another TLS policy',
      (it) => change(it, 'ELBSecurityPolicy-TLS13-1-2-2021-06', 'ELBSecurityPolicy-2016-08'),
    ],
    ['another name', (it) => change(it, 'shop.example.com', 'shop2.example.com')],
    [
      'encrypted targets',
      (it) =>
        change(it, '"Protocol":"HTTP","Port":80,"TargetType"', '"Protocol":"HTTPS","Port":443,"TargetType"'),
    ],
    ['one more store', (it) => ({ ...it, Data: { Type: 'AWS::DynamoDB::Table', Properties: {} } })],
    [
      'one resource more that nobody judges',
      (it) => ({ ...it, Code: { Type: 'AWS::Lambda::Function', Properties: {} } }),
    ],
  ])('has another digest for %s', (_, edit) => {
    expect(digestOf(statedOf(edit(shop)))).not.toBe(digestOf(statedOf(shop)));
  });

  function change(resources: JsonMap, from: string, to: string): JsonMap {
    const text = JSON.stringify(resources);
    expect(text).toContain(from);
    return JSON.parse(text.replace(from, to));
  }

  test('counts stores by their keys, the weakest where conditions choose', () => {
    const key = { Key: { Type: 'AWS::KMS::Key', Properties: {} } };
    const table = (sse: JsonMap | undefined) => ({
      Type: 'AWS::DynamoDB::Table',
      Properties: sse === undefined ? {} : { SSESpecification: sse },
    });
    const { stores } = statedOf({
      ...key,
      Plain: table(undefined),
      Own: table({ SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { Ref: 'Key' } }),
      Managed: table({ SSEEnabled: true }),
    });
    expect(stores).toEqual({ ownKey: 1, awsManagedKey: 1, serviceKey: 1, notEncrypted: 0, notKnown: 0 });
  });

  test('counts endpoints of AWS by whether they refuse plaintext', () => {
    const { awsEndpoints, endpoints } = statedOf({ Open: { Type: 'AWS::S3::Bucket', Properties: {} } });
    expect({ awsEndpoints, endpoints }).toEqual({
      awsEndpoints: { total: 1, refusePlaintext: 0 },
      endpoints: [],
    });
  });

  test('says what nobody has judged', () => {
    const { notJudged } = statedOf(
      {
        Code: { Type: 'AWS::Lambda::Function', Properties: {} },
        Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: {} },
      },
      { Transform: 'SomeMacro' },
    );
    expect(notJudged).toEqual({ resources: 1, parts: 1 });
  });

  test('leaves out what another app deploys', () => {
    const json = { Resources: { ...CERTIFICATE, Edge: distribution() } } as unknown as JsonMap;
    const app = new App([{ name: 'Baseline', json, isReference: true }]);
    expect(statedOfApp(app)).toEqual(statedOf({}));
  });
});
