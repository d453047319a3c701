import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ManagedCertificate, type ManagedCertificateProps } from '../../../lib/constructs/certificate';
import {
  HstsStage,
  ResponseHeaders,
  TlsDistribution,
  type TlsDistributionProps,
} from '../../../lib/constructs/distribution';
import { WebAcl, WebAclScope } from '../../../lib/constructs/web-acl';
import { TlsProfile } from '../../../lib/core/tls';
import { findingsOf, nagErrorsOf } from '../judged';
import { certificateIn, FLAGS, rendered, resourcesOf, stackIn, zoneIn } from '../support';
import { configurationOf, DISTRIBUTION, define, someOrigin } from './edge';

const REASON = 'The distribution serves public pictures only, and another firewall stands before it.';

describe.each([
  ['under the flags of the baseline', FLAGS],
  ['without any feature flag', {}],
])('TlsDistribution %s', (_, flags) => {
  test('speaks TLS by the policy of the default profile, over HTTP/2, HTTP/3 and IPv6', () => {
    const stack = stackIn('us-east-1', flags);
    define(stack);
    rendered(stack).resourceCountIs(DISTRIBUTION, 1);
    expect(configurationOf(stack)).toMatchObject({
      Enabled: true,
      Aliases: ['shop.example.com'],
      HttpVersion: 'http2and3',
      IPV6Enabled: true,
      PriceClass: 'PriceClass_All',
      ViewerCertificate: {
        AcmCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/edge',
        MinimumProtocolVersion: 'TLSv1.2_2025',
        SslSupportMethod: 'sni-only',
      },
    });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('redirects to TLS where viewers can only read, on every behavior', () => {
    const stack = stackIn('us-east-1', flags);
    define(stack, { additionalBehaviors: { '/static/*': { origin: someOrigin() } } });
    const read = { AllowedMethods: ['GET', 'HEAD'], ViewerProtocolPolicy: 'redirect-to-https' };
    expect(configurationOf(stack)).toMatchObject({
      DefaultCacheBehavior: read,
      CacheBehaviors: [{ PathPattern: '/static/*', ...read }],
    });
  });

  test('refuses requests in clear where viewers can write', () => {
    const stack = stackIn('us-east-1', flags);
    const allowedMethods = cloudfront.AllowedMethods.ALLOW_ALL;
    define(stack, {
      defaultBehavior: { origin: someOrigin(), allowedMethods },
      additionalBehaviors: { '/api/*': { origin: someOrigin(), allowedMethods } },
    });
    expect(configurationOf(stack)).toMatchObject({
      DefaultCacheBehavior: { ViewerProtocolPolicy: 'https-only' },
      CacheBehaviors: [{ ViewerProtocolPolicy: 'https-only' }],
    });
  });
});

describe('TlsDistribution', () => {
  test('has no finding by our pack, whatever its behaviors', () => {
    const stack = stackIn('us-east-1');
    const allowedMethods = cloudfront.AllowedMethods.ALLOW_ALL;
    define(stack, { additionalBehaviors: { '/api/*': { origin: someOrigin(), allowedMethods } } });
    expect(findingsOf(stack)).toEqual([]);
  });

  test('has two errors by cdk-nag, neither of them true', () => {
    const stack = stackIn('us-east-1');
    define(stack);
    expect(nagErrorsOf(stack)).toEqual([
      // It knows the older logging only; standard logging (v2) is no property of the distribution.
      'AwsSolutions-CFR3',
      // The bucket receives logs: a log of its own would feed on its own entries.
      'AwsSolutions-S1',
    ]);
  });

  test.each([
    [TlsProfile.TLS_1_2_OR_NEWER, 'TLSv1.2_2025'],
    [TlsProfile.TLS_1_3_ONLY, 'TLSv1.3_2025'],
  ])('names the TLS policy of the profile %s', (tlsProfile, MinimumProtocolVersion) => {
    const stack = stackIn('us-east-1');
    expect(define(stack, { tlsProfile }).tlsProfile).toBe(tlsProfile);
    expect(configurationOf(stack)).toMatchObject({ ViewerCertificate: { MinimumProtocolVersion } });
  });

  test('takes a certificate that the same stack requests', () => {
    const stack = stackIn('us-east-1');
    const certificate = new ManagedCertificate(stack, 'Managed', {
      domainName: 'shop.example.com',
      hostedZones: [zoneIn(stack)],
    });
    define(stack, { certificate });
    const [id] = Object.keys(resourcesOf(stack, 'AWS::CertificateManager::Certificate'));
    expect(configurationOf(stack)).toMatchObject({ ViewerCertificate: { AcmCertificateArn: { Ref: id } } });
    expect(findingsOf(stack)).toEqual([]);
  });

  test('stands behind a web ACL that blocks', () => {
    const stack = stackIn('us-east-1');
    const { webAcl } = define(stack);
    rendered(stack).resourceCountIs('AWS::WAFv2::WebACL', 1);
    rendered(stack).hasResourceProperties('AWS::WAFv2::WebACL', { Scope: 'CLOUDFRONT' });
    expect(configurationOf(stack)).toMatchObject({ WebACLId: stack.resolve(webAcl?.webAclArn) });
  });

  test('stands behind a web ACL that is given', () => {
    const stack = stackIn('us-east-1');
    const webAclArn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/shared/1';
    define(stack, { webAcl: WebAcl.fromWebAclAttributes(stack, 'Shared', { webAclArn }) });
    rendered(stack).resourceCountIs('AWS::WAFv2::WebACL', 0);
    expect(configurationOf(stack)).toMatchObject({ WebACLId: webAclArn });
  });

  test('has no web ACL only with a reason, which the template carries', () => {
    const stack = stackIn('us-east-1');
    expect(define(stack, { withoutWebAclReason: REASON }).webAcl).toBeUndefined();
    rendered(stack).resourceCountIs('AWS::WAFv2::WebACL', 0);
    rendered(stack).hasResource(DISTRIBUTION, {
      Metadata: Match.objectLike({ SecureTransmission: { withoutWebAcl: REASON } }),
      Properties: { DistributionConfig: Match.objectLike({ WebACLId: Match.absent() }) },
    });
  });

  test('serves named countries only', () => {
    const stack = stackIn('us-east-1');
    define(stack, { allowedCountries: ['DE', 'FR'] });
    expect(configurationOf(stack)).toMatchObject({
      Restrictions: { GeoRestriction: { RestrictionType: 'whitelist', Locations: ['DE', 'FR'] } },
    });
  });

  test('has a root object, price class and comment where they are given', () => {
    const stack = stackIn('us-east-1');
    const priceClass = cloudfront.PriceClass.PRICE_CLASS_100;
    define(stack, { defaultRootObject: 'index.html', priceClass, comment: 'The shop' });
    expect(configurationOf(stack)).toMatchObject({
      DefaultRootObject: 'index.html',
      PriceClass: 'PriceClass_100',
      Comment: 'The shop',
    });
  });

  test('caches and compresses nothing that may be for one person only', () => {
    const stack = stackIn('us-east-1');
    define(stack);
    expect(configurationOf(stack)).toMatchObject({
      DefaultCacheBehavior: {
        CachePolicyId: cloudfront.CachePolicy.CACHING_DISABLED.cachePolicyRef.cachePolicyId,
        Compress: false,
      },
    });
  });

  test('gives every behavior headers: its own, or those of the distribution', () => {
    const stack = stackIn('us-east-1');
    const own = new ResponseHeaders(stack, 'Own', { contentSecurityPolicy: "default-src 'none'" });
    const { responseHeaders } = define(stack, {
      additionalBehaviors: {
        '/a/*': { origin: someOrigin() },
        '/b/*': { origin: someOrigin(), responseHeaders: own },
      },
    });
    const idOf = ({ policy }: ResponseHeaders) => stack.resolve(policy.responseHeadersPolicyId);
    expect(configurationOf(stack)).toMatchObject({
      DefaultCacheBehavior: { ResponseHeadersPolicyId: idOf(responseHeaders) },
      CacheBehaviors: [
        { ResponseHeadersPolicyId: idOf(responseHeaders) },
        { ResponseHeadersPolicyId: idOf(own) },
      ],
    });
  });

  test.each([
    ['five minutes', HstsStage.FIVE_MINUTES],
    ['a week', HstsStage.ONE_WEEK],
  ])(
    'is warned of by our pack as long as browsers remember TLS for %s only',
    (_, strictTransportSecurity) => {
      const stack = stackIn('us-east-1');
      const responseHeaders = new ResponseHeaders(stack, 'Headers', { strictTransportSecurity });
      define(stack, { responseHeaders });
      const findings = findingsOf(stack);
      expect(findings).toHaveLength(1);
      expect(findings[0]).toMatch(/^warning .*DistributionSendsHsts /);
    },
  );

  test('refuses requests in clear on a behavior for readers where asked', () => {
    const stack = stackIn('us-east-1');
    define(stack, { defaultBehavior: { origin: someOrigin(), httpsOnly: true } });
    expect(configurationOf(stack)).toMatchObject({
      DefaultCacheBehavior: { ViewerProtocolPolicy: 'https-only' },
    });
  });

  test('lets somebody drop what is cached, of this distribution only', () => {
    const stack = stackIn('us-east-1');
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    const distribution = define(stack);
    distribution.grantCreateInvalidation(role);
    const [id] = Object.keys(resourcesOf(stack, DISTRIBUTION));
    rendered(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'cloudfront:CreateInvalidation',
            Resource: {
              'Fn::Join': ['', Match.arrayWith([':distribution/', { Ref: id }])],
            },
          },
        ],
      },
    });
  });

  test('measures under the dimensions that CloudFront reports', () => {
    const stack = stackIn('us-east-1');
    const distribution = define(stack);
    const metrics = [
      distribution.metricRequests(),
      distribution.metric4xxErrorRate(),
      distribution.metric5xxErrorRate(),
      distribution.metric('TotalErrorRate'),
    ];
    expect(
      metrics.map(({ namespace, metricName, statistic }) => `${namespace} ${metricName} ${statistic}`),
    ).toEqual([
      'AWS/CloudFront Requests Sum',
      'AWS/CloudFront 4xxErrorRate Average',
      'AWS/CloudFront 5xxErrorRate Average',
      'AWS/CloudFront TotalErrorRate Average',
    ]);
    const { distributionId } = distribution;
    for (const { dimensions } of metrics) {
      expect(dimensions).toEqual({ DistributionId: distributionId, Region: 'Global' });
    }
  });

  test('logical ids of what holds state, and of the distribution, do not change', () => {
    const stack = stackIn('us-east-1');
    define(stack);
    const types = ['AWS::S3::Bucket', 'AWS::Logs::LogGroup', DISTRIBUTION];
    expect(types.flatMap((type) => Object.keys(resourcesOf(stack, type)))).toEqual([
      'EdgeLogsC29D18E4',
      'EdgeWebAclLogD7557497',
      'EdgeC8C536A1',
    ]);
  });

  test('is known by its attributes where another stack defines it, in any region', () => {
    const stack = stackIn('eu-west-1');
    const imported = TlsDistribution.fromTlsDistributionAttributes(stack, 'Imported', {
      distributionId: 'E1',
      distributionDomainName: 'd1.cloudfront.net',
    });
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    imported.grantCreateInvalidation(role);
    expect([imported.distributionId, imported.distributionDomainName]).toEqual(['E1', 'd1.cloudfront.net']);
    expect(imported.metric5xxErrorRate()).toMatchObject({
      region: 'us-east-1',
      dimensions: { DistributionId: 'E1', Region: 'Global' },
    });
    rendered(stack).resourceCountIs('AWS::IAM::Policy', 1);
  });

  test('two syntheses give the same bytes', () => {
    const bytes = () => {
      const stack = stackIn('us-east-1');
      define(stack, { additionalBehaviors: { '/api/*': { origin: someOrigin() } } });
      return JSON.stringify(rendered(stack).toJSON());
    };
    expect(bytes()).toBe(bytes());
  });
});

describe('TlsDistribution refuses', () => {
  test.each([
    ['another region', 'eu-west-1', 'eu-west-1'],
    ['no region', undefined, 'an unresolved value'],
  ])('a stack of %s, and says how', (_, region, got) => {
    expect(() => define(stackIn(region))).toThrow(
      `Stack/Edge: the stack of a distribution must be in us-east-1, got ${got}, set 'env: { region: 'us-east-1' }' on it and put ` +
        'certificate, web ACL and distribution there; TlsOrigin.loadBalancer refers to a load balancer of another region ' +
        'weakly by itself, refer so to anything else by CrossStackReferences.of(x).produce(ReferenceStrength.WEAK)',
    );
  });

  describe('of a certificate that the app requests', () => {
    const requested = (stack: Stack, props: Partial<ManagedCertificateProps> = {}) =>
      new ManagedCertificate(stack, 'Requested', {
        domainName: 'example.com',
        subjectAlternativeNames: ['*.shop.example.com'],
        hostedZones: [zoneIn(stack)],
        ...props,
      });

    test('a key that CloudFront does not take', () => {
      const stack = stackIn('us-east-1');
      const certificate = requested(stack, { keyAlgorithm: acm.KeyAlgorithm.EC_SECP384R1 });
      expect(() => define(stack, { certificate, domainNames: ['example.com'] })).toThrow(
        "Stack/Edge: 'certificate' must have a key that CloudFront takes, got EC_secp384r1, leave out 'keyAlgorithm' for EC_prime256v1",
      );
    });

    test.each(['shop.example.com', 'a.b.shop.example.com', '*.example.com', 'xshop.example.com'])(
      'the name %s, which it is not valid for',
      (name) => {
        const stack = stackIn('us-east-1');
        const domainNames = ['example.com', name];
        expect(() => define(stack, { certificate: requested(stack), domainNames })).toThrow(
          `Stack/Edge: 'domainNames[1]' must be a name of the certificate (example.com, *.shop.example.com), got "${name}", add it to 'subjectAlternativeNames' of the certificate`,
        );
      },
    );

    test('no name that it is valid for, or that is not known yet', () => {
      const stack = stackIn('us-east-1');
      const later = new CfnParameter(stack, 'Later').valueAsString;
      const domainNames = ['example.com', 'a.shop.example.com', '*.shop.example.com', later];
      expect(() => define(stack, { certificate: requested(stack), domainNames })).not.toThrow();
    });
  });

  test('to be without a certificate', () => {
    const stack = stackIn('us-east-1');
    const props = { domainNames: ['shop.example.com'], defaultBehavior: { origin: someOrigin() } };
    expect(() => new TlsDistribution(stack, 'Edge', props as unknown as TlsDistributionProps)).toThrow(
      "Stack/Edge: 'certificate' must be given, without one CloudFront accepts TLS 1.0, request a ManagedCertificate in us-east-1",
    );
  });

  test('a certificate of another region', () => {
    const stack = stackIn('us-east-1');
    expect(() => define(stack, { certificate: certificateIn(stack, 'far', 'eu-west-1') })).toThrow(
      "Stack/Edge: 'certificate' must be in us-east-1, from where CloudFront takes them, got one in eu-west-1, request one there",
    );
  });

  test('a certificate that a stack of another region requests', () => {
    const app = new App({ context: FLAGS });
    const far = new Stack(app, 'Far', { env: { region: 'eu-west-1' } });
    const certificate = new ManagedCertificate(far, 'Managed', {
      domainName: 'shop.example.com',
      hostedZones: [zoneIn(far)],
    });
    const stack = new Stack(app, 'Stack', { env: { region: 'us-east-1' } });
    expect(() => define(stack, { certificate })).toThrow('got one in eu-west-1, request one there');
  });

  test.each<[string, Partial<TlsDistributionProps>, string]>([
    [
      'no name',
      { domainNames: [] },
      "'domainNames' must hold at least one name of the certificate, without one nobody can reach it by that certificate",
    ],
    [
      'a name with a scheme',
      { domainNames: ['https://shop.example.com'] },
      '\'domainNames[0]\' must be a fully qualified domain name without scheme, port and path, got "https://shop.example.com"',
    ],
    [
      'a name twice',
      { domainNames: ['a.example.com', 'a.example.com'] },
      '\'domainNames[1]\' repeats "a.example.com", remove it',
    ],
    [
      'no country at all',
      { allowedCountries: [] },
      "'allowedCountries' must hold at least one country, leave it out to serve all",
    ],
    [
      'a country by name',
      { allowedCountries: ['DE', 'France'] },
      '\'allowedCountries[1]\' must be an ISO 3166-1 alpha-2 code, such as DE, got "France"',
    ],
    [
      'a long comment',
      { comment: 'c'.repeat(129) },
      "'comment' must have at most 128 characters, got 129, shorten it",
    ],
    [
      'no firewall for no reason',
      { withoutWebAclReason: 'because' },
      '\'withoutWebAclReason\' must be a sentence of 20 to 500 characters that says why the default cannot be kept, got "because"',
    ],
    [
      'query strings in logs for no reason',
      { queryStringsInLogsReason: '' },
      '\'queryStringsInLogsReason\' must be a sentence of 20 to 500 characters that says why the default cannot be kept, got ""',
    ],
    [
      'a redirect where viewers can write',
      {
        defaultBehavior: {
          origin: someOrigin(),
          allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
          httpsOnly: false,
        },
      },
      "'httpsOnly' must be true where 'allowedMethods' holds writes, got false, leave it out",
    ],
    [
      'a profile with FIPS',
      { tlsProfile: TlsProfile.TLS_1_2_OR_NEWER_FIPS },
      TlsProfile.TLS_1_2_OR_NEWER_FIPS.why('cloudfront-viewer'),
    ],
  ])('%s', (_, props, message) => {
    expect(() => define(stackIn('us-east-1'), props)).toThrow(`Stack/Edge: ${message}`);
  });

  test('a web ACL for load balancers', () => {
    const stack = stackIn('us-east-1');
    const webAcl = new WebAcl(stack, 'WebAcl', { scope: WebAclScope.REGIONAL });
    expect(() => define(stack, { webAcl })).toThrow(
      "Stack/Edge: 'webAcl' must have the scope CLOUDFRONT, got REGIONAL, define one in us-east-1",
    );
  });

  test('a web ACL beside a reason to have none', () => {
    const stack = stackIn('us-east-1');
    const webAcl = new WebAcl(stack, 'WebAcl', { scope: WebAclScope.CLOUDFRONT });
    expect(() => define(stack, { webAcl, withoutWebAclReason: REASON })).toThrow(
      "Stack/Edge: 'withoutWebAclReason' must be left out where 'webAcl' is given, remove one of the two",
    );
  });

  test('nothing that is not known yet', () => {
    const stack = stackIn('us-east-1');
    const names = new CfnParameter(stack, 'Names', { type: 'CommaDelimitedList' });
    const name = new CfnParameter(stack, 'Name');
    expect(() =>
      define(stack, { domainNames: names.valueAsList, comment: name.valueAsString }),
    ).not.toThrow();
    const other = stackIn('us-east-1');
    const country = new CfnParameter(other, 'Country').valueAsString;
    expect(() => define(other, { domainNames: [country], allowedCountries: ['DE'] })).not.toThrow();
  });
});
