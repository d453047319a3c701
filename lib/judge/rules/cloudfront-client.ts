import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { type HopPredicate, judged, rejectsExpiredClients, speaksTls } from './predicates';
import { NOT_APPLICABLE } from './rule';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const FIELD_LEVEL_ENCRYPTION_CONFIG = 'AWS::CloudFront::FieldLevelEncryptionConfig';

/** Distributions that ask nobody for a certificate are for everyone. */
const letsInNobodyElse: HopPredicate = (hop) => {
  const { clientAuthentication: means } = hop;
  if (!speaksTls(hop) || means.value === 'none') return NOT_APPLICABLE;
  return judged(means, 'required', (value) => value !== 'mutual-tls-optional');
};

const failsClosed: HopPredicate = ({ fieldEncryption }) =>
  fieldEncryption === undefined
    ? NOT_APPLICABLE
    : judged(
        fieldEncryption,
        'false, and a profile for every content type, so that what cannot be encrypted is refused',
        (encryption) => encryption === 'always',
      );

/** Rules on viewers that prove who they are, and on fields that are encrypted for somebody, with their levels. */
export const CLOUDFRONT_CLIENT_ROWS: readonly PackRule[] = [
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'DistributionRequiresClientCertificates',
      title: 'a distribution that asks viewers for certificates lets in nobody without a valid one',
      risk: 'Whoever sends no certificate gets in all the same (optional), or any certificate does (passthrough): a client that is not authenticated is served what is cached for others, and reaches every origin that does not check for itself.',
      fix: 'Set ViewerMtlsConfig.Mode to required, with a TrustStoreConfig. Where some viewers have no certificate, serve them by a distribution of their own; else waive the finding with the place where the origin verifies. CDK: ViewerClientCertificates.verify of this package, or L1 (CfnDistribution, viewerMtlsConfig).',
      references: { pciDss: ['4.2.1', '8.3.1'], gdpr: ['32(1)(b)'], cwe: ['CWE-306', 'CWE-295'] },
      resourceTypes: [DISTRIBUTION],
      loosenings: ['viewersWithoutCertificate', 'unverifiedViewers'],
      hops: ['cloudfront.viewer'],
      judge: letsInNobodyElse,
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'DistributionRejectsExpiredClientCertificates',
      title: 'a distribution takes no certificate of a viewer after its end',
      risk: 'A key that leaked years ago still opens the door, and so does the certificate of a partner who left: the end of a certificate is often all that ends it.',
      fix: 'Set ViewerMtlsConfig.TrustStoreConfig.IgnoreCertificateExpiry to false, or leave it out, and renew the certificates of clients before they end. CDK: ViewerClientCertificates.verify of this package without expiredCertificatesReason, or L1 (CfnDistribution).',
      references: { pciDss: ['4.2.1', '8.3.1'], gdpr: ['32(1)(b)'], cwe: ['CWE-298'] },
      resourceTypes: [DISTRIBUTION],
      loosenings: ['expiredClientCertificates'],
      hops: ['cloudfront.viewer'],
      judge: rejectsExpiredClients,
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'DistributionIsTheOnlyWayToItsApi',
      title:
        'an API behind a distribution that asks viewers for certificates lets in nobody but the distribution',
      risk: 'Clients without a certificate call the API by its own name: whom the distribution turns away comes in beside it.',
      fix: 'Give the API a custom domain with MutualTlsAuthentication whose bundle holds one authority, which issued the certificate of the distribution and nothing else; name that certificate in OriginMtlsConfig.ClientCertificateArn, and set DisableExecuteApiEndpoint to true. CDK: clientCertificate of TlsOrigin.httpsHost, with a PartnerApi of this package; or L1 (CfnDistribution), and mtls on DomainName.',
      references: { pciDss: ['1.4.1', '4.2.1', '8.3.1'], gdpr: ['32(1)(b)'], cwe: ['CWE-288', 'CWE-306'] },
      resourceTypes: [DISTRIBUTION],
      hops: ['cloudfront.origin'],
      judge: ({ apiTakesAnyone }) =>
        apiTakesAnyone === undefined
          ? NOT_APPLICABLE
          : judged(
              apiTakesAnyone,
              'a certificate of the distribution, which the domain of the API asks for',
              (takesAnyone) => !takesAnyone,
            ),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'FieldLevelEncryptionFailsClosed',
      title: 'a request whose fields CloudFront cannot encrypt does not reach the origin',
      risk: 'A request with another content type, or with a profile in its query string that does not exist, passes with its fields in clear: card numbers then stand in logs and queues of systems that were taken out of scope because they never see any.',
      fix: 'Set ForwardWhenContentTypeIsUnknown and ForwardWhenQueryArgProfileIsUnknown of the AWS::CloudFront::FieldLevelEncryptionConfig to false, and name a profile in every item of ContentTypeProfiles. CDK: FieldLevelEncryption of this package without otherContentTypesReason, or L1 (CfnFieldLevelEncryptionConfig).',
      references: { pciDss: ['4.2.1', '3.5.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-636', 'CWE-311'] },
      resourceTypes: [DISTRIBUTION, FIELD_LEVEL_ENCRYPTION_CONFIG],
      loosenings: ['otherContentTypes'],
      hops: ['cloudfront.viewer'],
      judge: failsClosed,
    }),
  },
];
