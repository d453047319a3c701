import { Duration, type Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  CloudFrontOriginFacing,
  DataClassification,
  ManagedCertificate,
  PrivateNetwork,
  TlsDistribution,
  TlsLoadBalancer,
  TlsOrigin,
  WellKnownDocuments,
} from 'cdk-secure-transmission';
import { samplesOf } from './passing-code';

/** Documents of persons in a bucket that only a distribution reads, which keeps no copies at the edge. */
export function documentsAtEdge(stack: Stack): void {
  // #region documentsAtEdge
  const documents = new s3.Bucket(stack, 'Documents', {
    encryption: s3.BucketEncryption.KMS,
    encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    lifecycleRules: [{ expiration: Duration.days(30) }],
  });
  DataClassification.of(documents).holdsPersonalData({
    categories: ['invoices'],
    subjects: ['customers'],
    purposes: ['accounting'],
    lawfulBases: ['contract'],
    transferBases: ['adequacy-decision'],
    retentionDays: 30,
    owner: 'accounts@shop.example',
  });
  new TlsDistribution(stack, 'Edge', {
    certificate: ManagedCertificate.fromManagedCertificateAttributes(stack, 'Certificate', {
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
    }),
    domainNames: ['invoices.example.com'],
    defaultBehavior: {
      origin: TlsOrigin.bucket(documents),
      cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
    },
  });
  // #endregion documentsAtEdge
}

/** A load balancer without an address on the internet, which only CloudFront reaches. */
export function privateOrigin(stack: Stack): void {
  // #region privateOrigin
  const { vpc } = new PrivateNetwork(stack, 'Network', { vpcOrigins: true });
  const certificate = ManagedCertificate.fromManagedCertificateAttributes(stack, 'Certificate', {
    certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
  });
  const shop = new TlsLoadBalancer(stack, 'Shop', {
    vpc,
    certificate,
    allowedPeers: [CloudFrontOriginFacing.prefixListIn('us-east-1')],
  });
  shop.addTargets('Shop', { targets: [new IpTarget('10.0.130.10')] });
  new TlsDistribution(stack, 'Edge', {
    certificate,
    domainNames: ['shop.example.com'],
    defaultBehavior: { origin: TlsOrigin.loadBalancer(shop, { domainName: 'shop.example.com' }) },
  });
  // #endregion privateOrigin
}

/** A name of old that sends everybody on, by TLS. */
export function formerSite(stack: Stack): void {
  // #region formerSite
  new s3.Bucket(stack, 'Former', {
    bucketName: 'store.example.com',
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    websiteRedirect: { hostName: 'shop.example.com', protocol: s3.RedirectProtocol.HTTPS },
  });
  // #endregion formerSite
}

/** What an app says about itself in public, written by `secure-transmission statement` and reviewed. */
export function publicStatement(stack: Stack): void {
  // #region publicStatement
  const documents = new WellKnownDocuments(stack, 'WellKnown', { directory: 'examples/passing/trust' });
  const origin = TlsOrigin.httpsHost('origin.example.com');
  new TlsDistribution(stack, 'Edge', {
    certificate: ManagedCertificate.fromManagedCertificateAttributes(stack, 'Certificate', {
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
    }),
    domainNames: ['shop.example.com'],
    defaultBehavior: { origin },
    additionalBehaviors: {
      [WellKnownDocuments.PATH_PATTERN]: {
        origin,
        functionAssociations: [documents.functionAssociation],
      },
    },
  });
  // #endregion publicStatement
}

/** Samples of this file. */
export const EDGE = [
  ...samplesOf(
    'edge.ts',
    {
      'A bucket of personal data behind CloudFront': { documentsAtEdge },
      'A load balancer behind CloudFront': { privateOrigin },
      'Documents about the app': { publicStatement },
    },
    'us-east-1',
  ),
  ...samplesOf('edge.ts', { 'A site that has moved': { formerSite } }),
];
