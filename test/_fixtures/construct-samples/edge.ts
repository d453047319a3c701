import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  CookieAttributes,
  CookieSameSite,
  FieldLevelEncryption,
  HstsStage,
  ManagedRuleGroup,
  ResponseHeaders,
  TlsDistribution,
  TlsOrigin,
  ViewerTrustStore,
  WebAcl,
  WebAclScope,
  WellKnownDocuments,
} from '../../../lib';
import { type ConstructSample, EDGE_REGION, existingBucket, existingCertificate } from './construct-sample';

/** Made for this sample; nobody kept the private key. */
const PUBLIC_KEY = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAhM0AEbW/QPxeLSOkm9f3
zKXm1/OI6qJQ0Yzf6OMOLR3sm+EQTqAXMed4v+tt/eb0strcfYmcTtXU40Rp0SBL
ibt6Q49Ihn2TfeF/W4WUgDSCQlNFwfTnh+t5CvksAP12Cjpx+3B8H75Gwcm9B1sy
wyiAEwVUiAlh0KL2evpCTgpkJ4QIGerXAgOIOsa33SBybPtKMweU/ER1w7BxwRgO
SRlrUaA3XORjFgiAtHoZcgd/sj03rhtNOG7S8cVHRSfW7fHa0vSkyXnp+UDXkWI8
1ZLXbeV9cC+kUzw6NSWebGY84ZwmDd5y7k5aNMQwjzluKkQtJ191VQHUrUsvtLc6
kwIDAQAB
-----END PUBLIC KEY-----
`;

/** What stands before everything else, in the region of the edge. */
export const EDGE_SAMPLES: readonly ConstructSample[] = [
  {
    construct: 'TlsDistribution',
    region: EDGE_REGION,
    build: (stack, around) =>
      new TlsDistribution(stack, 'Edge', {
        certificate: existingCertificate(around, EDGE_REGION),
        domainNames: ['shop.example.com'],
        defaultBehavior: { origin: TlsOrigin.httpsHost('origin.example.com') },
      }),
  },
  {
    construct: 'TlsDistribution',
    options: 'a load balancer as VPC origin, a path of its own, staged HSTS, one country',
    region: EDGE_REGION,
    build: (stack, around) => {
      const loadBalancer = elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(
        around,
        'LoadBalancer',
        {
          loadBalancerArn:
            'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/0123456789abcdef',
          securityGroupId: 'sg-0123456789abcdef0',
        },
      );
      return new TlsDistribution(stack, 'Edge', {
        certificate: existingCertificate(around, EDGE_REGION),
        domainNames: ['shop.example.com', 'www.example.com'],
        defaultBehavior: {
          origin: TlsOrigin.loadBalancer(loadBalancer, { domainName: 'shop.example.com' }),
          allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
        },
        additionalBehaviors: {
          'reports/*': { origin: TlsOrigin.httpsHost('reports.example.com'), httpsOnly: true },
        },
        responseHeaders: new ResponseHeaders(stack, 'Headers', {
          strictTransportSecurity: HstsStage.FIVE_MINUTES,
        }),
        allowedCountries: ['IE'],
        defaultRootObject: 'index.html',
        priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
        comment: 'The edge of the shop',
      });
    },
  },
  {
    construct: 'ResponseHeaders',
    region: EDGE_REGION,
    build: (stack) => new ResponseHeaders(stack, 'Headers'),
  },
  {
    construct: 'ResponseHeaders',
    options: 'preloaded HSTS, another CSP, frames of the same origin',
    region: EDGE_REGION,
    build: (stack) =>
      new ResponseHeaders(stack, 'Headers', {
        strictTransportSecurity: HstsStage.TWO_YEARS_PRELOAD,
        contentSecurityPolicy: "default-src 'self'",
        frameOption: cloudfront.HeadersFrameOption.SAMEORIGIN,
        referrerPolicy: cloudfront.HeadersReferrerPolicy.NO_REFERRER,
      }),
  },
  {
    construct: 'WebAcl',
    build: (stack) => new WebAcl(stack, 'WebAcl', { scope: WebAclScope.REGIONAL }),
  },
  {
    construct: 'WebAcl',
    options: 'at the edge, two groups more, one rule that counts',
    region: EDGE_REGION,
    build: (stack) =>
      new WebAcl(stack, 'WebAcl', {
        scope: WebAclScope.CLOUDFRONT,
        rateLimit: 500,
        additionalRuleGroups: [ManagedRuleGroup.ANONYMOUS_IP, ManagedRuleGroup.LINUX],
        countedRules: [
          {
            ruleGroup: ManagedRuleGroup.COMMON,
            ruleName: 'SizeRestrictions_BODY',
            reason: 'Receipts are uploaded as scans of up to two megabytes.',
          },
        ],
      }),
  },
  {
    construct: 'CookieAttributes',
    region: EDGE_REGION,
    build: (stack) => new CookieAttributes(stack, 'Cookies'),
  },
  {
    construct: 'CookieAttributes',
    options: 'strict, one cookie that scripts may read',
    region: EDGE_REGION,
    build: (stack) =>
      new CookieAttributes(stack, 'Cookies', {
        sameSite: CookieSameSite.STRICT,
        readableByScripts: [
          { name: 'XSRF-TOKEN', reason: 'The page copies it into a header, which other sites cannot do.' },
        ],
      }),
  },
  {
    construct: 'FieldLevelEncryption',
    region: EDGE_REGION,
    build: (stack) =>
      new FieldLevelEncryption(stack, 'Card', {
        publicKey: PUBLIC_KEY,
        fields: ['cardNumber', 'cvc'],
        provider: 'payments',
      }),
  },
  {
    construct: 'ViewerTrustStore',
    region: EDGE_REGION,
    build: (stack, around) =>
      new ViewerTrustStore(stack, 'Partners', {
        bucket: existingBucket(around, 'trust-material-of-example'),
        caCertificates: { key: 'partners.pem', version: '3HL4kqtJlcpXroDTDmjVBH40Nrjfkd' },
      }),
  },
  {
    construct: 'WellKnownDocuments',
    region: EDGE_REGION,
    build: (stack) => new WellKnownDocuments(stack, 'WellKnown', { directory: 'trust' }),
  },
];
