import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import {
  certificateIsManaged,
  floorIsAtLeast,
  isAcceptedBySecurityHub,
  isEncrypted,
  isForwardSecret,
  isNotPassedThrough,
  isPostQuantum,
  judged,
  ofType,
  rejectsExpiredClients,
  sendsHsts,
  speaksTls,
  tlsPolicyIsClassified,
  wanted,
} from './predicates';
import { NOT_APPLICABLE, type Rule } from './rule';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const LISTENER_RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const LISTENER_CERTIFICATE = 'AWS::ElasticLoadBalancingV2::ListenerCertificate';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

const REDIRECT = [/\.RedirectConfig\.Protocol$/, 'HTTPS'] as const;

const ONE_YEAR = 31_536_000;
const RESTRICTED = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';
const SET_POLICY =
  `Set SslPolicy to ${RESTRICTED}. CDK: sslPolicy: SslPolicy.TLS13_12_RES_PQ; ` +
  'SslPolicy.RECOMMENDED, and no sslPolicy at all, are ELBSecurityPolicy-2016-08 with TLS 1.0.';

/** Rules on Application and Network Load Balancers, with their levels. */
export const ELBV2_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'ListenerIsEncrypted',
      title: 'a load balancer listener serves nothing in clear',
      risk: 'Whoever is on the path between a client and the load balancer reads and changes requests and answers, session cookies and passwords among them.',
      fix: 'Set Protocol to HTTPS, or let the default action of the HTTP listener be a redirect with RedirectConfig.Protocol HTTPS (left out, it keeps HTTP) or a fixed response. CDK: addRedirect() on the load balancer, or ListenerAction.redirect({ protocol: "HTTPS", port: "443", permanent: true }).',
      references: {
        pciDss: ['1.2.5', '4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)'],
        securityHub: ['ELB.1', 'ELB.18'],
        cwe: ['CWE-319'],
        awsConfig: ['ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK'],
      },
      resourceTypes: [LISTENER],
      hops: ['elbv2.listener'],
      judge: ofType(
        LISTENER,
        wanted(isEncrypted('HTTPS or TLS, a redirect to HTTPS, or a fixed response'), REDIRECT),
      ),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'ListenerRuleForwardsOnlyTls',
      title: 'no rule of a listener forwards requests that came in clear, or sends clients on to HTTP',
      risk: 'The default action is fine, but requests that match this rule are served in clear, or told to come back in clear: the exception is easy to miss and reads like the encrypted listener.',
      fix: 'Attach the rule to the HTTPS listener (ListenerArn), or make its action a redirect with RedirectConfig.Protocol HTTPS. CDK: call addAction or addTargets on the HTTPS listener.',
      references: {
        pciDss: ['1.2.5', '4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)'],
        securityHub: ['ELB.1'],
        cwe: ['CWE-319'],
        awsConfig: ['ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK'],
      },
      resourceTypes: [LISTENER_RULE],
      hops: ['elbv2.listener'],
      judge: ofType(
        LISTENER_RULE,
        wanted(isEncrypted('a redirect to HTTPS, a fixed response, or on an HTTPS listener'), REDIRECT),
      ),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'ListenerTlsPolicyIsClassified',
      title: 'the TLS policy of a listener is one whose properties are known',
      risk: 'A TLS policy that nobody has looked up may accept any version and any cipher suite.',
      fix: `${SET_POLICY} A new policy of AWS can be added in configuration with its source and date.`,
      references: { pciDss: ['4.2.1', '12.3.3'], gdpr: ['32(1)(a)'], cwe: ['CWE-326'] },
      resourceTypes: [LISTENER],
      hops: ['elbv2.listener'],
      judge: tlsPolicyIsClassified,
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'ListenerRequiresTls12',
      title: 'a listener negotiates nothing below TLS 1.2',
      risk: 'TLS 1.0 and 1.1 are withdrawn (RFC 8996): an attacker on the path can steer clients to them and use their known weaknesses.',
      fix: `${SET_POLICY} TLS13 in a name does not help: ELBSecurityPolicy-TLS13-1-0-2021-06 accepts TLS 1.0.`,
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)'],
        securityHub: ['ELB.17'],
        cwe: ['CWE-326', 'CWE-757'],
      },
      resourceTypes: [LISTENER],
      hops: ['elbv2.listener'],
      judge: floorIsAtLeast('TLSv1.2', `a TLS policy from TLS 1.2 on, such as ${RESTRICTED}`),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'ListenerTlsPolicyIsForwardSecret',
      title: 'every cipher suite of a listener has forward secrecy',
      risk: 'Traffic recorded today can be read by whoever gets the private key of the certificate later.',
      fix: `${SET_POLICY} The Ext1 and Ext2 policies offer RSA key transport.`,
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-327'] },
      resourceTypes: [LISTENER],
      hops: ['elbv2.listener'],
      judge: isForwardSecret(`a TLS policy with forward secrecy only, such as ${RESTRICTED}`),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'ListenerTlsPolicyIsOnSecurityHubList',
      title: 'the TLS policy of a listener is one that Security Hub accepts',
      risk: 'Security Hub (ELB.17) reports the listener: the policy still offers CBC cipher suites or is not on its list.',
      fix: `${SET_POLICY} SslPolicy.RECOMMENDED_TLS and the feature flag usePostQuantumTlsPolicy lead to policies that ELB.17 refuses.`,
      references: { pciDss: ['4.2.1'], securityHub: ['ELB.17'], cwe: ['CWE-327'] },
      resourceTypes: [LISTENER],
      hops: ['elbv2.listener'],
      judge: isAcceptedBySecurityHub(`a TLS policy on the list of ELB.17, such as ${RESTRICTED}`),
    }),
  },
  {
    level: 'info',
    unknown: 'info',
    rule: hopRule({
      id: 'ListenerTlsPolicyIsPostQuantum',
      title: 'a listener offers post-quantum key agreement',
      risk: 'Traffic recorded today can be read once quantum computers break elliptic curves.',
      fix: SET_POLICY,
      references: { pciDss: ['12.3.3'], gdpr: ['32(1)(a)'] },
      resourceTypes: [LISTENER],
      hops: ['elbv2.listener'],
      judge: isPostQuantum(`a TLS policy with -PQ- in its name, such as ${RESTRICTED}`),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'ListenerCertificateIsManaged',
      title: 'the certificates of a listener are kept by ACM',
      risk: 'IAM neither renews a server certificate nor warns before it ends, and its private key was in the hands of whoever uploaded it.',
      fix: 'Name a certificate of ACM in Certificates. CDK: certificates: [certificate] with a Certificate of aws-certificatemanager.',
      references: {
        pciDss: ['4.2.1', '4.2.1.1'],
        gdpr: ['32(1)(a)'],
        cwe: ['CWE-324'],
        awsConfig: ['ELBV2_ACM_CERTIFICATE_REQUIRED'],
      },
      resourceTypes: [LISTENER, LISTENER_CERTIFICATE],
      hops: ['elbv2.listener'],
      judge: certificateIsManaged('a certificate of ACM'),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'ListenerSendsHsts',
      title: 'a listener that browsers can reach tells them to use TLS only, for a year',
      risk: 'The first request of every visit by plain name goes out in clear, and an attacker on the path answers it in place of the redirect.',
      fix: 'Add the listener attribute routing.http.response.strict_transport_security.header_value with "max-age=31536000; includeSubDomains" to ListenerAttributes. CDK: only on the L1, through (listener.node.defaultChild as CfnListener).listenerAttributes. Targets that send the header themselves need a waiver that says so.',
      references: { pciDss: ['4.2.1', '6.2.4'], gdpr: ['32(1)(a)'], cwe: ['CWE-319', 'CWE-523'] },
      resourceTypes: [LISTENER],
      hops: ['elbv2.listener'],
      judge: sendsHsts(ONE_YEAR, 'Strict-Transport-Security with a max-age of 31536000 or more'),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'ListenerIsNotPassedThrough',
      title: 'a listener ends TLS itself, so that its version and certificate can be told',
      risk: 'Bytes are handed on as they come: whether they are encrypted, with which version and for whom, is decided by the targets and not visible here.',
      fix: 'Set Protocol to TLS, with Certificates and SslPolicy, or waive the finding with the proof that the targets end TLS. CDK: protocol: Protocol.TLS.',
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], securityHub: ['ELB.18'], cwe: ['CWE-319'] },
      resourceTypes: [LISTENER],
      loosenings: ['passThrough'],
      hops: ['elbv2.listener'],
      judge: isNotPassedThrough('TLS, so that the load balancer ends it'),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'ListenerVerifiesClientCertificates',
      title: 'a listener that asks clients for a certificate verifies it',
      risk: 'Anybody gets through to the targets, with any certificate or none: unless they verify the chain in a header themselves, whoever makes a certificate is taken for the partner it names.',
      fix: 'Set MutualAuthentication.Mode to verify, with TrustStoreArn. CDK: mutualAuthentication: { mutualAuthenticationMode: MutualAuthenticationMode.VERIFY, trustStore }, or ClientCertificates.verify(). Targets that verify it themselves need a waiver that says so.',
      references: { pciDss: ['4.2.1', '8.3.1'], gdpr: ['32(1)(b)'], cwe: ['CWE-295', 'CWE-306'] },
      resourceTypes: [LISTENER],
      loosenings: ['unverifiedClients'],
      hops: ['elbv2.listener'],
      judge: (hop) => {
        const { value } = hop.clientAuthentication;
        // Without mutual TLS nobody is asked.
        if (!speaksTls(hop) || value === 'none' || value === 'token') return NOT_APPLICABLE;
        return judged(hop.clientAuthentication, 'verify', (means) => means === 'mutual-tls');
      },
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'ListenerRejectsExpiredClientCertificates',
      title: 'a listener that verifies certificates of clients rejects those that have expired',
      risk: 'A key that leaked years ago still opens the door: the end of a certificate is what limits a theft that nobody noticed.',
      fix: 'Set MutualAuthentication.IgnoreClientCertificateExpiry to false, or leave it out. CDK: no ignoreClientCertificateExpiry, or ClientCertificates.verify() without expiredCertificatesReason.',
      references: { pciDss: ['4.2.1', '8.3.1'], gdpr: ['32(1)(b)'], cwe: ['CWE-298'] },
      resourceTypes: [LISTENER],
      loosenings: ['expiredClientCertificates'],
      hops: ['elbv2.listener'],
      judge: rejectsExpiredClients,
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'TargetGroupIsEncrypted',
      title: 'a load balancer sends nothing to its targets in clear',
      risk: 'What clients sent under TLS is decrypted at the load balancer and crosses the network in clear, past everyone who can mirror traffic there.',
      fix: 'Set Protocol to HTTPS (Application Load Balancer) or TLS (behind a TLS listener); a self-signed certificate on the target is enough. Changing it replaces the group. CDK: protocol: ApplicationProtocol.HTTPS; a free-standing NetworkTargetGroup is TCP unless protocol says TLS.',
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)'],
        securityHub: ['ELB.22'],
        cwe: ['CWE-319'],
      },
      resourceTypes: [TARGET_GROUP],
      loosenings: ['plaintextTargets'],
      hops: ['elbv2.target'],
      judge: isEncrypted('HTTPS, or TLS behind a TLS listener'),
    }),
  },
  {
    level: 'info',
    unknown: 'info',
    rule: hopRule({
      id: 'HealthCheckIsEncrypted',
      title: 'health checks of targets are not sent in clear',
      risk: 'Health checks hold no data of customers, but a port that answers them in clear may answer others too. An HTTPS group is checked over HTTP unless it says otherwise.',
      fix: 'Set HealthCheckProtocol to HTTPS. CDK: healthCheck: { protocol: Protocol.HTTPS }.',
      references: { pciDss: ['2.2.7'], securityHub: ['ELB.21'], cwe: ['CWE-319'] },
      resourceTypes: [TARGET_GROUP],
      loosenings: ['plaintextTargets'],
      hops: ['elbv2.health-check'],
      judge: isEncrypted('HTTPS'),
    }),
  },
];

/** Rules on Application and Network Load Balancers. */
export const ELBV2_RULES: readonly Rule[] = ELBV2_PACK_ROWS.map(({ rule }) => rule);
