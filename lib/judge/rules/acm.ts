import type { PackRule } from '../packs/pack';
import { defineRule } from './define';
import { judged } from './predicates';
import type { Rule } from './rule';

const CERTIFICATE = 'AWS::CertificateManager::Certificate';
/** Below 112 bits of security: not strong cryptography by the glossary of PCI DSS. */
const WEAK_KEYS = new Set(['RSA_1024']);
const STRONG_KEYS = new Set([
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'EC_prime256v1',
  'EC_secp384r1',
  'EC_secp521r1',
]);

/** Rules on certificates, with their levels. */
export const ACM_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: defineRule({
      id: 'CertificateKeyIsStrong',
      title: 'the key of a certificate has at least 112 bits of security',
      risk: 'A key of RSA_1024 can be computed from the certificate: whoever does so poses as the server.',
      fix: 'Set KeyAlgorithm to EC_prime256v1, or to RSA_2048 for clients that know no elliptic curves. CDK: keyAlgorithm: KeyAlgorithm.EC_PRIME256V1; left out it is RSA_2048.',
      references: {
        pciDss: ['4.2.1', '12.3.3', '3.7.1'],
        gdpr: ['32(1)(a)'],
        securityHub: ['ACM.2'],
        cwe: ['CWE-326'],
        awsConfig: ['ACM_CERTIFICATE_RSA_CHECK'],
      },
      resourceTypes: [CERTIFICATE],
      reads: 'certificate',
      judge: ({ keyAlgorithm }) => {
        const name = keyAlgorithm.value;
        const isUnheardOf = name !== undefined && !WEAK_KEYS.has(name) && !STRONG_KEYS.has(name);
        const place = isUnheardOf
          ? { ...keyAlgorithm, unknown: `${name} is not a key algorithm we know` }
          : keyAlgorithm;
        return judged(place, 'RSA_2048 or more, or an elliptic curve', (found) => STRONG_KEYS.has(found));
      },
    }),
  },
  {
    level: 'info',
    unknown: 'info',
    rule: defineRule({
      id: 'CertificateIsValidatedByDns',
      title: 'a public certificate is validated by DNS, so that ACM renews it by itself',
      risk: 'Validation by e-mail waits for somebody to answer at each renewal: if nobody does, the certificate expires and clients are turned away, or taught to ignore warnings.',
      fix: 'Set ValidationMethod to DNS, with DomainValidationOptions.HostedZoneId for a zone of Route 53. CDK: validation: CertificateValidation.fromDns(zone); left out it is fromEmail().',
      references: { pciDss: ['4.2.1', '4.2.1.1'], gdpr: ['32(1)(b)'], cwe: ['CWE-298'] },
      resourceTypes: [CERTIFICATE],
      reads: 'certificate',
      judge: ({ validation }) => judged(validation, 'DNS', (method) => method !== 'email'),
    }),
  },
  {
    level: 'info',
    unknown: 'info',
    rule: defineRule({
      id: 'CertificateIsLoggedTransparently',
      title: 'a public certificate is entered into certificate transparency logs',
      risk: 'Browsers refuse certificates that are in no log, and nobody notices certificates that somebody else obtains for the name.',
      fix: 'Leave CertificateTransparencyLoggingPreference out, or set it to ENABLED. CDK: transparencyLoggingEnabled, true when left out.',
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-295'] },
      resourceTypes: [CERTIFICATE],
      reads: 'certificate',
      judge: ({ transparencyLogging }) => judged(transparencyLogging, 'ENABLED', (isLogged) => isLogged),
    }),
  },
  {
    level: 'info',
    unknown: 'info',
    rule: defineRule({
      id: 'CertificateIsNotExportable',
      title: 'the private key of a public certificate cannot leave ACM',
      risk: 'An exported key is a file: it can be copied, and whoever has it poses as the server until the certificate is revoked.',
      fix: 'Leave CertificateExport out, or set it to DISABLED; let a load balancer, CloudFront or API Gateway end TLS. CDK: allowExport, false when left out.',
      references: { pciDss: ['3.6.1', '3.7.2'], gdpr: ['32(1)(a)'], cwe: ['CWE-522'] },
      resourceTypes: [CERTIFICATE],
      reads: 'certificate',
      judge: ({ exportable }) => judged(exportable, 'DISABLED', (isExportable) => !isExportable),
    }),
  },
  {
    level: 'info',
    unknown: 'info',
    rule: defineRule({
      id: 'CertificateIsNotWildcard',
      title: 'a certificate names its hosts one by one',
      risk: 'A wildcard is good for every host below the domain: one lost key or one forgotten host speaks for all.',
      fix: 'List the hosts in DomainName and SubjectAlternativeNames. CDK: domainName and subjectAlternativeNames.',
      references: { pciDss: ['4.2.1.1'], gdpr: ['32(1)(b)'], cwe: ['CWE-295'] },
      resourceTypes: [CERTIFICATE],
      reads: 'certificate',
      judge: ({ wildcard }) => judged(wildcard, 'a name without *', (isWild) => !isWild),
    }),
  },
];

/** Rules on certificates. */
export const ACM_RULES: readonly Rule[] = ACM_PACK_ROWS.map(({ rule }) => rule);
