import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import {
  certificateIsManaged,
  floorIsAtLeast,
  type HopPredicate,
  isEncrypted,
  isForwardSecret,
  isNotPassedThrough,
  judged,
  serverIsAuthenticated,
  tlsPolicyIsClassified,
} from './predicates';
import type { Rule } from './rule';

const LOAD_BALANCER = 'AWS::ElasticLoadBalancing::LoadBalancer';
const BEST = 'ELBSecurityPolicy-TLS-1-2-2017-01';
const SET_POLICY =
  `Add to Policies an SSLNegotiationPolicyType whose attribute Reference-Security-Policy is ${BEST}, and name it in the ` +
  "listener's PolicyNames. CDK: Policies exist on the L1 only (CfnLoadBalancer.policies). Better, move to an Application Load Balancer.";

const OTHER = 'an Application Load Balancer with a forward-secret TLS policy';

/** By its name, or suite by suite. */
const isListedForwardSecret: HopPredicate = (hop, context) =>
  hop.forwardSecret === undefined
    ? isForwardSecret(OTHER)(hop, context)
    : judged(hop.forwardSecret, `cipher suites with ECDHE alone, or ${OTHER}`, (isFine) => isFine);

/** Rules on Classic Load Balancers, with their levels. Security Hub's list (ELB.8) holds no forward-secret policy. */
export const ELB_CLASSIC_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'ClassicListenerIsEncrypted',
      title: 'a Classic Load Balancer listener serves nothing in clear',
      risk: 'Whoever is on the path between a client and the load balancer reads and changes requests and answers. Classic Load Balancers cannot redirect.',
      fix: 'Set Protocol of the listener to HTTPS or SSL, with SSLCertificateId. CDK: externalProtocol: LoadBalancingProtocol.HTTPS and sslCertificateArn.',
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)'],
        securityHub: ['ELB.3'],
        cwe: ['CWE-319'],
        awsConfig: ['ELB_TLS_HTTPS_LISTENERS_ONLY'],
      },
      resourceTypes: [LOAD_BALANCER],
      hops: ['elb-classic.listener'],
      judge: isEncrypted('HTTPS or SSL'),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'ClassicListenerTlsPolicyIsClassified',
      title: 'the TLS policy of a Classic Load Balancer listener is one whose properties are known',
      risk: 'A TLS policy that nobody has looked up may accept any version and any cipher suite.',
      fix: SET_POLICY,
      references: { pciDss: ['4.2.1', '12.3.3'], gdpr: ['32(1)(a)'], cwe: ['CWE-326'] },
      resourceTypes: [LOAD_BALANCER],
      hops: ['elb-classic.listener'],
      judge: tlsPolicyIsClassified,
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'ClassicListenerRequiresTls12',
      title: 'a Classic Load Balancer listener negotiates nothing below TLS 1.2',
      risk: 'TLS 1.0 and 1.1 are withdrawn (RFC 8996). Without a policy the listener has ELBSecurityPolicy-2016-08, which accepts both.',
      fix: SET_POLICY,
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)'],
        securityHub: ['ELB.8'],
        cwe: ['CWE-326', 'CWE-757'],
        awsConfig: ['ELB_PREDEFINED_SECURITY_POLICY_SSL_CHECK', 'ELB_CUSTOM_SECURITY_POLICY_SSL_CHECK'],
      },
      resourceTypes: [LOAD_BALANCER],
      hops: ['elb-classic.listener'],
      judge: floorIsAtLeast('TLSv1.2', `${BEST}, or a custom policy with Protocol-TLSv1.2 alone`),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'ClassicListenerTlsPolicyIsForwardSecret',
      title: 'every cipher suite of a Classic Load Balancer listener has forward secrecy',
      risk: 'Traffic recorded today can be read by whoever gets the private key of the certificate later. No predefined policy of Classic Load Balancers prevents that.',
      fix: 'Move the listener to an Application or Network Load Balancer, or list ECDHE cipher suites one by one in a custom SSLNegotiationPolicyType. CDK: ApplicationLoadBalancer of aws-elasticloadbalancingv2; custom policies on the L1 only (CfnLoadBalancer.policies).',
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-327'] },
      resourceTypes: [LOAD_BALANCER],
      hops: ['elb-classic.listener'],
      judge: isListedForwardSecret,
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'ClassicListenerCertificateIsManaged',
      title: 'the certificate of a Classic Load Balancer listener is kept by ACM',
      risk: 'IAM neither renews a server certificate nor warns before it ends, and its private key was in the hands of whoever uploaded it.',
      fix: 'Set SSLCertificateId to the ARN of a certificate of ACM; a Ref to one in the template is one. CDK: sslCertificateArn: certificate.certificateArn.',
      references: {
        pciDss: ['4.2.1', '4.2.1.1'],
        gdpr: ['32(1)(a)'],
        securityHub: ['ELB.2'],
        cwe: ['CWE-324'],
        awsConfig: ['ELB_ACM_CERTIFICATE_REQUIRED'],
      },
      resourceTypes: [LOAD_BALANCER],
      hops: ['elb-classic.listener'],
      judge: certificateIsManaged('a certificate of ACM'),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'ClassicListenerIsNotPassedThrough',
      title:
        'a Classic Load Balancer listener ends TLS itself, so that its version and certificate can be told',
      risk: 'Bytes are handed on as they come: whether they are encrypted is decided by the instances and not visible here.',
      fix: 'Set Protocol to SSL or HTTPS, with SSLCertificateId, or waive the finding with the proof that the instances end TLS. CDK: externalProtocol: LoadBalancingProtocol.SSL and sslCertificateArn.',
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], securityHub: ['ELB.3'], cwe: ['CWE-319'] },
      resourceTypes: [LOAD_BALANCER],
      hops: ['elb-classic.listener'],
      judge: isNotPassedThrough('HTTPS or SSL, so that the load balancer ends it'),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'ClassicBackendIsEncrypted',
      title: 'a Classic Load Balancer sends nothing to its instances in clear',
      risk: 'What clients sent under TLS is decrypted at the load balancer and crosses the network in clear.',
      fix: 'Set InstanceProtocol to HTTPS behind HTTPS, or SSL behind SSL: left out, it is HTTP or TCP. CDK: internalProtocol: LoadBalancingProtocol.HTTPS.',
      references: { pciDss: ['4.2.1', '2.2.7'], gdpr: ['32(1)(a)'], cwe: ['CWE-319'] },
      resourceTypes: [LOAD_BALANCER],
      hops: ['elb-classic.backend'],
      judge: isEncrypted('HTTPS or SSL'),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'ClassicBackendIsAuthenticated',
      title: 'a Classic Load Balancer verifies the certificates of its instances',
      risk: 'The hop is encrypted but not authenticated: whoever answers at the address of an instance gets the data.',
      fix: 'Add to Policies a PublicKeyPolicyType and a BackendServerAuthenticationPolicyType that names it, with the port in InstancePorts. CDK: on the L1 only (CfnLoadBalancer.policies).',
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-295'] },
      resourceTypes: [LOAD_BALANCER],
      hops: ['elb-classic.backend'],
      judge: serverIsAuthenticated('a BackendServerAuthenticationPolicyType for the port'),
    }),
  },
  {
    level: 'info',
    unknown: 'info',
    rule: hopRule({
      id: 'ClassicHealthCheckIsEncrypted',
      title: 'health checks of instances are not sent in clear',
      risk: 'Health checks hold no data of customers, but a port that answers them in clear may answer others too.',
      fix: 'Let HealthCheck.Target start with HTTPS: or SSL:. CDK: healthCheck: { protocol: LoadBalancingProtocol.HTTPS }.',
      references: { pciDss: ['2.2.7'], cwe: ['CWE-319'] },
      resourceTypes: [LOAD_BALANCER],
      hops: ['elb-classic.health-check'],
      judge: isEncrypted('a target that starts with HTTPS:'),
    }),
  },
];

/** Rules on Classic Load Balancers. */
export const ELB_CLASSIC_RULES: readonly Rule[] = ELB_CLASSIC_PACK_ROWS.map(({ rule }) => rule);
