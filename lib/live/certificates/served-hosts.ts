import { byCodeUnit } from '../../core/order';
import type { AuditedCertificate, CertificateFinding } from './certificate';
import { covers } from './host-names';

/** An endpoint of an app that ends TLS, as its templates tell it. */
export interface ServedEndpoint {
  /** What serves it, as a person would find it. */
  readonly place: string;
  /** The names by which clients come; one with a wildcard stands for every host. */
  readonly hosts: readonly string[];
  /** The region in which its certificates lie. @default - any */
  readonly region?: string;
  /** Certificates that it names by their ARN. */
  readonly certificateArns: readonly string[];
  /** Certificates of the app, by the name for which they are requested. */
  readonly certificateNames: readonly string[];
  /** The name of the load balancer, where the template gives one: it stands in the ARN of what uses a certificate. */
  readonly loadBalancerName?: string;
}

/** What came of the comparison. */
export interface HostsCompared {
  readonly findings: readonly CertificateFinding[];
  /** Endpoints of which no certificate was found among those that were read: nothing is known of their hosts. */
  readonly notFound: readonly { readonly place: string; readonly hosts: readonly string[] }[];
}

export const COVERS_ITS_HOSTS = {
  id: 'CertificateCoversItsHosts',
  title: 'a certificate names every host that is served with it',
  fix: 'Request a certificate that lists the host among its names, or serve the host elsewhere.',
};

/**
 * Looks for hosts that no certificate of their endpoint covers.
 *
 * An endpoint may hold several certificates, of which it picks one by the name that the client asks for: each host needs
 * one of them.
 */
export function compareHosts(
  certificates: readonly AuditedCertificate[],
  endpoints: readonly ServedEndpoint[],
): HostsCompared {
  const findings: CertificateFinding[] = [];
  const notFound: { place: string; hosts: readonly string[] }[] = [];
  for (const endpoint of endpoints) {
    const { place, hosts } = endpoint;
    if (hosts.length === 0) continue;
    const held = certificates.filter((certificate) => serves(certificate, endpoint));
    const [first] = held;
    if (first === undefined) {
      notFound.push({ place, hosts });
      continue;
    }
    const names = held.flatMap((certificate) => certificate.names);
    for (const host of hosts.filter((each) => !covers(names, each))) {
      findings.push({
        rule: COVERS_ITS_HOSTS.id,
        level: 'error',
        region: first.region,
        arn: first.arn,
        domainName: first.domainName,
        message: `does not cover ${host}, which ${place} serves`,
        fix: COVERS_ITS_HOSTS.fix,
      });
    }
  }
  return { findings, notFound: notFound.sort((a, b) => byCodeUnit(a.place, b.place)) };
}

function serves(certificate: AuditedCertificate, endpoint: ServedEndpoint): boolean {
  if (endpoint.certificateArns.includes(certificate.arn)) return true;
  if (endpoint.region !== undefined && endpoint.region !== certificate.region) return false;
  const { loadBalancerName, certificateNames } = endpoint;
  if (
    loadBalancerName !== undefined &&
    certificate.inUseBy.some((arn) => loadBalancerIn(arn) === loadBalancerName)
  ) {
    return true;
  }
  return certificate.status === 'ISSUED' && certificateNames.includes(certificate.domainName.toLowerCase());
}

/** `arn:…:loadbalancer/app/<name>/<id>`; those of the first generation are `loadbalancer/<name>`. */
function loadBalancerIn(arn: string): string | undefined {
  return /:loadbalancer\/(?:(?:app|net)\/([^/]+)\/[^/]+|([^/]+))$/
    .exec(arn)
    ?.slice(1)
    .find((name) => name !== undefined);
}
