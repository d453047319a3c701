import { groupedBy } from '../../core/grouped-by';
import { byCodeUnit } from '../../core/order';
import {
  canonicalJson,
  NOT_KNOWN,
  type Stated,
  type StatedEndpoint,
  type Travel,
} from '../../core/statement';
import type { Hop, StrictTransportSecurity } from '../hops';
import type { App, Resource } from '../template';
import { type CertificatesByResource, certificatesOf } from './certificates';
import { hostsOf } from './hosts';
import { type Catalogue, tlsTraitsOf } from './tls-traits';
import { speaksTls, travelOf, weakestTravel } from './travel';

/** What is needed beside the hops. */
export interface Surroundings {
  readonly app: App;
  readonly catalogue: Catalogue;
  readonly certificates: CertificatesByResource;
}

/** Every endpoint that the internet reaches, those that are alike as one, in an order that never changes. */
export function endpointsOf(hops: readonly Hop[], surroundings: Surroundings): readonly StatedEndpoint[] {
  const onward = bySource(hops);
  const alike = new Map<string, StatedEndpoint>();
  for (const [resource, own] of byEndpoint(hops)) {
    const next = (onward.get(resource) ?? []).flatMap((hop) => travelOf(hop) ?? []);
    const endpoint = endpointOf(resource, own, weakestTravel(next) ?? 'ends-here', surroundings);
    const { hosts, ...rest } = endpoint;
    const key = canonicalJson(rest);
    const known = alike.get(key);
    alike.set(key, known === undefined ? endpoint : together(known, hosts));
  }
  return [...alike]
    .sort(([keyA, a], [keyB, b]) => byCodeUnit(a.kind, b.kind) || byCodeUnit(keyA, keyB))
    .map(([, endpoint]) => endpoint);
}

function together(endpoint: StatedEndpoint, hosts: readonly string[]): StatedEndpoint {
  const all = [...new Set([...endpoint.hosts, ...hosts])].sort(byCodeUnit);
  return { ...endpoint, count: endpoint.count + 1, hosts: all };
}

/** What the hops from the internet end in; a load balancer's listeners are one endpoint. */
function byEndpoint(hops: readonly Hop[]): ReadonlyMap<Resource, readonly Hop[]> {
  const endpoints = new Map<Resource, Hop[]>();
  for (const hop of hops) {
    if (hop.from.what !== 'internet') continue;
    const resource = hop.to.resource ?? hop.resource;
    const own = endpoints.get(resource);
    if (own === undefined) endpoints.set(resource, [hop]);
    else own.push(hop);
  }
  return endpoints;
}

function bySource(hops: readonly Hop[]): ReadonlyMap<Resource | undefined, readonly Hop[]> {
  return groupedBy(hops, ({ from }) => from.resource);
}

function endpointOf(
  resource: Resource,
  hops: readonly Hop[],
  onward: Travel | 'ends-here',
  { app, catalogue, certificates }: Surroundings,
): StatedEndpoint {
  const { names, more } = hostsOf(resource, hops, app);
  const hsts = hstsOf(hops);
  return {
    kind: [...hops.map(({ kind }) => kind)].sort(byCodeUnit)[0] ?? '',
    count: 1,
    hosts: names,
    ...(more ? { moreHosts: true } : {}),
    travels: weakestTravel(hops.flatMap((hop) => travelOf(hop) ?? [])) ?? 'no-data',
    plaintext: plaintextOf(hops),
    ...tlsTraitsOf(hops, catalogue),
    ...(hsts === undefined ? {} : { hsts }),
    certificates: certificatesOf(hops, certificates),
    clientCertificates: clientCertificatesOf(hops),
    onward,
  };
}

function plaintextOf(hops: readonly Hop[]): StatedEndpoint['plaintext'] {
  const travels = hops.map(travelOf);
  if (travels.includes('in-clear')) return 'served';
  if (travels.some((travel) => travel === NOT_KNOWN || travel === 'passed-on')) return NOT_KNOWN;
  return hops.some(({ protocol }) => protocol.value === 'redirect-to-tls') ? 'redirected' : 'refused';
}

function hstsOf(hops: readonly Hop[]): StatedEndpoint['hsts'] {
  const aspects = hops.filter(speaksTls).flatMap(({ hsts }) => hsts ?? []);
  if (aspects.length === 0) return undefined;
  const values = aspects.map(({ value }) => value);
  if (values.includes('none')) return 'none';
  // Where one is hidden, it may be the weakest.
  const headers = values.filter((value): value is StrictTransportSecurity => typeof value === 'object');
  const [first, ...others] = headers;
  if (first === undefined || headers.length < values.length) return NOT_KNOWN;
  return others.reduce(weaker, first);
}

function weaker(a: StrictTransportSecurity, b: StrictTransportSecurity): StrictTransportSecurity {
  return {
    maxAgeSeconds: Math.min(a.maxAgeSeconds, b.maxAgeSeconds),
    includeSubdomains: a.includeSubdomains && b.includeSubdomains,
    preload: a.preload && b.preload,
  };
}

function clientCertificatesOf(hops: readonly Hop[]): Stated<'required' | 'optional' | 'none'> {
  const means = hops
    .filter(speaksTls)
    // What only adds a certificate of the server says nothing about clients.
    .filter(({ policyService, floor }) => policyService !== undefined || floor.value !== undefined)
    .map(({ clientAuthentication }) => clientAuthentication);
  if (means.some(({ value }) => value !== undefined && !value.startsWith('mutual-tls'))) return 'none';
  if (means.some(({ value, unknown }) => value === undefined && unknown !== undefined)) return NOT_KNOWN;
  if (means.some(({ value }) => value === undefined) || means.length === 0) return 'none';
  return means.every(({ value }) => value === 'mutual-tls') ? 'required' : 'optional';
}
