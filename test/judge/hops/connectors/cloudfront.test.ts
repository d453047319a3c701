import type { Hop, HopKind } from '../../../../lib/judge/hops';
import { cloudFront } from '../../../../lib/judge/hops/connectors/cloudfront';
import type { JsonMap } from '../../../../lib/judge/template';
import { factsOf, hopsOf, type TemplateParts } from '../../support';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const CERTIFICATE = 'arn:aws:acm:us-east-1:1:certificate/x';

const distribution = (config: JsonMap): JsonMap => ({
  Cdn: {
    Type: DISTRIBUTION,
    Properties: {
      DistributionConfig: {
        DefaultCacheBehavior: { TargetOriginId: 'site', ViewerProtocolPolicy: 'https-only' },
        ...config,
      },
    },
  },
});

const hops = (kind: HopKind, config: JsonMap, more: JsonMap = {}, parts?: TemplateParts): readonly Hop[] =>
  hopsOf(factsOf(cloudFront, { ...distribution(config), ...more }, parts), kind);

const first = (...args: Parameters<typeof hops>): Hop => {
  const [hop] = hops(...args);
  if (hop === undefined) throw new Error('expected a hop');
  return hop;
};

const behaviour = (policy: unknown, more: JsonMap = {}) =>
  ({ DefaultCacheBehavior: { TargetOriginId: 'site', ViewerProtocolPolicy: policy, ...more } }) as JsonMap;

describe('viewers', () => {
  const viewers = (config: JsonMap) =>
    hops('cloudfront.viewer', config).map(({ label, protocol }) => [label, protocol.value]);

  test('get what the behaviour says, and always TLS', () => {
    expect(viewers(behaviour('https-only'))).toEqual([['default (*)', 'tls']]);
    expect(viewers(behaviour('allow-all'))).toEqual([['default (*)', 'tls-or-plaintext']]);
    expect(viewers(behaviour('redirect-to-https'))).toEqual([
      ['default (*)', 'tls'],
      ['default (*), in clear', 'redirect-to-tls'],
    ]);
  });

  test('get TLS beside something unknown where the policy is hidden, so that the TLS policy is judged all the same', () => {
    expect(viewers(behaviour({ 'Fn::ImportValue': 'x' }))).toEqual([
      ['default (*)', 'tls'],
      ['default (*), in clear', undefined],
    ]);
  });

  test('are told path by path, with the index of the template', () => {
    const found = hops('cloudfront.viewer', {
      CacheBehaviors: [
        { PathPattern: '/a/*', TargetOriginId: 'site', ViewerProtocolPolicy: 'https-only' },
        { PathPattern: '/b/*', TargetOriginId: 'site', ViewerProtocolPolicy: 'allow-all' },
      ],
    });
    expect(found.map(({ label }) => label)).toEqual(['default (*)', '/a/*', '/b/*']);
    expect(found[2]?.protocol).toMatchObject({
      value: 'tls-or-plaintext',
      path: 'Properties.DistributionConfig.CacheBehaviors.1.ViewerProtocolPolicy',
      got: 'allow-all',
    });
  });

  test('of hidden behaviours are unknown', () => {
    const found = viewers({ CacheBehaviors: { 'Fn::Transform': { Name: 'X' } } });
    expect(found).toContainEqual(['other behaviours, in clear', undefined]);
  });

  test('may come with certificates that have ended, where those are verified at all', () => {
    const expired = (ViewerMtlsConfig: JsonMap) =>
      first('cloudfront.viewer', { ViewerMtlsConfig }).takesExpiredClients;
    const TrustStoreConfig = { TrustStoreId: 'ts_1', IgnoreCertificateExpiry: true };
    expect(expired({ Mode: 'optional', TrustStoreConfig })).toMatchObject({
      value: true,
      path: 'Properties.DistributionConfig.ViewerMtlsConfig.TrustStoreConfig.IgnoreCertificateExpiry',
    });
    expect(expired({ TrustStoreConfig: { TrustStoreId: 'ts_1' } })).toMatchObject({
      value: false,
      given: false,
    });
    expect(expired({ Mode: 'passthrough', TrustStoreConfig })).toBeUndefined();
    expect(first('cloudfront.viewer', {}).takesExpiredClients).toBeUndefined();
  });

  test('may have fields encrypted, on their own behaviour only', () => {
    const Fields = {
      Type: 'AWS::CloudFront::FieldLevelEncryptionConfig',
      Properties: { ContentTypeProfileConfig: { ContentTypeProfiles: [{ ProfileId: 'P1' }] } },
    };
    const found = hops(
      'cloudfront.viewer',
      {
        CacheBehaviors: [
          {
            PathPattern: '/pay',
            TargetOriginId: 'site',
            ViewerProtocolPolicy: 'redirect-to-https',
            FieldLevelEncryptionId: { 'Fn::GetAtt': ['Fields', 'Id'] },
          },
        ],
      },
      { Fields },
    );
    expect(found.map(({ label, fieldEncryption }) => [label, fieldEncryption?.value])).toEqual([
      ['default (*)', undefined],
      ['/pay', 'always'],
      ['/pay, in clear', undefined],
    ]);
  });

  test('may write where the methods say so', () => {
    const writes = (methods: unknown) =>
      first('cloudfront.viewer', behaviour('https-only', { AllowedMethods: methods } as JsonMap))
        .acceptsWrites;
    expect(first('cloudfront.viewer', {}).acceptsWrites).toBe(false);
    expect(writes(['GET', 'HEAD', 'OPTIONS'])).toBe(false);
    expect(writes(['GET', 'POST'])).toBe(true);
    expect(writes(['GET', { 'Fn::ImportValue': 'm' }])).toBeUndefined();
  });

  test.each([
    ['required', 'mutual-tls'],
    ['optional', 'mutual-tls-optional'],
    ['passthrough', 'mutual-tls-optional'],
    [undefined, 'mutual-tls'],
  ])('with viewer mTLS of mode %s are authenticated by %s', (mode, expected) => {
    const ViewerMtlsConfig = mode === undefined ? { TrustStoreConfig: {} } : { Mode: mode };
    expect(first('cloudfront.viewer', { ViewerMtlsConfig }).clientAuthentication.value).toBe(expected);
  });
});

describe('the TLS policy towards viewers', () => {
  const viewer = (config: JsonMap, more?: JsonMap) => first('cloudfront.viewer', config, more);

  test('is TLSv1 without a certificate of its own, whatever the template says', () => {
    expect(viewer({}).tlsPolicy).toMatchObject({
      value: 'TLSv1',
      given: false,
      got: 'absent',
      path: 'Properties.DistributionConfig.ViewerCertificate',
    });
    const ViewerCertificate = { CloudFrontDefaultCertificate: true, MinimumProtocolVersion: 'TLSv1.3_2025' };
    expect(viewer({ ViewerCertificate }).tlsPolicy).toMatchObject({
      value: 'TLSv1',
      path: 'Properties.DistributionConfig.ViewerCertificate.CloudFrontDefaultCertificate',
    });
    expect(viewer({ ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.3_2025' } }).certificate.value).toBe(
      'service-default',
    );
  });

  test('is the one that stands beside a certificate', () => {
    const hop = viewer(
      { ViewerCertificate: { AcmCertificateArn: { Ref: 'Cert' }, MinimumProtocolVersion: 'TLSv1.2_2021' } },
      { Cert: { Type: 'AWS::CertificateManager::Certificate' } },
    );
    expect([hop.tlsPolicy.value, hop.certificate.value, hop.certificateResource?.logicalId]).toEqual([
      'TLSv1.2_2021',
      'acm',
      'Cert',
    ]);
  });

  test('is TLSv1 beside a certificate too where none is named', () => {
    expect(viewer({ ViewerCertificate: { AcmCertificateArn: CERTIFICATE } }).tlsPolicy).toMatchObject({
      value: 'TLSv1',
      path: 'Properties.DistributionConfig.ViewerCertificate.MinimumProtocolVersion',
    });
  });

  test('stands beside a certificate of ACM also where its ARN is hidden, since the property takes no other', () => {
    const ViewerCertificate = { AcmCertificateArn: { 'Fn::ImportValue': 'arn' } };
    expect(viewer({ ViewerCertificate }).certificate.value).toBe('acm');
  });

  test('stands beside a certificate of IAM', () => {
    const ViewerCertificate = { IamCertificateId: 'ASCA', MinimumProtocolVersion: 'TLSv1.2_2021' };
    expect(viewer({ ViewerCertificate }).certificate.value).toBe('iam-server-certificate');
  });

  test('is unknown where nobody can tell whether the default certificate is used', () => {
    const hop = viewer({ ViewerCertificate: { CloudFrontDefaultCertificate: { 'Fn::ImportValue': 'x' } } });
    expect([hop.tlsPolicy.unknown, hop.certificate.unknown]).toEqual([
      expect.any(String),
      expect.any(String),
    ]);
  });

  test('of a multi-tenant distribution is never taken from a default', () => {
    const hop = viewer({ ConnectionMode: 'tenant-only' });
    expect([hop.tlsPolicy.value, hop.certificate.value, hop.certificate.unknown]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(hop.tlsPolicy.unknown).toContain('tenants');
  });
});

describe('HSTS', () => {
  const hsts = (id: unknown, more: JsonMap = {}) =>
    first('cloudfront.viewer', behaviour('https-only', { ResponseHeadersPolicyId: id } as JsonMap), more)
      .hsts;
  const policy = (config: JsonMap) => ({
    Headers: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: { ResponseHeadersPolicyConfig: config },
    },
  });

  test.each([
    ['67f7725c-6f97-4210-82d7-5512b31e9d03'],
    ['e61eb60c-9c35-4d20-a928-2b84e02af89c'],
    ['eaab4381-ed33-4a86-88ca-d9558dc6cd63'],
  ])('comes with the managed policy %s, for a year and without subdomains', (id) => {
    expect(hsts(id)?.value).toEqual({ maxAgeSeconds: 31_536_000, includeSubdomains: false, preload: false });
  });

  test('does not come with the managed policies that are for CORS alone, nor without a policy', () => {
    expect(hsts('60669652-455b-4ae9-85a4-c4c02393f86c')?.value).toBe('none');
    expect(hsts({ Ref: 'AWS::NoValue' })).toMatchObject({
      value: 'none',
      path: 'Properties.DistributionConfig.DefaultCacheBehavior.ResponseHeadersPolicyId',
    });
  });

  test('is read from a policy of this app, at that policy', () => {
    const StrictTransportSecurity = { AccessControlMaxAgeSec: 600, IncludeSubdomains: true, Override: true };
    const found = hsts({ Ref: 'Headers' }, policy({ SecurityHeadersConfig: { StrictTransportSecurity } }));
    expect(found).toMatchObject({
      value: { maxAgeSeconds: 600, includeSubdomains: true, preload: false },
      path: 'Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec',
    });
    expect(found?.resource.logicalId).toBe('Headers');
  });

  test('is read from a custom header too', () => {
    const Items = [{ Header: 'strict-transport-security', Value: 'max-age=5', Override: true }];
    expect(hsts({ Ref: 'Headers' }, policy({ CustomHeadersConfig: { Items } }))?.value).toMatchObject({
      maxAgeSeconds: 5,
    });
    expect(hsts({ Ref: 'Headers' }, policy({}))?.value).toBe('none');
  });

  test('is unknown for a policy that is not at hand', () => {
    expect(hsts('00000000-0000-0000-0000-000000000000')?.unknown).toContain('not in a template at hand');
    expect(hsts({ 'Fn::ImportValue': 'x' })?.unknown).toBeDefined();
  });
});

describe('a custom origin', () => {
  const origin = (
    custom: JsonMap,
    config: JsonMap = {},
    more: JsonMap = {},
    DomainName: unknown = 'x.example',
  ) =>
    first(
      'cloudfront.origin',
      { Origins: [{ Id: 'site', DomainName, CustomOriginConfig: custom } as JsonMap], ...config },
      more,
    );
  const matching = (config: JsonMap) => origin({ OriginProtocolPolicy: 'match-viewer' }, config).protocol;

  test('is reached as OriginProtocolPolicy says, and CloudFront verifies who answers', () => {
    expect(origin({ OriginProtocolPolicy: 'http-only' }).protocol.value).toBe('plaintext');
    const hop = origin({ OriginProtocolPolicy: 'https-only' });
    expect([hop.protocol.value, hop.serverAuthenticated.value, hop.label]).toEqual(['tls', true, 'site']);
  });

  test('matches viewers that have to use HTTPS with TLS', () => {
    expect(matching(behaviour('https-only')).value).toBe('tls');
    expect(matching(behaviour('redirect-to-https')).value).toBe('tls');
  });

  test('matches viewers that may use HTTP with either, and is to blame for it itself', () => {
    expect(matching(behaviour('allow-all'))).toMatchObject({
      value: 'tls-or-plaintext',
      path: 'Properties.DistributionConfig.Origins.0.CustomOriginConfig.OriginProtocolPolicy',
      got: 'match-viewer',
    });
  });

  test('does not mind behaviours that lead to another origin', () => {
    const loose = { PathPattern: '/b', TargetOriginId: 'other', ViewerProtocolPolicy: 'allow-all' };
    expect(matching({ CacheBehaviors: [loose] }).value).toBe('tls');
    expect(matching({ CacheBehaviors: [{ ...loose, TargetOriginId: 'site' }] }).value).toBe(
      'tls-or-plaintext',
    );
  });

  test('minds behaviours that lead to it through a group', () => {
    const config = {
      CacheBehaviors: [{ PathPattern: '/b', TargetOriginId: 'group', ViewerProtocolPolicy: 'allow-all' }],
      OriginGroups: {
        Items: [{ Id: 'group', Members: { Items: [{ OriginId: 'a' }, { OriginId: 'site' }] } }],
      },
    };
    expect(matching(config).value).toBe('tls-or-plaintext');
  });

  test('that no behaviour leads to is judged by all of them, since code at the edge may choose it', () => {
    const DefaultCacheBehavior = { TargetOriginId: 'other', ViewerProtocolPolicy: 'allow-all' };
    expect(matching({ DefaultCacheBehavior }).value).toBe('tls-or-plaintext');
  });

  test('that matches a hidden viewer policy is unknown', () => {
    expect(matching(behaviour({ 'Fn::ImportValue': 'x' })).unknown).toContain('it matches the viewer');
  });

  test.each([
    [['TLSv1.2'], 'TLSv1.2', 0],
    [['TLSv1.2', 'TLSv1.1'], 'TLSv1.1', 1],
    [['TLSv1.2', 'SSLv3', 'TLSv1'], 'SSLv3', 1],
  ])('with %j goes down to %s', (OriginSSLProtocols, expected, index) => {
    expect(origin({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols }).floor).toMatchObject({
      value: expected,
      path: `Properties.DistributionConfig.Origins.0.CustomOriginConfig.OriginSSLProtocols.${index}`,
    });
  });

  test('without a list of versions goes down to SSL 3', () => {
    expect(origin({ OriginProtocolPolicy: 'https-only' }).floor).toMatchObject({
      value: 'SSLv3',
      given: false,
      got: 'absent',
    });
  });

  test('with a version nobody knows, or a hidden list, is unknown', () => {
    const floor = (OriginSSLProtocols: unknown) =>
      origin({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols } as JsonMap).floor.unknown;
    expect(floor(['TLSv1.2', 'TLSv9'])).toBeDefined();
    expect(floor({ 'Fn::ImportValue': 'x' })).toBeDefined();
  });

  test('leads to a resource of this app, to AWS, or to a stranger', () => {
    const https = { OriginProtocolPolicy: 'https-only' };
    const lb = { Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' } };
    expect(origin(https, {}, lb, { 'Fn::GetAtt': ['Lb', 'DNSName'] }).to.resource?.logicalId).toBe('Lb');
    expect(origin(https, {}, {}, 'x.execute-api.eu-west-1.amazonaws.com').to.what).toBe('aws');
    expect(origin(https).to).toEqual({ what: 'external', name: 'x.example' });
  });

  test('may be told to follow the viewer', () => {
    expect(origin({ OriginProtocolPolicy: 'match-viewer' }).followsViewer?.value).toBe(true);
    expect(origin({ OriginProtocolPolicy: 'https-only' }).followsViewer?.value).toBe(false);
    expect(origin({ OriginProtocolPolicy: 'http-only' }).followsViewer?.value).toBe(false);
  });

  test('may be shown a certificate by CloudFront', () => {
    const OriginMtlsConfig = { ClientCertificateArn: CERTIFICATE };
    expect(origin({ OriginProtocolPolicy: 'https-only', OriginMtlsConfig }).clientAuthentication.value).toBe(
      'mutual-tls',
    );
  });

  test('in the legacy shape is seen too', () => {
    const hop = first('cloudfront.origin', {
      CustomOrigin: { DNSName: 'x', OriginProtocolPolicy: 'http-only' },
    });
    expect(hop.protocol).toMatchObject({
      value: 'plaintext',
      path: 'Properties.DistributionConfig.CustomOrigin.OriginProtocolPolicy',
    });
  });

  test('of no kind at all is unknown', () => {
    expect(
      first('cloudfront.origin', { Origins: [{ Id: 'site', DomainName: 'x' }] }).protocol.unknown,
    ).toBeDefined();
  });
});

describe('an S3 origin', () => {
  const origin = (properties: JsonMap, config: JsonMap = {}, more: JsonMap = {}) =>
    first(
      'cloudfront.s3-origin',
      {
        Origins: [
          { Id: 'site', DomainName: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] }, ...properties },
        ],
        ...config,
      },
      { Bucket: { Type: 'AWS::S3::Bucket' }, ...more },
    );
  const control = (SigningBehavior: unknown) => ({
    Control: {
      Type: 'AWS::CloudFront::OriginAccessControl',
      Properties: { OriginAccessControlConfig: { SigningBehavior } } as JsonMap,
    },
  });
  const S3OriginConfig = { OriginAccessIdentity: '' };

  test('is asked with the protocol of the viewer, whose behaviour is to blame', () => {
    expect(origin({ S3OriginConfig }).protocol.value).toBe('tls');
    expect(origin({ S3OriginConfig }, behaviour('allow-all')).protocol).toMatchObject({
      value: 'tls-or-plaintext',
      path: 'Properties.DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy',
    });
  });

  test('leads to the bucket', () => {
    expect(origin({ S3OriginConfig }).to.resource?.logicalId).toBe('Bucket');
  });

  test('with origin access control that signs is known by it', () => {
    const hop = origin(
      { S3OriginConfig, OriginAccessControlId: { 'Fn::GetAtt': ['Control', 'Id'] } },
      {},
      control('always'),
    );
    expect([hop.originAccess?.value, hop.clientAuthentication.value]).toEqual(['control', 'iam']);
  });

  test('with origin access control that never signs has none', () => {
    const hop = origin(
      { S3OriginConfig, OriginAccessControlId: { 'Fn::GetAtt': ['Control', 'Id'] } },
      {},
      control('never'),
    );
    expect(hop.originAccess).toMatchObject({
      value: 'none',
      path: 'Properties.OriginAccessControlConfig.SigningBehavior',
    });
    expect(hop.clientAuthentication.value).toBe('none');
  });

  test('with the older identity is known by that', () => {
    const identity = { 'Fn::Sub': 'origin-access-identity/cloudfront/${Identity}' };
    const more = { Identity: { Type: 'AWS::CloudFront::CloudFrontOriginAccessIdentity' } };
    const hop = origin({ S3OriginConfig: { OriginAccessIdentity: identity } }, {}, more);
    expect(hop.originAccess?.value).toBe('identity');
  });

  test('in the legacy shape is seen too', () => {
    const S3Origin = {
      DNSName: 'b.s3.amazonaws.com',
      OriginAccessIdentity: 'origin-access-identity/cloudfront/E1',
    };
    expect(first('cloudfront.s3-origin', { S3Origin }).originAccess?.value).toBe('identity');
  });
});

describe('a VPC origin', () => {
  const vpcOrigin = (endpoint: JsonMap): JsonMap => ({
    Lb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
    Vpc: {
      Type: 'AWS::CloudFront::VpcOrigin',
      Properties: { VpcOriginEndpointConfig: { Arn: { Ref: 'Lb' }, Name: 'vpc', ...endpoint } },
    },
  });
  const Origins = [
    { Id: 'site', DomainName: 'x', VpcOriginConfig: { VpcOriginId: { 'Fn::GetAtt': ['Vpc', 'Id'] } } },
  ];
  const used = (endpoint: JsonMap, config: JsonMap = {}) =>
    hops('cloudfront.vpc-origin', { Origins, ...config }, vpcOrigin(endpoint));

  test('is one hop, from the distribution to the load balancer, judged at its own resource', () => {
    const found = used({ OriginProtocolPolicy: 'http-only' });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      from: { resource: { logicalId: 'Cdn' } },
      to: { resource: { logicalId: 'Lb' } },
      protocol: {
        value: 'plaintext',
        resource: { logicalId: 'Vpc' },
        path: 'Properties.VpcOriginEndpointConfig.OriginProtocolPolicy',
      },
    });
  });

  test('without a policy matches the viewer', () => {
    expect(used({})[0]?.protocol).toMatchObject({ value: 'tls', given: false });
    expect(used({}, behaviour('allow-all'))[0]?.protocol).toMatchObject({
      value: 'tls-or-plaintext',
      given: false,
      got: 'absent',
    });
  });

  test('has its own list of versions', () => {
    expect(
      used({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] })[0]?.floor.value,
    ).toBe('TLSv1.2');
  });

  test('that no distribution at hand uses is judged alone, and cannot match viewers that nobody knows', () => {
    const alone = (endpoint: JsonMap) =>
      hopsOf(factsOf(cloudFront, vpcOrigin(endpoint)), 'cloudfront.vpc-origin').map(
        ({ protocol }) => protocol,
      );
    expect(alone({ OriginProtocolPolicy: 'http-only' })).toMatchObject([{ value: 'plaintext' }]);
    expect(alone({})[0]?.unknown).toContain('not in a template at hand');
  });

  test('says whether it follows the viewer, at its own resource', () => {
    expect(used({})[0]?.followsViewer).toMatchObject({
      value: true,
      given: false,
      resource: { logicalId: 'Vpc' },
      path: 'Properties.VpcOriginEndpointConfig.OriginProtocolPolicy',
    });
    expect(used({ OriginProtocolPolicy: 'match-viewer' })[0]?.followsViewer?.value).toBe(true);
    expect(used({ OriginProtocolPolicy: 'https-only' })[0]?.followsViewer?.value).toBe(false);
    expect(
      used({ OriginProtocolPolicy: { 'Fn::ImportValue': 'x' } })[0]?.followsViewer?.unknown,
    ).toBeDefined();
  });

  test('is shown no certificate', () => {
    expect(used({ OriginProtocolPolicy: 'https-only' })[0]?.clientAuthentication.value).toBe('none');
  });

  test('that is not at hand is unknown', () => {
    const [hop] = hops('cloudfront.vpc-origin', {
      Origins: [{ Id: 'site', DomainName: 'x', VpcOriginConfig: { VpcOriginId: 'vo_1' } }],
    });
    expect(hop?.protocol.unknown).toContain('not in a template at hand');
  });
});

test('a property behind Fn::If is judged together with what belongs to it', () => {
  const parts = {
    Parameters: { Stage: { Type: 'String' } },
    Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
  };
  const config = {
    ...behaviour({ 'Fn::If': ['Prod', 'https-only', 'allow-all'] }),
    Origins: [
      {
        Id: 'site',
        DomainName: 'x',
        CustomOriginConfig: { OriginProtocolPolicy: { 'Fn::If': ['Prod', 'match-viewer', 'https-only'] } },
      },
    ],
  };
  const found = hops('cloudfront.origin', config, {}, parts);
  expect(found.map(({ protocol }) => protocol.value)).toEqual(['tls', 'tls']);
});
