import { instantText } from '../../core/instant';
import { byCodeUnit } from '../../core/order';
import type { CertificateDetail, CertificateSummary } from './acm';
import type { AuditedCertificate, Renewal } from './certificate';

/** Longer than any name, ARN or issuer that ACM keeps: what exceeds it is not kept whole. */
const LONGEST = 2048;
/** ACM allows 100 names in a certificate; imported ones may hold more. */
const MOST_NAMES = 1000;
/** Certificates of shared services are used by as many. */
const MOST_USES = 1000;

/** What the list of a region tells of a certificate; it names no issuer, signature, use or validation. */
export function fromSummary(region: string, summary: CertificateSummary): AuditedCertificate {
  const { CertificateArn = '', DomainName = '', SubjectAlternativeNameSummaries = [] } = summary;
  return {
    region,
    arn: text(CertificateArn),
    domainName: text(DomainName),
    names: namesOf(DomainName, SubjectAlternativeNameSummaries),
    status: text(summary.Status ?? 'UNKNOWN'),
    type: text(summary.Type ?? 'UNKNOWN'),
    ...told('keyAlgorithm', keyAlgorithmOf(summary.KeyAlgorithm)),
    ...told('createdAt', timeOf(summary.CreatedAt ?? summary.ImportedAt)),
    ...told('notBefore', timeOf(summary.NotBefore)),
    ...told('notAfter', timeOf(summary.NotAfter)),
    ...told('renewalEligibility', summary.RenewalEligibility),
    ...told('managedBy', summary.ManagedBy),
    inUse: summary.InUse === true,
    inUseBy: [],
    exportable: summary.ExportOption === 'ENABLED',
    exported: summary.Exported === true,
    complete: false,
  };
}

/**
 * All of a certificate.
 *
 * The addresses that validation was mailed to are personal data, and stay out. What only the list of the region tells,
 * whether its key was exported, comes from there.
 */
export function fromDetail(listed: AuditedCertificate, detail: CertificateDetail): AuditedCertificate {
  const inUseBy = (detail.InUseBy ?? []).slice(0, MOST_USES).map(text).sort(byCodeUnit);
  const logging = detail.Options?.CertificateTransparencyLoggingPreference;
  return {
    region: listed.region,
    arn: listed.arn,
    domainName: text(detail.DomainName ?? listed.domainName),
    names: namesOf(detail.DomainName ?? '', detail.SubjectAlternativeNames ?? listed.names),
    status: text(detail.Status ?? listed.status),
    type: text(detail.Type ?? listed.type),
    ...told('issuer', detail.Issuer),
    ...told('serial', detail.Serial),
    ...told('keyAlgorithm', keyAlgorithmOf(detail.KeyAlgorithm) ?? listed.keyAlgorithm),
    ...told('signatureAlgorithm', detail.SignatureAlgorithm),
    ...told('createdAt', timeOf(detail.CreatedAt ?? detail.ImportedAt) ?? listed.createdAt),
    ...told('notBefore', timeOf(detail.NotBefore) ?? listed.notBefore),
    ...told('notAfter', timeOf(detail.NotAfter) ?? listed.notAfter),
    ...told('validation', validationOf(detail)),
    ...told('renewalEligibility', detail.RenewalEligibility ?? listed.renewalEligibility),
    ...told('renewal', renewalOf(detail)),
    ...told('failureReason', detail.FailureReason),
    inUse: inUseBy.length > 0 || listed.inUse,
    inUseBy,
    exportable: detail.Options?.Export === 'ENABLED',
    exported: listed.exported,
    ...(logging === undefined ? {} : { transparencyLogging: logging !== 'DISABLED' }),
    ...told('managedBy', detail.ManagedBy ?? listed.managedBy),
    complete: true,
  };
}

/** One method for all names, or the one that needs a person. */
function validationOf({ DomainValidationOptions = [] }: CertificateDetail): string | undefined {
  const methods = DomainValidationOptions.map(({ ValidationMethod }) => ValidationMethod);
  return methods.includes('EMAIL') ? 'EMAIL' : methods.find((method) => method !== undefined);
}

function renewalOf({ RenewalSummary: summary }: CertificateDetail): Renewal | undefined {
  if (summary?.RenewalStatus === undefined) return undefined;
  const waiting = (summary.DomainValidationOptions ?? []).filter(
    ({ ValidationStatus }) => ValidationStatus !== undefined && ValidationStatus !== 'SUCCESS',
  );
  return {
    status: text(summary.RenewalStatus),
    ...told('reason', summary.RenewalStatusReason),
    waitingFor: namesOf(
      '',
      waiting.flatMap(({ DomainName }) => (DomainName === undefined ? [] : [DomainName])),
    ),
  };
}

/** Templates and the API reference write `RSA_2048`; ACM's answers write `RSA-2048`. */
function keyAlgorithmOf(name: string | undefined): string | undefined {
  return name?.replace('-', '_');
}

function namesOf(first: string, others: readonly string[]): readonly string[] {
  const names = new Set([first, ...others.slice(0, MOST_NAMES)].map(text));
  names.delete('');
  return [...names].sort(byCodeUnit);
}

/** Absent too where it is no time: the certificate is then one whose life nobody knows. */
function timeOf(time: Date | undefined): string | undefined {
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : instantText(time);
}

function text(value: string): string {
  return String(value).slice(0, LONGEST);
}

function told<K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } {
  if (value === undefined) return {};
  return { [key]: typeof value === 'string' ? value.slice(0, LONGEST) : value } as {
    readonly [key in K]?: V;
  };
}
