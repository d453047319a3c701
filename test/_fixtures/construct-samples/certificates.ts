import { Duration } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import {
  CertificateAuthority,
  CertificateAuthorityAuthorization,
  CertificateMonitor,
  ManagedCertificate,
  ZoneSigning,
} from '../../../lib';
import {
  type ConstructSample,
  EDGE_REGION,
  existingAcmCertificate,
  existingTopic,
  existingZone,
} from './construct-sample';

/** Alarms fit the lifetime that certificates have on a day: here always on the same one. */
const NOW = new Date('2026-11-22T00:00:00Z');

/** Certificates, and the DNS beside them. */
export const CERTIFICATE_SAMPLES: readonly ConstructSample[] = [
  {
    construct: 'ManagedCertificate',
    build: (stack, around) =>
      new ManagedCertificate(stack, 'Certificate', {
        domainName: 'shop.example.com',
        hostedZones: [existingZone(around)],
        now: NOW,
      }),
  },
  {
    construct: 'ManagedCertificate',
    options: 'a second name, an RSA twin, a topic that exists',
    build: (stack, around) =>
      new ManagedCertificate(stack, 'Certificate', {
        domainName: 'shop.example.com',
        subjectAlternativeNames: ['www.example.com'],
        hostedZones: [existingZone(around)],
        keyAlgorithm: acm.KeyAlgorithm.EC_SECP384R1,
        rsaTwin: true,
        alarmTopic: existingTopic(around),
        now: NOW,
      }),
  },
  {
    construct: 'CertificateMonitor',
    build: (stack, around) =>
      new CertificateMonitor(stack, 'Monitor', {
        certificates: [existingAcmCertificate(around)],
        topic: existingTopic(around),
        now: NOW,
      }),
  },
  {
    construct: 'CertificateAuthorityAuthorization',
    build: (stack, around) =>
      new CertificateAuthorityAuthorization(stack, 'Authorities', { zone: existingZone(around) }),
  },
  {
    construct: 'CertificateAuthorityAuthorization',
    options: 'another authority bound to an account, wildcards, reports',
    build: (stack, around) =>
      new CertificateAuthorityAuthorization(stack, 'Authorities', {
        zone: existingZone(around),
        recordName: 'shop',
        issuers: [
          CertificateAuthority.AMAZON,
          CertificateAuthority.of('letsencrypt.org', {
            accountUri: 'https://acme-v02.api.letsencrypt.org/acme/acct/1234567890',
            validationMethods: ['dns-01'],
          }),
        ],
        wildcardIssuers: [CertificateAuthority.AMAZON],
        violationReports: ['mailto:security@example.com'],
        ttl: Duration.minutes(5),
      }),
  },
  {
    construct: 'ZoneSigning',
    region: EDGE_REGION,
    build: (stack, around) => new ZoneSigning(stack, 'Signing', { zone: existingZone(around) }),
  },
  {
    construct: 'ZoneSigning',
    options: 'a name for the key, a topic that exists',
    region: EDGE_REGION,
    build: (stack, around) =>
      new ZoneSigning(stack, 'Signing', {
        zone: existingZone(around),
        keySigningKeyName: 'Key2027',
        alarmTopic: existingTopic(around, EDGE_REGION),
      }),
  },
];
