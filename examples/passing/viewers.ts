import type { Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  FieldLevelEncryption,
  ManagedCertificate,
  PartnerApi,
  TlsDistribution,
  TlsOrigin,
  ViewerClientCertificates,
  ViewerTrustStore,
} from 'cdk-secure-transmission';
import { samplesOf } from './passing-code';

/** A distribution for partners, each of whom proves with a certificate who they are. */
export function viewerCertificates(stack: Stack): void {
  // #region viewerCertificates
  const partners = new ViewerTrustStore(stack, 'Partners', {
    bucket: s3.Bucket.fromBucketName(stack, 'TrustMaterial', 'trust-material-of-shop'),
    caCertificates: { key: 'partners.pem', version: '3HL4kqtJlcpXroDTDmjVBH40Nrjfkd' },
  });
  const zone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    zoneName: 'example.com',
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
  });
  new TlsDistribution(stack, 'Edge', {
    certificate: new ManagedCertificate(stack, 'Certificate', {
      domainName: 'partners.example.com',
      hostedZones: [zone],
    }),
    domainNames: ['partners.example.com'],
    defaultBehavior: { origin: TlsOrigin.httpsHost('origin.example.com') },
    clientCertificates: ViewerClientCertificates.verify(partners),
  });
  // #endregion viewerCertificates
}

/** Fields of a form that the edge encrypts for the one application that needs them. */
export function encryptedFields(stack: Stack): void {
  // #region encryptedFields
  const card = new FieldLevelEncryption(stack, 'Card', {
    publicKey: PUBLIC_KEY_OF_PAYMENTS,
    fields: ['cardNumber'],
    provider: 'payments',
  });
  const origin = TlsOrigin.httpsHost('origin.example.com');
  const zone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    zoneName: 'example.com',
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
  });
  new TlsDistribution(stack, 'Edge', {
    certificate: new ManagedCertificate(stack, 'Certificate', {
      domainName: 'shop.example.com',
      hostedZones: [zone],
    }),
    domainNames: ['shop.example.com'],
    defaultBehavior: { origin },
    additionalBehaviors: {
      '/pay': {
        origin,
        allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
        fieldLevelEncryption: card,
      },
    },
  });
  // #endregion encryptedFields
}

/** A distribution for partners that shows the API behind it a certificate of its own: nobody goes past it. */
export function onlyWayIn(stack: Stack): void {
  // #region onlyWayIn
  const trustMaterial = s3.Bucket.fromBucketName(stack, 'TrustMaterial', 'trust-material-of-shop');
  const zone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    zoneName: 'example.com',
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
  });
  const api = new PartnerApi(stack, 'Api', {
    domainName: 'partners-origin.example.com',
    certificate: new ManagedCertificate(stack, 'OriginCertificate', {
      domainName: 'partners-origin.example.com',
      hostedZones: [zone],
    }),
    clientTrust: {
      bucket: trustMaterial,
      caCertificates: { key: 'distribution.pem', version: 'mX9hTzUKbbFhUDTDmjVBH40Nrjfk1a' },
    },
  });
  api.addRoute(
    'GET /payments',
    lambda.Function.fromFunctionAttributes(stack, 'Payments', {
      functionArn: 'arn:aws:lambda:us-east-1:111122223333:function:payments',
      sameEnvironment: true,
    }),
  );
  api.addPartner('Acme');
  const shownToApi = acm.Certificate.fromCertificateArn(
    stack,
    'ClientCertificate',
    'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
  );
  const partners = new ViewerTrustStore(stack, 'Partners', {
    bucket: trustMaterial,
    caCertificates: { key: 'partners.pem', version: '3HL4kqtJlcpXroDTDmjVBH40Nrjfkd' },
  });
  new TlsDistribution(stack, 'Edge', {
    certificate: new ManagedCertificate(stack, 'Certificate', {
      domainName: 'partners.example.com',
      hostedZones: [zone],
    }),
    domainNames: ['partners.example.com'],
    defaultBehavior: {
      origin: TlsOrigin.httpsHost('partners-origin.example.com', { clientCertificate: shownToApi }),
    },
    clientCertificates: ViewerClientCertificates.verify(partners),
  });
  // #endregion onlyWayIn
}

/** Made for this sample; nobody kept the private key. */
const PUBLIC_KEY_OF_PAYMENTS = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAhM0AEbW/QPxeLSOkm9f3
zKXm1/OI6qJQ0Yzf6OMOLR3sm+EQTqAXMed4v+tt/eb0strcfYmcTtXU40Rp0SBL
ibt6Q49Ihn2TfeF/W4WUgDSCQlNFwfTnh+t5CvksAP12Cjpx+3B8H75Gwcm9B1sy
wyiAEwVUiAlh0KL2evpCTgpkJ4QIGerXAgOIOsa33SBybPtKMweU/ER1w7BxwRgO
SRlrUaA3XORjFgiAtHoZcgd/sj03rhtNOG7S8cVHRSfW7fHa0vSkyXnp+UDXkWI8
1ZLXbeV9cC+kUzw6NSWebGY84ZwmDd5y7k5aNMQwjzluKkQtJ191VQHUrUsvtLc6
kwIDAQAB
-----END PUBLIC KEY-----
`;

/** Samples of this file. */
export const VIEWERS = samplesOf(
  'viewers.ts',
  {
    'Client certificates at the edge': { viewerCertificates },
    'Client certificates before an API': { onlyWayIn },
    'Fields that the edge encrypts': { encryptedFields },
  },
  'us-east-1',
);
