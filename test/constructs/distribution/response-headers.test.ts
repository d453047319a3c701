import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HstsStage, ResponseHeaders, type ResponseHeadersProps } from '../../../lib/constructs/distribution';
import { rendered, resourcesOf, stackIn } from '../support';

const POLICY = 'AWS::CloudFront::ResponseHeadersPolicy';

function headersOf(props?: ResponseHeadersProps) {
  const stack = stackIn('us-east-1');
  new ResponseHeaders(stack, 'Headers', props);
  rendered(stack).resourceCountIs(POLICY, 1);
  const [policy] = Object.values(resourcesOf(stack, POLICY));
  return policy?.Properties.ResponseHeadersPolicyConfig;
}

describe('ResponseHeaders', () => {
  test('hold browsers to TLS for two years, and forbid sniffing, frames and foreign content', () => {
    expect(headersOf().SecurityHeadersConfig).toEqual({
      StrictTransportSecurity: {
        AccessControlMaxAgeSec: 63_072_000,
        IncludeSubdomains: true,
        Preload: false,
        Override: true,
      },
      ContentSecurityPolicy: {
        ContentSecurityPolicy:
          "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; upgrade-insecure-requests",
        Override: false,
      },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY', Override: true },
      ReferrerPolicy: { ReferrerPolicy: 'strict-origin-when-cross-origin', Override: true },
    });
  });

  test('do not say which software answers, set no cookie, and let no other origin read', () => {
    const { RemoveHeadersConfig, CustomHeadersConfig, CorsConfig } = headersOf();
    expect(RemoveHeadersConfig).toEqual({ Items: [{ Header: 'Server' }, { Header: 'X-Powered-By' }] });
    expect([CustomHeadersConfig, CorsConfig]).toEqual([undefined, undefined]);
  });

  test.each([
    ['five minutes', HstsStage.FIVE_MINUTES, 300, false],
    ['a week', HstsStage.ONE_WEEK, 604_800, false],
    ['two years', HstsStage.TWO_YEARS, 63_072_000, false],
    ['two years, in the lists of browsers', HstsStage.TWO_YEARS_PRELOAD, 63_072_000, true],
  ])('go up by stages: %s', (_, strictTransportSecurity, AccessControlMaxAgeSec, Preload) => {
    expect(headersOf({ strictTransportSecurity }).SecurityHeadersConfig.StrictTransportSecurity).toEqual({
      AccessControlMaxAgeSec,
      IncludeSubdomains: true,
      Preload,
      Override: true,
    });
  });

  test('take another policy for content, frames, referrers and other origins', () => {
    const config = headersOf({
      contentSecurityPolicy: "default-src 'none'",
      frameOption: cloudfront.HeadersFrameOption.SAMEORIGIN,
      referrerPolicy: cloudfront.HeadersReferrerPolicy.NO_REFERRER,
      cors: {
        accessControlAllowCredentials: false,
        accessControlAllowHeaders: ['content-type'],
        accessControlAllowMethods: ['GET'],
        accessControlAllowOrigins: ['https://www.example.com'],
        originOverride: true,
      },
    });
    expect(config).toMatchObject({
      CorsConfig: { AccessControlAllowOrigins: { Items: ['https://www.example.com'] } },
      SecurityHeadersConfig: {
        ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'" },
        FrameOptions: { FrameOption: 'SAMEORIGIN' },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
      },
    });
  });

  test('can hold origins to the policy for content', () => {
    const { SecurityHeadersConfig } = headersOf({ overrideContentSecurityPolicy: true });
    expect(SecurityHeadersConfig.ContentSecurityPolicy).toMatchObject({ Override: true });
  });

  test.each([' ', "default-src 'self'\nX-Other: 1"])(
    'refuse %j as a policy for content',
    (contentSecurityPolicy) => {
      expect(() => headersOf({ contentSecurityPolicy })).toThrow(
        `Stack/Headers: 'contentSecurityPolicy' must be directives on one line, got ${JSON.stringify(contentSecurityPolicy)}, leave it out for the default`,
      );
    },
  );
});
