import { TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import {
  AuditTrail,
  CertificateAuthority,
  CertificateAuthorityAuthorization,
  ClientTrustStore,
  HttpsTargetGroup,
  TlsOrigin,
  TlsTargetGroup,
  ZoneSigning,
} from '../../../lib';
import {
  EDGE_REGION,
  existingBucket,
  existingVpc,
  existingZone,
} from '../../_fixtures/construct-samples/construct-sample';
import { certificate, distribution, type Limit, loadBalancer, logBucket, long, network } from './limit';

const LABELS = 'must be a fully qualified domain name of labels of 1 to 63 letters, digits and inner hyphens';
const TARGET_GROUP = "'targetGroupName' must be 1 to 32 letters, digits and inner hyphens";
const TARGETS = { targetType: TargetType.IP, targetGroupName: long(33) };
const TOKENS = { issuer: 'https://login.example.com', jwksEndpoint: 'https://login.example.com/keys' };

/** Names and texts that are longer than AWS takes them. */
export const TOO_LONG: readonly Limit[] = [
  {
    about: 'the first name of a certificate',
    build: (stack) => certificate(stack, { domainName: `${long(60)}.example.com` }),
    says: "'domainName' must be a fully qualified domain name of at most 64 characters, got 72, move the longer name to 'subjectAlternativeNames'",
  },
  {
    about: 'a label of the first name',
    build: (stack) => certificate(stack, { domainName: `${long(64)}.example.com` }),
    says: `'domainName' ${LABELS}`,
  },
  {
    about: 'a further name of a certificate',
    build: (stack) =>
      certificate(stack, { subjectAlternativeNames: [`${`${long(50)}.`.repeat(5)}example.com`] }),
    says: "'subjectAlternativeNames[0]' must be a fully qualified domain name of at most 253 characters, got 266",
  },
  {
    about: 'the name of a trail',
    build: (stack) => new AuditTrail(stack, 'Trail', { trailName: long(129) }),
    says: "'trailName' must have 3 to 128 letters, digits",
  },
  {
    about: 'the name of a bucket',
    build: (stack) => logBucket(stack, { bucketName: long(64) }),
    says: 'of 64 characters, leave it out to have one made',
  },
  {
    about: 'the name of a key that signs a zone',
    region: EDGE_REGION,
    build: (stack) =>
      new ZoneSigning(stack, 'Signing', { zone: existingZone(stack), keySigningKeyName: long(129) }),
    says: "'keySigningKeyName' must be 3 to 128 letters, digits and underscores",
  },
  {
    about: 'the name of a certificate authority',
    build: (stack) =>
      new CertificateAuthorityAuthorization(stack, 'Authorities', {
        zone: existingZone(stack),
        issuers: [CertificateAuthority.of(`${long(64)}.org`)],
      }),
    says: `'issuers[0]': the name of a certificate authority ${LABELS}`,
  },
  {
    about: 'a name of a distribution',
    region: EDGE_REGION,
    build: (stack) => distribution(stack, { domainNames: [`${long(64)}.example.com`] }),
    says: `'domainNames[0]' ${LABELS}`,
  },
  {
    about: 'the host of an origin',
    region: EDGE_REGION,
    build: (stack) =>
      distribution(stack, {
        defaultBehavior: { origin: TlsOrigin.httpsHost(`${long(64)}.example.com`) },
      }),
    says: `the 'domainName' of an origin ${LABELS}`,
  },
  {
    about: 'the comment of a distribution',
    region: EDGE_REGION,
    build: (stack) => distribution(stack, { comment: long(129) }),
    says: "'comment' must have at most 128 characters, got 129, shorten it",
  },
  {
    about: 'the name of a target group of an application load balancer',
    build: (stack) => new HttpsTargetGroup(stack, 'Targets', { vpc: existingVpc(stack), ...TARGETS }),
    says: TARGET_GROUP,
  },
  {
    about: 'the name of a target group of a network load balancer',
    build: (stack) => new TlsTargetGroup(stack, 'Targets', { vpc: existingVpc(stack), ...TARGETS }),
    says: TARGET_GROUP,
  },
  {
    about: 'the issuer of tokens',
    build: (stack) =>
      loadBalancer(stack, { jwtValidation: { ...TOKENS, issuer: `https://${long(249)}.example` } }),
    says: "'jwtValidation.issuer' must be an HTTPS URL of at most 256 characters, got 265 characters, use a shorter one",
  },
  {
    about: 'the value of a claim',
    build: (stack) =>
      loadBalancer(stack, {
        jwtValidation: { ...TOKENS, requiredClaims: [{ name: 'scope', values: [long(257)] }] },
      }),
    says: "'jwtValidation.requiredClaims[0].values' must be of 1 to 256 characters",
  },
  {
    about: 'the key of an object with authorities',
    build: (stack) =>
      new ClientTrustStore(stack, 'Clients', {
        bucket: existingBucket(stack, 'trust-material'),
        caCertificates: { key: long(1025), version: 'v1' },
      }),
    says: "'caCertificates' must have a key of 1 to 1024 bytes, got 1025",
  },
  {
    about: 'the description of a security group',
    build: (stack) => network(stack).addSecurityGroup('Shop', long(256)),
    says: 'of 256 characters, say it shorter or in ASCII',
  },
  {
    about: 'a reason',
    build: (stack) =>
      loadBalancer(stack).addTargets('Shop', {
        targets: [new IpTarget('10.0.1.2')],
        plaintextTargetsReason: `${long(250)} ${long(250)}`,
      }),
    says: "'plaintextTargetsReason' must be a sentence of 20 to 500 characters that says why the default cannot be kept",
  },
];
