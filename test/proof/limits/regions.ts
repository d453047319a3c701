import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  CertificateMonitor,
  ClientCertificates,
  ClientTrustStore,
  LogBucket,
  LogKind,
  TlsOrigin,
  WebAcl,
  WebAclScope,
  ZoneSigning,
} from '../../../lib';
import {
  EDGE_REGION,
  existingAcmCertificate,
  existingBucket,
  existingTopic,
  existingZone,
  REGION,
} from '../../_fixtures/construct-samples/construct-sample';
import {
  certificate,
  distribution,
  farCertificate,
  type Limit,
  loadBalancer,
  NO_REGION,
  networkListener,
  stackBeside,
} from './limit';

const ACROSS = {
  says: 'Cross stack/region references are only supported for stacks with an explicit region defined',
  saidByCdk: 'CrossRegionReferencesRequireExplicitRegion',
};
const EDGE = `must be in us-east-1, got`;
const OF_LOAD_BALANCER = `'certificate' must be in the region of the load balancer (eu-west-1), got`;

/** References to another region, and stacks that must name theirs. */
export const OTHER_REGIONS: readonly Limit[] = [
  {
    about: 'a distribution in a stack without a region',
    region: NO_REGION,
    build: (stack) => distribution(stack),
    says: `the stack of a distribution ${EDGE} an unresolved value, set 'env: { region: 'us-east-1' }' on it`,
  },
  {
    about: 'a distribution in another region',
    build: (stack) => distribution(stack),
    says: `the stack of a distribution ${EDGE} eu-west-1, set 'env: { region: 'us-east-1' }' on it`,
  },
  {
    about: 'a web ACL of the edge in a stack without a region',
    region: NO_REGION,
    build: (stack) => new WebAcl(stack, 'WebAcl', { scope: WebAclScope.CLOUDFRONT }),
    says: `the stack of a web ACL for CloudFront ${EDGE} an unresolved value`,
  },
  {
    about: 'the signing of a zone in a stack without a region',
    region: NO_REGION,
    build: (stack) => new ZoneSigning(stack, 'Signing', { zone: existingZone(stack) }),
    says: 'the stack must be in us-east-1, where Route 53 takes the keys of DNSSEC from and publishes its measures, got no region',
  },
  {
    about: 'a certificate of another region on an application load balancer',
    build: (stack) => loadBalancer(stack, { certificate: farCertificate(stack, EDGE_REGION) }),
    says: `${OF_LOAD_BALANCER} "arn:aws:acm:us-east-1:`,
  },
  {
    about: 'one of a stack in another region',
    build: (stack) => loadBalancer(stack, { certificate: certificate(stackBeside(stack, EDGE_REGION)) }),
    says: `${OF_LOAD_BALANCER} "us-east-1", request one there`,
  },
  {
    about: 'one of a stack without a region',
    build: (stack) => loadBalancer(stack, { certificate: certificate(stackBeside(stack)) }),
    ...ACROSS,
  },
  {
    about: 'one for a load balancer in a stack without a region',
    region: NO_REGION,
    build: (stack) => loadBalancer(stack, { certificate: certificate(stackBeside(stack, REGION)) }),
    ...ACROSS,
  },
  {
    about: 'a certificate of another region on a network load balancer',
    build: (stack) => networkListener(stack, { certificate: farCertificate(stack, EDGE_REGION) }),
    says: `${OF_LOAD_BALANCER} "arn:aws:acm:us-east-1:`,
  },
  {
    about: 'one of a stack in another region, on a network load balancer',
    build: (stack) => networkListener(stack, { certificate: certificate(stackBeside(stack, EDGE_REGION)) }),
    says: `${OF_LOAD_BALANCER} "us-east-1", request one there`,
  },
  {
    about: 'a certificate of another region on a distribution',
    region: EDGE_REGION,
    build: (stack) => distribution(stack, { certificate: farCertificate(stack, REGION) }),
    says: "'certificate' must be in us-east-1, from where CloudFront takes them, got one in eu-west-1, request one there",
  },
  {
    about: 'one of a stack in another region, on a distribution',
    region: EDGE_REGION,
    build: (stack) => distribution(stack, { certificate: certificate(stackBeside(stack, REGION)) }),
    says: "'certificate' must be in us-east-1, from where CloudFront takes them, got one in eu-west-1, request one there",
  },
  {
    about: 'one of a stack without a region, on a distribution',
    region: EDGE_REGION,
    build: (stack) => distribution(stack, { certificate: certificate(stackBeside(stack)) }),
    ...ACROSS,
  },
  {
    about: 'an origin in a stack without a region',
    region: EDGE_REGION,
    build: (stack) => {
      const origin = TlsOrigin.loadBalancer(loadBalancer(stackBeside(stack)), {
        domainName: 'shop.example.com',
      });
      return distribution(stack, { defaultBehavior: { origin } });
    },
    ...ACROSS,
  },
  {
    about: 'a bucket of another region as origin',
    region: EDGE_REGION,
    build: (stack) => {
      const origin = TlsOrigin.bucket(new Bucket(stackBeside(stack, REGION), 'Bucket'));
      return distribution(stack, { defaultBehavior: { origin } });
    },
    says: "bucket 'Beside/Bucket' must be in the stack of the distribution, since its policy names the distribution, define it there",
  },
  {
    about: 'a web ACL of another region',
    build: (stack) => {
      const webAcl = new WebAcl(stackBeside(stack, EDGE_REGION), 'WebAcl', { scope: WebAclScope.REGIONAL });
      return loadBalancer(stack, { webAcl });
    },
    says: `'webAcl' must be in the region of the load balancer (eu-west-1), got "us-east-1", define one there`,
  },
  {
    about: 'a web ACL of the edge before a load balancer',
    build: (stack) => {
      const webAcl = new WebAcl(stackBeside(stack, EDGE_REGION), 'WebAcl', { scope: WebAclScope.CLOUDFRONT });
      return loadBalancer(stack, { webAcl });
    },
    says: "'webAcl' must have the scope REGIONAL to stand before a load balancer, got CLOUDFRONT, define a second web ACL in its region",
  },
  {
    about: 'a regional web ACL before a distribution',
    region: EDGE_REGION,
    build: (stack) =>
      distribution(stack, { webAcl: new WebAcl(stack, 'WebAcl', { scope: WebAclScope.REGIONAL }) }),
    says: "'webAcl' must have the scope CLOUDFRONT, got REGIONAL, define one in us-east-1",
  },
  {
    about: 'a trust store of another region',
    build: (stack) => {
      const trustStore = new ClientTrustStore(stackBeside(stack, EDGE_REGION), 'Clients', {
        bucket: existingBucket(stack, 'trust-material'),
        caCertificates: { key: 'clients.pem', version: 'v1' },
      });
      return loadBalancer(stack, { clientCertificates: ClientCertificates.verify(trustStore) });
    },
    says: `'clientCertificates' must be in the region of the load balancer (eu-west-1), got "us-east-1", define a trust store there`,
  },
  {
    about: 'a bucket of another region for logs',
    build: (stack) => {
      const { bucket } = new LogBucket(stackBeside(stack, EDGE_REGION), 'Logs', { kind: LogKind.ALB_ACCESS });
      return loadBalancer(stack, { logBucket: bucket });
    },
    says: `'logBucket' must be in the region of what it logs (eu-west-1), got "us-east-1", use a LogBucket of that region`,
  },
  {
    about: 'a certificate of another region to watch',
    build: (stack) =>
      new CertificateMonitor(stack, 'Monitor', {
        certificates: farCertificate(stack, EDGE_REGION).certificates,
        topic: existingTopic(stack),
      }),
    says: "'certificates' must be in the region of the monitor (eu-west-1), got one in us-east-1, define a monitor there",
  },
  {
    about: 'a topic of another region for alarms',
    build: (stack) =>
      new CertificateMonitor(stack, 'Monitor', {
        certificates: [existingAcmCertificate(stack)],
        topic: existingTopic(stack, EDGE_REGION),
      }),
    says: "'topic' must be in the region of the monitor (eu-west-1), got one in us-east-1, create one there",
  },
];
