import { cloudFront } from '../../../lib/judge/hops/connectors/cloudfront';
import { CLOUDFRONT_PACK_ROWS, CLOUDFRONT_RULES } from '../../../lib/judge/rules/cloudfront';
import type { JsonMap } from '../../../lib/judge/template';
import { factsOf, type TemplateParts, verdictsOf, wordsOf } from '../support';

const CONFIG = 'Properties.DistributionConfig';
const SECURITY_HEADERS = '67f7725c-6f97-4210-82d7-5512b31e9d03';
const PARAMETER = { Parameters: { Value: { Type: 'String' } } };

const rule = (id: string) => {
  const found = CLOUDFRONT_RULES.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no rule ${id}`);
  return found;
};

const template = (config: JsonMap, more: JsonMap = {}): JsonMap => ({
  Cdn: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: config } },
  ...more,
});

const judge = (id: string, config: JsonMap, more?: JsonMap, parts?: TemplateParts) =>
  wordsOf(rule(id), factsOf(cloudFront, template(config, more), parts));

const behaviour = (properties: JsonMap = {}): JsonMap => ({
  TargetOriginId: 'site',
  ViewerProtocolPolicy: 'https-only',
  ResponseHeadersPolicyId: SECURITY_HEADERS,
  ...properties,
});

const certificate = (properties: JsonMap = {}): JsonMap => ({
  ViewerCertificate: {
    AcmCertificateArn: 'arn:aws:acm:us-east-1:1:certificate/x',
    SslSupportMethod: 'sni-only',
    MinimumProtocolVersion: 'TLSv1.2_2021',
    ...properties,
  },
});

const viewer = (id: string, properties: JsonMap, parts?: TemplateParts) =>
  judge(id, { DefaultCacheBehavior: behaviour(properties), ...certificate() }, {}, parts);

const policy = (id: string, MinimumProtocolVersion: unknown, parts?: TemplateParts) =>
  judge(
    id,
    { DefaultCacheBehavior: behaviour(), ...certificate({ MinimumProtocolVersion } as JsonMap) },
    {},
    parts,
  );

const origin = (id: string, properties: JsonMap, viewers: JsonMap = behaviour(), parts?: TemplateParts) =>
  judge(
    id,
    { DefaultCacheBehavior: viewers, Origins: [{ Id: 'site', DomainName: 'x.example', ...properties }] },
    {},
    parts,
  );

const fieldEncryption = (types: JsonMap = {}, queries: JsonMap = {}): JsonMap => ({
  Type: 'AWS::CloudFront::FieldLevelEncryptionConfig',
  Properties: {
    ContentTypeProfileConfig: {
      ForwardWhenContentTypeIsUnknown: false,
      ContentTypeProfiles: [
        { ContentType: 'application/x-www-form-urlencoded', Format: 'URLEncoded', ProfileId: 'P1' },
      ],
      ...types,
    },
    QueryArgProfileConfig: {
      ForwardWhenQueryArgProfileIsUnknown: false,
      QueryArgProfiles: [],
      ...queries,
    },
  },
});

const GOOD = template(
  {
    Aliases: ['example.com'],
    DefaultCacheBehavior: behaviour({ ViewerProtocolPolicy: 'redirect-to-https' }),
    CacheBehaviors: [
      {
        PathPattern: '/api/*',
        ...behaviour({
          TargetOriginId: 'api',
          AllowedMethods: ['GET', 'POST'],
          FieldLevelEncryptionId: { 'Fn::GetAtt': ['Fields', 'Id'] },
        }),
      },
      { PathPattern: '/vpc/*', ...behaviour({ TargetOriginId: 'vpc' }) },
    ],
    Origins: [
      {
        Id: 'site',
        DomainName: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] },
        S3OriginConfig: { OriginAccessIdentity: '' },
        OriginAccessControlId: { 'Fn::GetAtt': ['Control', 'Id'] },
      },
      {
        Id: 'api',
        DomainName: 'api.example.com',
        CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
      },
      {
        Id: 'vpc',
        DomainName: 'in.example.com',
        VpcOriginConfig: { VpcOriginId: { 'Fn::GetAtt': ['Vpc', 'Id'] } },
      },
    ],
    ViewerMtlsConfig: { Mode: 'required', TrustStoreConfig: { TrustStoreId: 'ts_1' } },
    ...certificate(),
  },
  {
    Api: {
      Type: 'AWS::ApiGateway::DomainName',
      Properties: {
        DomainName: 'api.example.com',
        MutualTlsAuthentication: { TruststoreUri: 's3://trust/distribution.pem', TruststoreVersion: 'v1' },
      },
    },
    Bucket: { Type: 'AWS::S3::Bucket' },
    Fields: fieldEncryption(),
    Control: {
      Type: 'AWS::CloudFront::OriginAccessControl',
      Properties: { OriginAccessControlConfig: { SigningBehavior: 'always' } },
    },
    Vpc: {
      Type: 'AWS::CloudFront::VpcOrigin',
      Properties: {
        VpcOriginEndpointConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
      },
    },
  },
);

test('a good distribution gets no finding at all', () => {
  const facts = factsOf(cloudFront, GOOD);
  const found = CLOUDFRONT_PACK_ROWS.filter((row) =>
    verdictsOf(row.rule, facts).some(({ verdict }) => verdict !== 'compliant'),
  );
  expect(found.map((row) => row.rule.id)).toEqual([]);
});

test('every rule has something to say about a good distribution, so that none is asleep', () => {
  const facts = factsOf(cloudFront, GOOD);
  const silent = CLOUDFRONT_RULES.filter((r) => verdictsOf(r, facts).length === 0);
  expect(silent.map(({ id }) => id)).toEqual([]);
});

describe('DistributionServesOnlyTls', () => {
  const id = 'DistributionServesOnlyTls';

  test('fails allow-all, which no rule of cdk-nag looks at and the CDK does by default', () => {
    expect(viewer(id, { ViewerProtocolPolicy: 'allow-all' })).toEqual([
      `violation at ${CONFIG}.DefaultCacheBehavior.ViewerProtocolPolicy: allow-all`,
    ]);
  });

  test('passes a redirect', () => {
    expect(viewer(id, { ViewerProtocolPolicy: 'redirect-to-https' })).toEqual(['compliant', 'compliant']);
  });

  test('fails one path among good ones', () => {
    const CacheBehaviors = [
      { PathPattern: '/a', ...behaviour() },
      { PathPattern: '/b', ...behaviour({ ViewerProtocolPolicy: 'allow-all' }) },
    ];
    expect(judge(id, { DefaultCacheBehavior: behaviour(), CacheBehaviors })).toEqual([
      'compliant',
      'compliant',
      `violation at ${CONFIG}.CacheBehaviors.1.ViewerProtocolPolicy: allow-all`,
    ]);
  });

  test('fails a policy that is left out', () => {
    expect(viewer(id, { ViewerProtocolPolicy: { Ref: 'AWS::NoValue' } })).toEqual([
      `violation at ${CONFIG}.DefaultCacheBehavior.ViewerProtocolPolicy: absent`,
    ]);
  });

  test('cannot tell a parameter without default, and takes the default of one that has it', () => {
    const hidden = { ViewerProtocolPolicy: { Ref: 'Value' } };
    expect(viewer(id, hidden, PARAMETER)).toContain(
      `unknown at ${CONFIG}.DefaultCacheBehavior.ViewerProtocolPolicy`,
    );
    const parts = { Parameters: { Value: { Type: 'String', Default: 'https-only' } } };
    expect(viewer(id, hidden, parts)).toEqual(['compliant']);
  });
});

describe('DistributionHasOwnCertificate', () => {
  const id = 'DistributionHasOwnCertificate';

  test('fails the default certificate, whatever MinimumProtocolVersion says, and no other rule repeats it', () => {
    const ViewerCertificate = { CloudFrontDefaultCertificate: true, MinimumProtocolVersion: 'TLSv1.3_2025' };
    const facts = factsOf(cloudFront, template({ DefaultCacheBehavior: behaviour(), ViewerCertificate }));
    expect(verdictsOf(rule(id), facts)).toMatchObject([
      {
        verdict: 'violation',
        path: `${CONFIG}.ViewerCertificate.CloudFrontDefaultCertificate`,
        detail: expect.stringContaining('TLS 1.0'),
      },
    ]);
    const violated = CLOUDFRONT_RULES.filter((r) =>
      verdictsOf(r, facts).some((v) => v.verdict === 'violation'),
    );
    expect(violated.map((r) => r.id)).toEqual([id]);
  });

  test('fails a distribution without ViewerCertificate', () => {
    expect(judge(id, { DefaultCacheBehavior: behaviour() })).toEqual([
      `violation at ${CONFIG}.ViewerCertificate: absent`,
    ]);
  });

  test('does not ask it of a multi-tenant distribution, whose tenants bring certificates', () => {
    expect(judge(id, { DefaultCacheBehavior: behaviour(), ConnectionMode: 'tenant-only' })).toEqual([]);
  });

  test('cannot tell a hidden switch, once for all rules on the TLS policy', () => {
    const facts = factsOf(
      cloudFront,
      template({
        DefaultCacheBehavior: behaviour(),
        ViewerCertificate: { CloudFrontDefaultCertificate: { Ref: 'Value' } },
      }),
      PARAMETER,
    );
    const hidden = CLOUDFRONT_RULES.filter((r) => verdictsOf(r, facts).some((v) => v.verdict === 'unknown'));
    expect(hidden.map((r) => r.id)).toEqual([id]);
  });

  test('sees a certificate that exists under a condition, in each world', () => {
    const parts = {
      Parameters: { Domain: { Type: 'String', Default: '' } },
      Conditions: { HasDomain: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Domain' }, ''] }] } },
    };
    const ViewerCertificate = {
      'Fn::If': ['HasDomain', certificate().ViewerCertificate, { CloudFrontDefaultCertificate: true }],
    } as JsonMap;
    const words = judge(id, { DefaultCacheBehavior: behaviour(), ViewerCertificate }, {}, parts);
    expect([...words].sort()).toEqual([
      'compliant',
      `violation at ${CONFIG}.ViewerCertificate.CloudFrontDefaultCertificate: true`,
    ]);
  });
});

describe('the ladder of the TLS policy', () => {
  const violations = (name: string) => {
    const config = { DefaultCacheBehavior: behaviour(), ...certificate({ MinimumProtocolVersion: name }) };
    const facts = factsOf(cloudFront, template(config));
    return CLOUDFRONT_RULES.filter((r) => verdictsOf(r, facts).some((v) => v.verdict === 'violation')).map(
      (r) => r.id,
    );
  };

  test.each([
    ['bogus', ['DistributionTlsPolicyIsClassified']],
    ['SSLv3', ['DistributionRequiresTls12']],
    ['TLSv1', ['DistributionRequiresTls12']],
    ['TLSv1_2016', ['DistributionRequiresTls12']],
    ['TLSv1.1_2016', ['DistributionRequiresTls12']],
    ['TLSv1.2_2018', ['DistributionTlsPolicyIsForwardSecret']],
    ['TLSv1.2_2019', ['DistributionTlsPolicyIsOnSecurityHubList']],
    ['TLSv1.2_2021', []],
    ['TLSv1.2_2025', []],
    ['TLSv1.3_2025', []],
  ])(
    '%s breaks %j and nothing else: cdk-nag passes bogus and TLSv1.1_2016, guard fails TLSv1.3_2025',
    (name, ids) => {
      expect(violations(name)).toEqual(ids);
    },
  );

  test('points at MinimumProtocolVersion, also where it is left out', () => {
    expect(policy('DistributionRequiresTls12', 'TLSv1.1_2016')).toEqual([
      `violation at ${CONFIG}.ViewerCertificate.MinimumProtocolVersion: TLSv1.1_2016`,
    ]);
    expect(policy('DistributionRequiresTls12', { Ref: 'AWS::NoValue' })).toEqual([
      `violation at ${CONFIG}.ViewerCertificate.MinimumProtocolVersion: absent`,
    ]);
  });

  test('cannot tell a parameter without default, where cdk-nag reports a fault', () => {
    expect(policy('DistributionTlsPolicyIsClassified', { Ref: 'Value' }, PARAMETER)).toEqual([
      `unknown at ${CONFIG}.ViewerCertificate.MinimumProtocolVersion`,
    ]);
    expect(policy('DistributionRequiresTls12', { Ref: 'Value' }, PARAMETER)).toEqual([]);
  });
});

test('DistributionCertificateIsManaged fails a server certificate of IAM', () => {
  const ViewerCertificate = { IamCertificateId: 'ASCAEXAMPLE', MinimumProtocolVersion: 'TLSv1.2_2021' };
  expect(
    judge('DistributionCertificateIsManaged', { DefaultCacheBehavior: behaviour(), ViewerCertificate }),
  ).toEqual([`violation at ${CONFIG}.ViewerCertificate.IamCertificateId: ASCAEXAMPLE`]);
});

describe('DistributionWritesOverHttpsOnly', () => {
  const redirect = (AllowedMethods: unknown, parts?: TemplateParts) =>
    viewer(
      'DistributionWritesOverHttpsOnly',
      { ViewerProtocolPolicy: 'redirect-to-https', AllowedMethods } as JsonMap,
      parts,
    );

  test('informs about a redirect where writes are accepted', () => {
    expect(redirect(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'])).toEqual([
      `violation at ${CONFIG}.DefaultCacheBehavior.ViewerProtocolPolicy: redirect-to-https`,
    ]);
  });

  test('passes a redirect where only reading is accepted', () => {
    expect(redirect(['GET', 'HEAD', 'OPTIONS'])).toEqual(['compliant']);
  });

  test('cannot tell hidden methods', () => {
    const parts = { Parameters: { Value: { Type: 'CommaDelimitedList' } } };
    expect(redirect({ Ref: 'Value' }, parts)).toEqual([
      `unknown at ${CONFIG}.DefaultCacheBehavior.ViewerProtocolPolicy`,
    ]);
  });
});

describe('DistributionSendsHsts', () => {
  const id = 'DistributionSendsHsts';
  const headers = (seconds: unknown) => ({
    Headers: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          SecurityHeadersConfig: { StrictTransportSecurity: { AccessControlMaxAgeSec: seconds } },
        },
      } as JsonMap,
    },
  });
  const own = (seconds: unknown, parts?: TemplateParts) =>
    judge(
      id,
      { DefaultCacheBehavior: behaviour({ ResponseHeadersPolicyId: { Ref: 'Headers' } }) },
      headers(seconds),
      parts,
    );
  const PLACE =
    'Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec';

  test('passes a year and fails a second less, at the policy', () => {
    expect(own(31_536_000)).toEqual(['compliant']);
    expect(own(31_535_999)).toEqual([`violation at ${PLACE}: 31535999`]);
  });

  test('fails a behaviour without a policy', () => {
    expect(viewer(id, { ResponseHeadersPolicyId: { Ref: 'AWS::NoValue' } })).toEqual([
      `violation at ${CONFIG}.DefaultCacheBehavior.ResponseHeadersPolicyId: absent`,
    ]);
  });

  test('cannot tell a parameter without default', () => {
    expect(own({ Ref: 'Value' }, { Parameters: { Value: { Type: 'Number' } } })).toEqual([
      `unknown at ${PLACE}`,
    ]);
  });
});

describe('OriginIsEncrypted', () => {
  const id = 'OriginIsEncrypted';
  const custom = (OriginProtocolPolicy: unknown, viewers?: JsonMap, parts?: TemplateParts) =>
    origin(id, { CustomOriginConfig: { OriginProtocolPolicy } as JsonMap }, viewers, parts);
  const PLACE = `${CONFIG}.Origins.0.CustomOriginConfig.OriginProtocolPolicy`;

  test('fails http-only, also towards a load balancer, which checkov exempts, and a website of S3', () => {
    expect(custom('http-only')).toEqual([`violation at ${PLACE}: http-only`]);
    const CustomOriginConfig = { OriginProtocolPolicy: 'http-only' };
    for (const DomainName of ['x.eu-west-1.elb.amazonaws.com', 'b.s3-website-eu-west-1.amazonaws.com']) {
      expect(origin(id, { DomainName, CustomOriginConfig })).toEqual([`violation at ${PLACE}: http-only`]);
    }
  });

  test('fails match-viewer only where a viewer may use HTTP', () => {
    expect(custom('match-viewer', behaviour({ ViewerProtocolPolicy: 'allow-all' }))).toEqual([
      `violation at ${PLACE}: match-viewer`,
    ]);
    expect(custom('match-viewer', behaviour({ ViewerProtocolPolicy: 'redirect-to-https' }))).toEqual([
      'compliant',
    ]);
  });

  test('cannot tell a parameter without default', () => {
    expect(custom({ Ref: 'Value' }, behaviour(), PARAMETER)).toEqual([`unknown at ${PLACE}`]);
  });

  test('cannot tell hidden origins', () => {
    const config = { DefaultCacheBehavior: behaviour(), Origins: { 'Fn::Transform': { Name: 'X' } } };
    expect(judge(id, config)).toEqual([`unknown at ${CONFIG}.Origins`]);
  });
});

describe('OriginRequiresTls12', () => {
  const versions = (OriginSSLProtocols: unknown) =>
    origin('OriginRequiresTls12', {
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols } as JsonMap,
    });
  const PLACE = `${CONFIG}.Origins.0.CustomOriginConfig.OriginSSLProtocols`;

  test('fails TLS 1.1 beside TLS 1.2, which cdk-nag passes', () => {
    expect(versions(['TLSv1.1', 'TLSv1.2'])).toEqual([`violation at ${PLACE}.0: TLSv1.1`]);
    expect(versions(['TLSv1.2'])).toEqual(['compliant']);
  });

  test('fails a list that is left out, since CloudFront then starts at SSL 3', () => {
    expect(versions({ Ref: 'AWS::NoValue' })).toEqual([`violation at ${PLACE}: absent`]);
  });

  test('cannot tell a version nobody knows', () => {
    expect(versions(['TLSv9'])).toEqual([`unknown at ${PLACE}.0`]);
  });

  test('says nothing where the origin is reached in clear, which is one fault already', () => {
    const CustomOriginConfig = { OriginProtocolPolicy: 'http-only', OriginSSLProtocols: ['SSLv3'] };
    expect(origin('OriginRequiresTls12', { CustomOriginConfig })).toEqual([]);
  });
});

describe('VPC origins', () => {
  const vpc = (id: string, endpoint: JsonMap, viewers: JsonMap = behaviour()) =>
    judge(
      id,
      {
        DefaultCacheBehavior: viewers,
        Origins: [
          { Id: 'site', DomainName: 'x', VpcOriginConfig: { VpcOriginId: { 'Fn::GetAtt': ['Vpc', 'Id'] } } },
        ],
      },
      { Vpc: { Type: 'AWS::CloudFront::VpcOrigin', Properties: { VpcOriginEndpointConfig: endpoint } } },
    );
  const PLACE = 'Properties.VpcOriginEndpointConfig';

  test('in clear are failed, which no other tool does', () => {
    expect(vpc('VpcOriginIsEncrypted', { OriginProtocolPolicy: 'http-only' })).toEqual([
      `violation at ${PLACE}.OriginProtocolPolicy: http-only`,
    ]);
  });

  test('without a policy follow the viewers', () => {
    expect(vpc('VpcOriginIsEncrypted', {}, behaviour({ ViewerProtocolPolicy: 'allow-all' }))).toEqual([
      `violation at ${PLACE}.OriginProtocolPolicy: absent`,
    ]);
    expect(vpc('VpcOriginIsEncrypted', {})).toEqual(['compliant']);
  });

  test('below TLS 1.2 are failed by the same rule as custom origins', () => {
    const endpoint = { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1'] };
    expect(vpc('OriginRequiresTls12', endpoint)).toEqual([
      `violation at ${PLACE}.OriginSSLProtocols.0: TLSv1`,
    ]);
  });

  test('that are not at hand cannot be told', () => {
    expect(origin('VpcOriginIsEncrypted', { VpcOriginConfig: { VpcOriginId: 'vo_x' } })).toEqual([
      `unknown at ${CONFIG}.Origins.0.VpcOriginConfig.VpcOriginId`,
    ]);
  });
});

describe('S3OriginUsesOriginAccessControl', () => {
  const id = 'S3OriginUsesOriginAccessControl';
  const PLACE = `${CONFIG}.Origins.0.OriginAccessControlId`;

  test('fails the older identity, and a bucket open to everyone', () => {
    const OriginAccessIdentity = 'origin-access-identity/cloudfront/E1';
    expect(origin(id, { S3OriginConfig: { OriginAccessIdentity } })).toEqual([
      `violation at ${PLACE}: absent`,
    ]);
    expect(origin(id, { S3OriginConfig: {} })).toEqual([`violation at ${PLACE}: absent`]);
  });

  test('passes a control by its id', () => {
    expect(origin(id, { S3OriginConfig: {}, OriginAccessControlId: 'E2QWRUHAPOMQZL' })).toEqual([
      'compliant',
    ]);
  });

  test('cannot tell a parameter without default', () => {
    const properties = { S3OriginConfig: {}, OriginAccessControlId: { Ref: 'Value' } };
    expect(origin(id, properties, behaviour(), PARAMETER)).toEqual([`unknown at ${PLACE}`]);
  });
});

describe('DistributionRequiresClientCertificates', () => {
  const id = 'DistributionRequiresClientCertificates';
  const mutual = (ViewerMtlsConfig: JsonMap, parts?: TemplateParts) =>
    judge(id, { DefaultCacheBehavior: behaviour(), ViewerMtlsConfig }, {}, parts);
  const PLACE = `${CONFIG}.ViewerMtlsConfig.Mode`;

  test.each(['optional', 'passthrough'])('fails %s, which lets in whoever has none', (Mode) => {
    expect(mutual({ Mode })).toEqual([`violation at ${PLACE}: ${Mode}`]);
  });

  test('passes required, which is the default', () => {
    expect(mutual({ Mode: 'required' })).toEqual(['compliant']);
    expect(mutual({ TrustStoreConfig: { TrustStoreId: 'ts_1' } })).toEqual(['compliant']);
  });

  test('does not ask it of distributions for everyone, nor of the redirect beside TLS', () => {
    expect(viewer(id, {})).toEqual([]);
    const DefaultCacheBehavior = behaviour({ ViewerProtocolPolicy: 'redirect-to-https' });
    expect(judge(id, { DefaultCacheBehavior, ViewerMtlsConfig: { Mode: 'optional' } })).toHaveLength(1);
  });

  test('cannot tell a parameter without default, nor a mode that AWS has added since', () => {
    expect(mutual({ Mode: { Ref: 'Value' } }, PARAMETER)).toEqual([`unknown at ${PLACE}`]);
    expect(mutual({ Mode: 'lenient' })).toEqual([`unknown at ${PLACE}`]);
  });
});

describe('DistributionRejectsExpiredClientCertificates', () => {
  const id = 'DistributionRejectsExpiredClientCertificates';
  const mutual = (properties: JsonMap, Mode: unknown = 'required', parts?: TemplateParts) =>
    judge(
      id,
      {
        DefaultCacheBehavior: behaviour(),
        ViewerMtlsConfig: { Mode, TrustStoreConfig: { TrustStoreId: 'ts_1', ...properties } } as JsonMap,
      },
      {},
      parts,
    );
  const PLACE = `${CONFIG}.ViewerMtlsConfig.TrustStoreConfig.IgnoreCertificateExpiry`;

  test.each(['required', 'optional'])(
    'fails certificates that are good for ever, where they are %s',
    (mode) => {
      expect(mutual({ IgnoreCertificateExpiry: true }, mode)).toEqual([`violation at ${PLACE}: true`]);
    },
  );

  test('passes the default, and false', () => {
    expect(mutual({})).toEqual(['compliant']);
    expect(mutual({ IgnoreCertificateExpiry: false })).toEqual(['compliant']);
  });

  test('does not ask it where the edge verifies nothing, or asks for nothing', () => {
    expect(mutual({ IgnoreCertificateExpiry: true }, 'passthrough')).toEqual([]);
    expect(viewer(id, {})).toEqual([]);
  });

  test('cannot tell a parameter without default', () => {
    expect(mutual({ IgnoreCertificateExpiry: { Ref: 'Value' } }, 'required', PARAMETER)).toEqual([
      `unknown at ${PLACE}`,
    ]);
  });
});

describe('FieldLevelEncryptionFailsClosed', () => {
  const id = 'FieldLevelEncryptionFailsClosed';
  const fields = (types?: JsonMap, queries?: JsonMap, parts?: TemplateParts) =>
    judge(
      id,
      { DefaultCacheBehavior: behaviour({ FieldLevelEncryptionId: { 'Fn::GetAtt': ['Fields', 'Id'] } }) },
      { Fields: fieldEncryption(types, queries) },
      parts,
    );
  const TYPES = 'Properties.ContentTypeProfileConfig';

  test('passes a configuration that refuses what it cannot encrypt', () => {
    expect(fields()).toEqual(['compliant']);
  });

  test('fails one that lets other content types through', () => {
    expect(fields({ ForwardWhenContentTypeIsUnknown: true })).toEqual([
      `violation at ${TYPES}.ForwardWhenContentTypeIsUnknown: true`,
    ]);
  });

  test('fails one that lets profiles through which do not exist', () => {
    expect(fields({}, { ForwardWhenQueryArgProfileIsUnknown: true })).toEqual([
      'violation at Properties.QueryArgProfileConfig.ForwardWhenQueryArgProfileIsUnknown: true',
    ]);
  });

  test('fails a content type whose profile is empty, and one for which CloudFront makes such an item', () => {
    const item = { ContentType: 'application/x-www-form-urlencoded', Format: 'URLEncoded', ProfileId: '' };
    expect(fields({ ContentTypeProfiles: [item] })).toEqual([
      `violation at ${TYPES}.ContentTypeProfiles.0.ProfileId: `,
    ]);
    expect(fields({ ContentTypeProfiles: [] })).toEqual([
      expect.stringMatching(/^violation at Properties\.ContentTypeProfileConfig\.ContentTypeProfiles: /),
    ]);
  });

  test('finds one fault where there are several, and the one that is there before the one that is hidden', () => {
    const found = fields(
      { ForwardWhenContentTypeIsUnknown: { Ref: 'Value' } },
      { ForwardWhenQueryArgProfileIsUnknown: true },
      PARAMETER,
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^violation /);
  });

  test.each([
    [{ ForwardWhenContentTypeIsUnknown: { Ref: 'Value' } }, 'ForwardWhenContentTypeIsUnknown'],
    [{ ContentTypeProfiles: { 'Fn::Transform': { Name: 'X' } } }, 'ContentTypeProfiles'],
  ])('cannot tell %j', (types, property) => {
    expect(fields(types, {}, PARAMETER)).toEqual([`unknown at ${TYPES}.${property}`]);
  });

  test('cannot tell a configuration that is not at hand, and asks nothing where there is none', () => {
    expect(viewer(id, { FieldLevelEncryptionId: 'C1' })).toEqual([
      `unknown at ${CONFIG}.DefaultCacheBehavior.FieldLevelEncryptionId`,
    ]);
    expect(viewer(id, { FieldLevelEncryptionId: '' })).toEqual([]);
    expect(viewer(id, {})).toEqual([]);
  });

  test('passes a profile that another stack makes', () => {
    const ProfileId = { 'Fn::ImportValue': 'profile' };
    expect(fields({ ContentTypeProfiles: [{ ProfileId }] })).toEqual(['compliant']);
  });
});

describe('VpcOriginNamesItsProtocol', () => {
  const id = 'VpcOriginNamesItsProtocol';
  const PLACE = 'Properties.VpcOriginEndpointConfig.OriginProtocolPolicy';
  const found = (ruleId: string, endpoint: JsonMap, viewers: JsonMap = behaviour(), parts?: TemplateParts) =>
    judge(
      ruleId,
      {
        DefaultCacheBehavior: viewers,
        Origins: [
          { Id: 'site', DomainName: 'x', VpcOriginConfig: { VpcOriginId: { 'Fn::GetAtt': ['Vpc', 'Id'] } } },
        ],
      },
      { Vpc: { Type: 'AWS::CloudFront::VpcOrigin', Properties: { VpcOriginEndpointConfig: endpoint } } },
      parts,
    );

  test('warns of none, which the CDK leaves out and CloudFront takes for that of the viewer', () => {
    expect(found(id, {})).toEqual([`violation at ${PLACE}: absent`]);
    expect(found(id, { OriginProtocolPolicy: 'match-viewer' })).toEqual([
      `violation at ${PLACE}: match-viewer`,
    ]);
  });

  test('passes https-only', () => {
    expect(found(id, { OriginProtocolPolicy: 'https-only' })).toEqual(['compliant']);
  });

  test('is silent where some viewer may speak HTTP, or the origin always does: that is one error already', () => {
    const loose = behaviour({ ViewerProtocolPolicy: 'allow-all' });
    expect(found(id, {}, loose)).toEqual([]);
    expect(found('VpcOriginIsEncrypted', {}, loose)).toEqual([`violation at ${PLACE}: absent`]);
    expect(found(id, { OriginProtocolPolicy: 'http-only' })).toEqual([]);
  });

  test('leaves what is hidden to the rule on encryption', () => {
    const hidden = { OriginProtocolPolicy: { Ref: 'Value' } };
    expect(found(id, hidden, behaviour(), PARAMETER)).toEqual([]);
    expect(found('VpcOriginIsEncrypted', hidden, behaviour(), PARAMETER)).toEqual([`unknown at ${PLACE}`]);
  });

  test('asks nothing of custom origins, which have to say what they do', () => {
    const CustomOriginConfig = { OriginProtocolPolicy: 'match-viewer' };
    expect(origin(id, { CustomOriginConfig })).toEqual([]);
  });
});

describe('DistributionIsTheOnlyWayToItsApi', () => {
  const id = 'DistributionIsTheOnlyWayToItsApi';
  const PLACE = `${CONFIG}.Origins.0.CustomOriginConfig.OriginMtlsConfig`;
  const asked: JsonMap = { MutualTlsAuthentication: { TruststoreUri: 's3://x/y', TruststoreVersion: 'v' } };
  const domain = (properties: JsonMap): JsonMap => ({
    Domain: {
      Type: 'AWS::ApiGateway::DomainName',
      Properties: { DomainName: 'origin.example.com', ...properties },
    },
    Api: { Type: 'AWS::ApiGateway::RestApi' },
  });
  const inFrontOf = (
    more: JsonMap,
    {
      host = 'origin.example.com',
      mutual = { ViewerMtlsConfig: { Mode: 'required' } },
      parts,
    }: { host?: JsonMap | string; mutual?: JsonMap; parts?: TemplateParts } = {},
  ) =>
    judge(
      id,
      {
        DefaultCacheBehavior: behaviour(),
        Origins: [
          { Id: 'site', DomainName: host, CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } },
        ],
        ...mutual,
      },
      more,
      parts,
    );

  test('warns of an API behind that asks for no certificate itself', () => {
    expect(inFrontOf(domain({}))).toEqual([`violation at ${PLACE}: absent`]);
  });

  test('passes one that does', () => {
    expect(inFrontOf(domain(asked))).toEqual(['compliant']);
  });

  test('warns of a default endpoint, which can ask for none', () => {
    const host = { 'Fn::Sub': '${Api}.execute-api.eu-west-1.amazonaws.com' };
    expect(inFrontOf(domain(asked), { host })).toEqual([`violation at ${PLACE}: absent`]);
  });

  test('has nothing to say of hosts elsewhere, nor where viewers need no certificate', () => {
    expect(inFrontOf(domain({}), { host: 'elsewhere.example.com' })).toEqual([]);
    expect(inFrontOf(domain({}), { mutual: {} })).toEqual([]);
    expect(inFrontOf(domain({}), { mutual: { ViewerMtlsConfig: { Mode: 'optional' } } })).toEqual([]);
  });

  test('cannot tell where a parameter decides whether the API asks for one', () => {
    const hidden = domain({ MutualTlsAuthentication: { Ref: 'Value' } });
    expect(inFrontOf(hidden, { parts: PARAMETER })).toEqual([`unknown at ${PLACE}`]);
  });
});
