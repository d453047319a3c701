import { Duration } from 'aws-cdk-lib';
import {
  CertificateMonitor,
  ClientTrustStore,
  EncryptedQueue,
  TlsProfile,
  WebAcl,
  WebAclScope,
} from '../../../lib';
import {
  EDGE_REGION,
  existingBucket,
  existingTopic,
} from '../../_fixtures/construct-samples/construct-sample';
import {
  certificate,
  certificates,
  distribution,
  type Limit,
  loadBalancer,
  names,
  network,
  networkListener,
} from './limit';

const TOKENS = { issuer: 'https://login.example.com', jwksEndpoint: 'https://login.example.com/keys' };

/** More, or less, than AWS takes. */
export const TOO_MANY: readonly Limit[] = [
  {
    about: 'certificates of an application load balancer',
    build: (stack) => loadBalancer(stack, { additionalCertificates: certificates(stack, 26) }),
    says: "'additionalCertificates' must leave the listener with at most 25 certificates beside its first one, twins included, got 26, define a second load balancer, or have the quota raised and say so in 'certificateQuota'",
  },
  {
    about: 'certificates of a network load balancer',
    build: (stack) => networkListener(stack, { additionalCertificates: certificates(stack, 26) }),
    says: "'additionalCertificates' must leave the load balancer with at most 25 certificates on all its listeners, twins included, got 27",
  },
  {
    about: 'names of a certificate',
    build: (stack) => certificate(stack, { subjectAlternativeNames: names(10) }),
    says: "'subjectAlternativeNames' must leave the certificate with at most 10 names, 'domainName' included, got 11, define a second certificate, or have the quota raised and say so in 'domainNameQuota'",
  },
  {
    about: 'revocation lists',
    build: (stack) =>
      new ClientTrustStore(stack, 'Clients', {
        bucket: existingBucket(stack, 'trust-material'),
        caCertificates: { key: 'clients.pem', version: 'v1' },
        revocationLists: names(31).map((key) => ({ key, version: 'v1' })),
      }),
    says: "'revocationLists' must hold at most 30 lists, got 31, merge the lists of one authority",
  },
  {
    about: 'claims of a token',
    build: (stack) =>
      loadBalancer(stack, {
        jwtValidation: {
          ...TOKENS,
          requiredClaims: names(11).map((name) => ({ name, values: ['shop'] })),
        },
      }),
    says: "'jwtValidation.requiredClaims' must hold at most 10 claims, got 11, have the targets check the others",
  },
  {
    about: 'availability zones',
    build: (stack) => network(stack, { availabilityZoneCount: 9 }),
    says: "'availabilityZoneCount' must be at most 2, the availability zones that the stack knows, got 9, override 'availabilityZones' of the stack",
  },
  {
    about: 'NAT gateways',
    build: (stack) => network(stack, { publicSubnets: true, natGateways: 3 }),
    says: "'natGateways' must be a whole number from 0 to 2, one for each availability zone, got 3",
  },
  {
    about: 'the highest port',
    build: (stack) => networkListener(stack, { port: 65_536 }),
    says: "'port' must be a whole number from 1 to 65535, got 65536",
  },
  {
    about: 'no certificate to watch',
    build: (stack) =>
      new CertificateMonitor(stack, 'Monitor', { certificates: [], topic: existingTopic(stack) }),
    says: "'certificates' must hold at least one certificate",
  },
  {
    about: 'a lower rate than AWS WAF counts',
    build: (stack) => new WebAcl(stack, 'WebAcl', { scope: WebAclScope.REGIONAL, rateLimit: 9 }),
    says: "'rateLimit' must be a whole number from 10 to 2000000000, got 9",
  },
  {
    about: 'days in a queue',
    build: (stack) => new EncryptedQueue(stack, 'Payments', { retention: Duration.days(15) }),
    says: "'retention' must be whole seconds, from one minute to 14 days, got 1296000 seconds",
  },
  {
    about: 'receives of a message',
    build: (stack) => new EncryptedQueue(stack, 'Payments', { maxReceiveCount: 1001 }),
    says: "'maxReceiveCount' must be a whole number from 1 to 1000, got 1001",
  },
];

/** TLS profiles for which a service has no TLS policy. */
export const UNSUPPORTED_PROFILES: readonly Limit[] = TlsProfile.values()
  .filter((tlsProfile) => !tlsProfile.supports('cloudfront-viewer'))
  .map((tlsProfile) => ({
    about: `${tlsProfile.name} for a distribution`,
    region: EDGE_REGION,
    build: (stack) => distribution(stack, { tlsProfile }),
    says: `CloudFront distributions towards viewers cannot meet TLS profile ${tlsProfile.name}: none of its TLS policies keeps to modules validated under FIPS 140-3, end TLS on a load balancer`,
  }));
