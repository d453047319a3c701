import type { PackRule } from '../packs/pack';
import { CLOUDFRONT_CLIENT_ROWS } from './cloudfront-client';
import { CLOUDFRONT_ORIGIN_ROWS } from './cloudfront-origin';
import { hopRule } from './define';
import {
  certificateIsManaged,
  floorIsAtLeast,
  type HopPredicate,
  isAcceptedBySecurityHub,
  isEncrypted,
  isForwardSecret,
  isPostQuantum,
  judged,
  sendsHsts,
  tlsPolicyIsClassified,
  unknown,
  violation,
} from './predicates';
import { COMPLIANT, NOT_APPLICABLE, type Rule } from './rule';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const RESPONSE_HEADERS_POLICY = 'AWS::CloudFront::ResponseHeadersPolicy';
const ONE_YEAR = 31_536_000;
const SET_POLICY =
  'Set ViewerCertificate.MinimumProtocolVersion to TLSv1.2_2021 or newer (TLSv1.2_2025, TLSv1.3_2025). CDK: minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2025.';

/**
 * Asks only where the TLS policy is one of the distribution's own.
 *
 * With the default certificate it is always `TLSv1`: that is one fault, and `DistributionHasOwnCertificate` names it.
 */
const withOwnCertificate =
  (predicate: HopPredicate): HopPredicate =>
  (hop, context) =>
    hop.certificate.value === 'service-default' || hop.certificate.unknown !== undefined
      ? NOT_APPLICABLE
      : predicate(hop, context);

const usesOwnCertificate: HopPredicate = (hop) => {
  const want = 'a certificate of ACM for your own domain name';
  const verdict = judged(hop.certificate, want, (source) => source !== 'service-default');
  return verdict.verdict === 'violation'
    ? {
        ...verdict,
        detail: 'with its default certificate CloudFront accepts TLS 1.0, whatever the template says',
      }
    : verdict;
};

/** Hidden methods are left out of the fact, and may be any. */
const writesAreNotRedirected: HopPredicate = (hop) => {
  if (hop.protocol.value !== 'redirect-to-tls') return NOT_APPLICABLE;
  if (hop.acceptsWrites === undefined) return unknown(hop.protocol, 'the allowed methods are not known');
  return hop.acceptsWrites ? violation(hop.protocol, 'https-only') : COMPLIANT;
};

/** Rules on CloudFront distributions, with their levels. */
export const CLOUDFRONT_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'DistributionServesOnlyTls',
      title: 'a CloudFront distribution serves nothing in clear',
      risk: 'Whoever is on the path to a viewer reads and changes what is served, session cookies and passwords among it. A bucket behind it is read in clear too, since CloudFront asks S3 with the protocol of the viewer.',
      fix: 'Set ViewerProtocolPolicy of every behaviour to redirect-to-https or https-only. CDK: viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY; left out it is allow-all, unless the feature flag defaultViewerProtocolPolicyRedirectToHttps is on.',
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)'],
        securityHub: ['CloudFront.3'],
        cwe: ['CWE-319'],
        awsConfig: ['CLOUDFRONT_VIEWER_POLICY_HTTPS'],
      },
      resourceTypes: [DISTRIBUTION],
      hops: ['cloudfront.viewer'],
      judge: isEncrypted('https-only or redirect-to-https'),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'DistributionHasOwnCertificate',
      title: 'a CloudFront distribution has a certificate of its own, without which it accepts TLS 1.0',
      risk: 'With the certificate of *.cloudfront.net CloudFront sets the TLS policy to TLSv1 and ignores MinimumProtocolVersion: TLS 1.0 and 1.1 are withdrawn (RFC 8996).',
      fix: 'Set ViewerCertificate.AcmCertificateArn (a certificate in us-east-1), SslSupportMethod sni-only and MinimumProtocolVersion, with Aliases. CDK: certificate and domainNames.',
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)'],
        securityHub: ['CloudFront.7', 'CloudFront.15'],
        cwe: ['CWE-326', 'CWE-757'],
        awsConfig: ['CLOUDFRONT_CUSTOM_SSL_CERTIFICATE'],
      },
      resourceTypes: [DISTRIBUTION],
      hops: ['cloudfront.viewer'],
      judge: usesOwnCertificate,
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'DistributionTlsPolicyIsClassified',
      title: 'the TLS policy of a CloudFront distribution is one whose properties are known',
      risk: 'A TLS policy that nobody has looked up may accept any version and any cipher suite.',
      fix: `${SET_POLICY} A new policy of AWS can be added in configuration with its source and date.`,
      references: { pciDss: ['4.2.1', '12.3.3'], gdpr: ['32(1)(a)'], cwe: ['CWE-326'] },
      resourceTypes: [DISTRIBUTION],
      hops: ['cloudfront.viewer'],
      judge: withOwnCertificate(tlsPolicyIsClassified),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'DistributionRequiresTls12',
      title: 'a CloudFront distribution negotiates nothing below TLS 1.2 with viewers',
      risk: 'TLS 1.0 and 1.1 are withdrawn (RFC 8996): an attacker on the path can steer clients to them and use their known weaknesses.',
      fix: SET_POLICY,
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)'],
        securityHub: ['CloudFront.15'],
        cwe: ['CWE-326', 'CWE-757'],
        awsConfig: ['CLOUDFRONT_SECURITY_POLICY_CHECK'],
      },
      resourceTypes: [DISTRIBUTION],
      hops: ['cloudfront.viewer'],
      judge: withOwnCertificate(floorIsAtLeast('TLSv1.2', 'TLSv1.2_2021, TLSv1.2_2025 or TLSv1.3_2025')),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'DistributionTlsPolicyIsForwardSecret',
      title: 'every cipher suite of a CloudFront distribution has forward secrecy',
      risk: 'Traffic recorded today can be read by whoever gets the private key of the certificate later.',
      fix: `${SET_POLICY} TLSv1.2_2018 offers RSA key transport.`,
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-327'] },
      resourceTypes: [DISTRIBUTION],
      hops: ['cloudfront.viewer'],
      judge: withOwnCertificate(isForwardSecret('TLSv1.2_2021, TLSv1.2_2025 or TLSv1.3_2025')),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'DistributionTlsPolicyIsOnSecurityHubList',
      title: 'the TLS policy of a CloudFront distribution is one that Security Hub accepts',
      risk: 'Security Hub (CloudFront.15) reports the distribution: the policy still offers CBC cipher suites or is not on its list.',
      fix: SET_POLICY,
      references: { pciDss: ['4.2.1'], securityHub: ['CloudFront.15'], cwe: ['CWE-327'] },
      resourceTypes: [DISTRIBUTION],
      hops: ['cloudfront.viewer'],
      judge: withOwnCertificate(isAcceptedBySecurityHub('TLSv1.2_2021, TLSv1.2_2025 or TLSv1.3_2025')),
    }),
  },
  {
    level: 'info',
    unknown: 'info',
    rule: hopRule({
      id: 'DistributionTlsPolicyIsPostQuantum',
      title: 'a CloudFront distribution offers post-quantum key agreement',
      risk: 'Traffic recorded today can be read once quantum computers break elliptic curves.',
      fix: SET_POLICY,
      references: { pciDss: ['12.3.3'], gdpr: ['32(1)(a)'] },
      resourceTypes: [DISTRIBUTION],
      hops: ['cloudfront.viewer'],
      judge: withOwnCertificate(isPostQuantum('TLSv1.2_2025 or TLSv1.3_2025')),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'DistributionCertificateIsManaged',
      title: 'the certificate of a CloudFront distribution is kept by ACM',
      risk: 'IAM neither renews a server certificate nor warns before it ends, and its private key was in the hands of whoever uploaded it.',
      fix: 'Set ViewerCertificate.AcmCertificateArn in place of IamCertificateId. CDK: certificate, with a Certificate of aws-certificatemanager in us-east-1.',
      references: { pciDss: ['4.2.1', '4.2.1.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-324'] },
      resourceTypes: [DISTRIBUTION],
      hops: ['cloudfront.viewer'],
      // A hidden certificate is reported by DistributionHasOwnCertificate.
      judge: withOwnCertificate(certificateIsManaged('a certificate of ACM')),
    }),
  },
  {
    // CloudFront answers a POST in clear with 403 under either setting: what differs is that the mistake shows.
    level: 'info',
    unknown: 'info',
    rule: hopRule({
      id: 'DistributionWritesOverHttpsOnly',
      title: 'a behaviour that accepts writes refuses plaintext instead of redirecting it',
      risk: 'A client that is set up with an http address works for reading, redirect by redirect, and sends its tokens in clear with each of them; nobody notices.',
      fix: 'Set ViewerProtocolPolicy to https-only where AllowedMethods holds POST, PUT, PATCH or DELETE. CDK: viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY.',
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-319'] },
      resourceTypes: [DISTRIBUTION],
      hops: ['cloudfront.viewer'],
      judge: writesAreNotRedirected,
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'DistributionSendsHsts',
      title: 'every behaviour tells browsers to use TLS only, for a year',
      risk: 'The first request of every visit by plain name goes out in clear, and an attacker on the path answers it in place of the redirect.',
      fix: "Set ResponseHeadersPolicyId to a policy with SecurityHeadersConfig.StrictTransportSecurity and AccessControlMaxAgeSec 31536000, or to AWS's own SecurityHeadersPolicy. CDK: responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS. Origins that send the header themselves need a waiver that says so.",
      references: { pciDss: ['4.2.1', '6.2.4'], gdpr: ['32(1)(a)'], cwe: ['CWE-319', 'CWE-523'] },
      resourceTypes: [DISTRIBUTION, RESPONSE_HEADERS_POLICY],
      hops: ['cloudfront.viewer'],
      judge: sendsHsts(
        ONE_YEAR,
        'a policy that sends Strict-Transport-Security with a max-age of 31536000 or more',
      ),
    }),
  },
  ...CLOUDFRONT_CLIENT_ROWS,
  ...CLOUDFRONT_ORIGIN_ROWS,
];

/** Rules on CloudFront distributions. */
export const CLOUDFRONT_RULES: readonly Rule[] = CLOUDFRONT_PACK_ROWS.map(({ rule }) => rule);
