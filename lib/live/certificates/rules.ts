import type { AuditedCertificate, AuditLevel } from './certificate';
import {
  isRelied,
  RENEWAL_DUE,
  RENEWAL_OVERDUE,
  remainingDays,
  remainingLifetimeRatio,
  renewsByItself,
  wasIssued,
} from './lifetime';

/** What a rule says about one certificate; nothing where all is well. */
export interface Said {
  readonly level: AuditLevel;
  readonly message: string;
}

/** A rule about certificates that run; ids that judge templates too say the same there. */
export interface CertificateRule {
  readonly id: string;
  readonly title: string;
  readonly fix: string;
  judge(certificate: AuditedCertificate, now: Date): Said | undefined;
}

const STRONG_KEYS = new Set([
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'EC_prime256v1',
  'EC_secp384r1',
  'EC_secp521r1',
]);
/** Hashes for which collisions were made, in names such as `SHA1WITHRSA`. */
const BROKEN_HASH = /MD[245]|SHA-?1/i;
const HOURS_TO_VALIDATE = 72;
const HOUR = 3_600_000;

/** Every rule, in the order of their findings about a certificate. */
export const CERTIFICATE_RULES: readonly CertificateRule[] = [
  {
    id: 'CertificateIsValid',
    title: 'a certificate was issued, has not expired and was not revoked',
    fix: 'Put a valid certificate in its place, then delete it. One that ACM could not issue is requested again, after its validation record and the CAA records of the domain were put right.',
    judge: (certificate, now) => {
      const { status, failureReason, notBefore } = certificate;
      const level = isRelied(certificate) ? 'error' : 'warning';
      const days = remainingDays(certificate, now);
      if (status === 'REVOKED') return { level, message: 'is revoked' };
      if (status === 'FAILED') return { level, message: `was not issued${because(failureReason)}` };
      if (status === 'VALIDATION_TIMED_OUT') {
        return { level, message: 'was not issued, since nobody validated its names within 72 hours' };
      }
      if (status === 'INACTIVE') return { level, message: 'is inactive' };
      if (status === 'EXPIRED' || (days !== undefined && days < 0 && wasIssued(certificate))) {
        return { level, message: days === undefined ? 'has expired' : `has expired, ${ago(-days - 1)}` };
      }
      if (status === 'PENDING_VALIDATION') return undefined;
      if (status !== 'ISSUED')
        return { level: 'warning', message: `has the status ${status}, which we do not know` };
      if (notBefore !== undefined && Date.parse(notBefore) > now.getTime()) {
        return { level, message: `is not valid before ${notBefore}` };
      }
      return undefined;
    },
  },
  {
    id: 'CertificateRequestIsValidated',
    title: 'whoever requested a certificate has proved that the names are theirs',
    fix: 'Create the CNAME records that ACM names (aws acm describe-certificate), in the public zone of each name.',
    judge: ({ status, createdAt }, now) => {
      if (status !== 'PENDING_VALIDATION') return undefined;
      const since = createdAt === undefined ? undefined : now.getTime() - Date.parse(createdAt);
      const left = since === undefined ? undefined : Math.max(0, Math.ceil(HOURS_TO_VALIDATE - since / HOUR));
      const when = left === undefined ? '' : `, which ACM gives up in ${left} h`;
      return { level: 'warning', message: `waits for its first validation${when}` };
    },
  },
  {
    id: 'CertificateIsRenewedInTime',
    title:
      'a certificate in use is renewed before a sixth of its life is left, or a third where people do it',
    fix: 'Where ACM renews it, see its validation records and renewal status. Else issue a new one: reimport it under the same ARN (aws acm import-certificate --certificate-arn), or request one that is validated by DNS.',
    judge: (certificate, now) => {
      const ratio = remainingLifetimeRatio(certificate, now);
      if (ratio === undefined || ratio === 0 || !isRelied(certificate) || !wasIssued(certificate))
        return undefined;
      const days = remainingDays(certificate, now) ?? 0;
      const left = `expires in ${days} ${days === 1 ? 'day' : 'days'}, ${percent(ratio)} of its life`;
      if (ratio <= RENEWAL_OVERDUE) return { level: 'error', message: left };
      if (ratio > RENEWAL_DUE || renewsByItself(certificate)) return undefined;
      return { level: 'warning', message: `${left}, and ACM does not renew it by itself` };
    },
  },
  {
    id: 'CertificateRenewalSucceeds',
    title: 'a renewal that ACM began comes to its end',
    fix: 'Restore the CNAME record that validates each name, let the CAA records of the domain name amazon.com, and answer the mail where validation is by e-mail.',
    judge: (certificate) => {
      const { renewal } = certificate;
      if (renewal === undefined || certificate.status !== 'ISSUED') return undefined;
      const names = renewal.waitingFor.length === 0 ? '' : `: ${someOf(renewal.waitingFor)}`;
      if (renewal.status === 'FAILED') {
        const level = isRelied(certificate) ? 'error' : 'warning';
        return { level, message: `could not be renewed${because(renewal.reason)}${names}` };
      }
      if (renewal.status !== 'PENDING_VALIDATION') return undefined;
      return { level: 'warning', message: `waits for a validation to be renewed${names}` };
    },
  },
  {
    id: 'CertificateCanBeRenewed',
    title: 'ACM renews a certificate in use by itself',
    fix: 'Replace it by one that ACM issues and DNS validates, or plan who renews it, and when.',
    judge: (certificate) => {
      const { type, renewalEligibility, status } = certificate;
      if (status !== 'ISSUED' || !isRelied(certificate)) return undefined;
      if (type === 'IMPORTED') return { level: 'info', message: 'was imported, so that ACM never renews it' };
      if (renewalEligibility !== 'INELIGIBLE') return undefined;
      return { level: 'warning', message: 'is in use, and not eligible for renewal by ACM' };
    },
  },
  {
    id: 'CertificateKeyIsStrong',
    title: 'the key of a certificate has at least 112 bits of security',
    fix: 'Request a certificate with the key EC_prime256v1, or RSA_2048 for clients that know no elliptic curves.',
    judge: (certificate) => {
      const { keyAlgorithm } = certificate;
      if (keyAlgorithm === undefined || STRONG_KEYS.has(keyAlgorithm)) return undefined;
      if (keyAlgorithm !== 'RSA_1024') {
        return { level: 'warning', message: `has a key of ${keyAlgorithm}, which we do not know` };
      }
      return { level: isRelied(certificate) ? 'error' : 'warning', message: 'has a key of RSA_1024' };
    },
  },
  {
    id: 'CertificateSignatureIsStrong',
    title: 'a certificate is signed over a hash for which nobody makes collisions',
    fix: 'Have its authority issue it again, signed with SHA-256 or more.',
    judge: (certificate) => {
      const { signatureAlgorithm } = certificate;
      if (signatureAlgorithm === undefined || !BROKEN_HASH.test(signatureAlgorithm)) return undefined;
      const level = isRelied(certificate) ? 'error' : 'warning';
      return { level, message: `is signed with ${signatureAlgorithm}` };
    },
  },
  {
    id: 'CertificateIsValidatedByDns',
    title: 'a public certificate is validated by DNS, so that ACM renews it by itself',
    fix: 'Change its validation to DNS (aws acm update-certificate-options), or request it again with DNS.',
    judge: ({ validation, status }) =>
      validation === 'EMAIL' && (status === 'ISSUED' || status === 'PENDING_VALIDATION')
        ? { level: 'info', message: 'is validated by e-mail, which a person answers at each renewal' }
        : undefined,
  },
  {
    id: 'CertificateIsUsed',
    title: 'a certificate that was issued is used',
    fix: 'Use it or delete it: ACM renews none that is not in use, and each one is a name that somebody could serve.',
    judge: (certificate) =>
      certificate.status === 'ISSUED' && !isRelied(certificate)
        ? { level: 'info', message: 'is used by nothing, so that ACM does not renew it' }
        : undefined,
  },
  {
    id: 'CertificateIsNotExportable',
    title: 'the private key of a public certificate cannot leave ACM',
    fix: 'Replace it by one that is not exportable, and let a load balancer, CloudFront or API Gateway end TLS.',
    judge: ({ exportable, exported, status }) => {
      if (status !== 'ISSUED' || !(exportable || exported)) return undefined;
      const message = exported
        ? 'has a private key that was exported'
        : 'has a private key that can be exported';
      return { level: 'info', message };
    },
  },
  {
    id: 'CertificateIsNotWildcard',
    title: 'a certificate names its hosts one by one',
    fix: 'List the hosts: one lost key or one forgotten host of a wildcard speaks for all.',
    judge: ({ names, status }) => {
      const wild = names.filter((name) => name.startsWith('*.'));
      if (wild.length === 0 || status !== 'ISSUED') return undefined;
      return {
        level: 'info',
        message: `is good for every host of ${someOf(wild.map((name) => name.slice(2)))}`,
      };
    },
  },
  {
    id: 'CertificateIsLoggedTransparently',
    title: 'a public certificate is entered into certificate transparency logs',
    fix: 'Renew it or request it again: since 12 June 2026 ACM logs every public certificate that it issues.',
    judge: ({ transparencyLogging, type, status }) =>
      transparencyLogging === false && type === 'AMAZON_ISSUED' && status === 'ISSUED'
        ? {
            level: 'info',
            message: 'was asked to stay out of certificate transparency logs: browsers refuse such',
          }
        : undefined,
  },
];

function because(reason: string | undefined): string {
  return reason === undefined ? '' : ` (${reason})`;
}

function ago(days: number): string {
  return days === 0 ? 'today' : `${days} ${days === 1 ? 'day' : 'days'} ago`;
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}

/** The first names of a list that may be long. */
function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
