import type { Hop } from '../judge/hops';

/** Hops, and what others of them say about their certificates only. */
export interface FoldedHops {
  readonly hops: readonly Hop[];
  readonly further: ReadonlyMap<Hop, readonly Hop[]>;
}

/**
 * Takes out the hops that only add a certificate to another one, such as the RSA twin of a listener: they are no
 * endpoints of their own.
 *
 * They name the load balancer and not the listener. Where several listeners could be meant, none is said to have it;
 * rules judge it all the same.
 */
export function foldCertificates(hops: readonly Hop[]): FoldedHops {
  const carriers = hops.filter(({ policyService }) => policyService !== undefined);
  const further = new Map<Hop, Hop[]>();
  const kept = hops.filter((hop) => {
    if (!onlyAddsCertificate(hop)) return true;
    const own = carriers.filter(
      ({ kind, to, resource }) =>
        kind === hop.kind && to.resource === hop.to.resource && resource !== hop.resource,
    );
    if (own.length === 0) return true;
    if (new Set(own.map(({ resource }) => resource)).size > 1) return false;
    for (const carrier of own) addOnce(further, carrier, hop);
    return false;
  });
  return { hops: kept, further };
}

function onlyAddsCertificate({ protocol, policyService, floor, certificate, to }: Hop): boolean {
  const saysNoMore = policyService === undefined && floor.value === undefined && floor.unknown === undefined;
  const namesOne = certificate.value !== undefined || certificate.unknown !== undefined;
  return protocol.value === 'tls' && saysNoMore && namesOne && to.resource !== undefined;
}

/** A certificate that several worlds have is one certificate. */
function addOnce(further: Map<Hop, Hop[]>, carrier: Hop, hop: Hop): void {
  const others = further.get(carrier) ?? [];
  if (!others.some((other) => placeOf(other) === placeOf(hop) && other.resource === hop.resource)) {
    others.push(hop);
  }
  further.set(carrier, others);
}

function placeOf({ certificate }: Hop): string {
  return `${certificate.path} ${certificate.value ?? 'unknown'}`;
}
