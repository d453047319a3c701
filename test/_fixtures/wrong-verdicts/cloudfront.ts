import { CfnParameter, Fn } from 'aws-cdk-lib';
import { CfnDistribution, CfnVpcOrigin } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { WrongVerdict } from './wrong-verdict';

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555';

interface Choices {
  readonly minimumProtocolVersion?: string;
  readonly originSslProtocols?: string[];
  readonly viewerProtocolPolicy?: string;
  readonly vpcOriginId?: string;
}

/** A distribution with its own certificate; everything that is not chosen is as it should be. */
export function distribution(scope: Construct, choices: Choices = {}): CfnDistribution {
  const {
    minimumProtocolVersion = 'TLSv1.2_2021',
    originSslProtocols = ['TLSv1.2'],
    viewerProtocolPolicy = 'https-only',
    vpcOriginId,
  } = choices;
  const made = new CfnDistribution(scope, 'Distribution', {
    distributionConfig: {
      enabled: true,
      aliases: ['shop.example.com'],
      viewerCertificate: {
        acmCertificateArn: CERTIFICATE,
        sslSupportMethod: 'sni-only',
        minimumProtocolVersion,
      },
      origins: [
        {
          id: 'shop',
          domainName: 'origin.example.com',
          ...(vpcOriginId === undefined
            ? { customOriginConfig: { originProtocolPolicy: 'https-only', originSslProtocols } }
            : { vpcOriginConfig: { vpcOriginId } }),
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: 'shop',
        viewerProtocolPolicy,
        cachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      },
    },
  });
  made.overrideLogicalId('Distribution');
  return made;
}

function vpcOrigin(scope: Construct, originProtocolPolicy: string): void {
  const origin = new CfnVpcOrigin(scope, 'VpcOrigin', {
    vpcOriginEndpointConfig: {
      name: 'shop',
      arn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/0123456789abcdef',
      originProtocolPolicy,
      originSslProtocols: ['TLSv1.2'],
    },
  });
  origin.overrideLogicalId('VpcOrigin');
  distribution(scope, { vpcOriginId: origin.ref });
}

const VIEWER = 'cloudfront.CloudFrontDistributionHttpsViewerNoOutdatedSSL';
const ORIGIN = 'cloudfront.CloudFrontDistributionNoOutdatedSSL';

/** What differs about CloudFront. */
export const CLOUDFRONT: readonly WrongVerdict[] = [
  {
    id: 'cloudfront-viewer-tls11',
    service: 'CloudFront',
    about: 'a distribution takes TLS 1.1 from viewers (`MinimumProtocolVersion: TLSv1.1_2016`)',
    cdkNagRule: VIEWER,
    cdkNagSays: 'compliant',
    right: 'violation',
    ourRule: 'DistributionRequiresTls12',
    at: 'Distribution Properties.DistributionConfig.ViewerCertificate.MinimumProtocolVersion',
    build: (stack) => void distribution(stack, { minimumProtocolVersion: 'TLSv1.1_2016' }),
    repaired: (stack) => void distribution(stack),
  },
  {
    id: 'cloudfront-viewer-unknown-policy',
    service: 'CloudFront',
    about: 'a distribution names a TLS policy that does not exist (`MinimumProtocolVersion: bogus`)',
    cdkNagRule: VIEWER,
    cdkNagSays: 'compliant',
    right: 'violation',
    ourRule: 'DistributionTlsPolicyIsClassified',
    at: 'Distribution Properties.DistributionConfig.ViewerCertificate.MinimumProtocolVersion',
    build: (stack) => void distribution(stack, { minimumProtocolVersion: 'bogus' }),
    repaired: (stack) => void distribution(stack),
  },
  {
    id: 'cloudfront-viewer-parameter',
    service: 'CloudFront',
    about: 'the TLS policy is a parameter, of which every allowed value is TLS 1.2 or above',
    cdkNagRule: VIEWER,
    cdkNagSays: 'rule threw',
    right: 'compliant',
    ourRule: 'DistributionRequiresTls12',
    build: (stack) => {
      const parameter = new CfnParameter(stack, 'Policy', {
        allowedValues: ['TLSv1.2_2021', 'TLSv1.2_2025', 'TLSv1.3_2025'],
      });
      distribution(stack, { minimumProtocolVersion: Fn.ref(parameter.logicalId) });
    },
  },
  {
    id: 'cloudfront-origin-tls11',
    service: 'CloudFront',
    about: 'a distribution takes TLS 1.1 from its origin (`OriginSSLProtocols` holds `TLSv1.1`)',
    cdkNagRule: ORIGIN,
    cdkNagSays: 'compliant',
    right: 'violation',
    ourRule: 'OriginRequiresTls12',
    at: 'Distribution Properties.DistributionConfig.Origins.0.CustomOriginConfig.OriginSSLProtocols.0',
    build: (stack) => void distribution(stack, { originSslProtocols: ['TLSv1.1', 'TLSv1.2'] }),
    repaired: (stack) => void distribution(stack),
  },
  {
    id: 'cloudfront-vpc-origin-plaintext',
    service: 'CloudFront',
    about: 'a distribution fetches from a VPC origin over HTTP',
    cdkNagRule: ORIGIN,
    cdkNagSays: 'compliant',
    right: 'violation',
    ourRule: 'VpcOriginIsEncrypted',
    at: 'VpcOrigin Properties.VpcOriginEndpointConfig.OriginProtocolPolicy',
    build: (stack) => vpcOrigin(stack, 'http-only'),
    repaired: (stack) => vpcOrigin(stack, 'https-only'),
  },
  {
    id: 'cloudfront-viewer-allow-all',
    service: 'CloudFront',
    about:
      'a behaviour serves viewers over HTTP (`ViewerProtocolPolicy: allow-all`, which CDK sets by default)',
    cdkNagRule: 'none',
    cdkNagSays: 'no rule',
    right: 'violation',
    ourRule: 'DistributionServesOnlyTls',
    at: 'Distribution Properties.DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy',
    build: (stack) => void distribution(stack, { viewerProtocolPolicy: 'allow-all' }),
    repaired: (stack) => void distribution(stack),
  },
];
