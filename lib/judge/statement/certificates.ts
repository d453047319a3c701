import { groupedBy } from '../../core/grouped-by';
import { byCodeUnit } from '../../core/order';
import { canonicalJson, NOT_KNOWN, type StatedCertificate } from '../../core/statement';
import type { Certificate, Fact, Hop } from '../hops';
import type { Resource } from '../template';
import { speaksTls } from './travel';

/** The certificates that the templates ask for, by their resource; several where conditions decide. */
export type CertificatesByResource = ReadonlyMap<Resource, readonly Certificate[]>;

/** Indexes certificates. */
export function certificatesByResource(facts: readonly Fact[]): CertificatesByResource {
  const certificates = facts.filter((fact) => fact.fact === 'certificate');
  return groupedBy(certificates, ({ resource }) => resource);
}

/** Who vouches for an endpoint, each certificate that differs once. */
export function certificatesOf(hops: readonly Hop[], known: CertificatesByResource): StatedCertificate[] {
  const found = new Map<string, StatedCertificate>();
  for (const hop of hops.filter(speaksTls)) {
    for (const certificate of certificatesOfHop(hop, known)) {
      found.set(canonicalJson(certificate), certificate);
    }
  }
  return [...found].sort(([a], [b]) => byCodeUnit(a, b)).map(([, certificate]) => certificate);
}

function certificatesOfHop(hop: Hop, known: CertificatesByResource): readonly StatedCertificate[] {
  const { certificate, certificateResource } = hop;
  switch (certificate.value) {
    case undefined:
      return certificate.unknown === undefined ? [] : [{ issuer: NOT_KNOWN }];
    case 'service-default':
    case 'service-owned':
      return [{ issuer: 'amazon' }];
    case 'private-ca':
      return [{ issuer: 'private-authority' }];
    case 'acm':
      // An ARN of ACM alone does not tell whether the certificate was imported.
      return (certificateResource && known.get(certificateResource))?.map(issued) ?? [{ issuer: NOT_KNOWN }];
    default:
      return [{ issuer: NOT_KNOWN }];
  }
}

function issued({ validation }: Certificate): StatedCertificate {
  if (validation.value === 'private-ca') return { issuer: 'private-authority' };
  return { issuer: 'amazon', validation: validation.value ?? NOT_KNOWN };
}
