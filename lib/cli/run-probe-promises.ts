import { groupedBy } from '../core/grouped-by';
import { byCodeUnit } from '../core/order';
import { NOT_KNOWN, type StatedEndpoint } from '../core/statement';
import { lookUpTlsPolicy, TLS_VERSIONS, type TlsPolicy } from '../core/tls';
import type { Hop } from '../judge/hops';
import { judge } from '../judge/judge';
import { TRANSMISSION_PACK } from '../judge/packs/transmission';
import { endpointsOf } from '../judge/statement/endpoints';
import { hostsOf } from '../judge/statement/hosts';
import type { HostPromise } from '../live/prober';
import { Arguments } from './arguments';
import { configurationOf } from './configuration';
import { configurationFile } from './configuration-file';
import type { Io } from './io';
import { loadTargets } from './targets';

/** What the templates of an app promise about its hosts. */
export interface HostPromises {
  /** The names that the internet reaches over TLS. */
  readonly hosts: readonly string[];
  /** Names with a wildcard, which stand for hosts and are none. */
  readonly patterns: readonly string[];
  /** There are hosts that the templates do not name. */
  readonly more: boolean;
  /** What a host was promised to do; `undefined` where the templates say nothing about it. */
  of(host: string): HostPromise | undefined;
}

/** Reads the app that `--assembly` names, and joins the names of its endpoints with how they are reached. */
export function promisesOf(args: Arguments, io: Io, now: Date): HostPromises {
  const { tlsPolicies, baseline } = configurationOf({ args, file: configurationFile(args, io) }, io);
  const app = new Arguments(args.all('assembly'), args.options);
  const promises = new Map<string, HostPromise>();
  let more = false;
  for (const target of loadTargets(app, io, baseline, 'probe --assembly')) {
    const { facts } = judge(target.app, TRANSMISSION_PACK, { tlsPolicies, now });
    const catalogue = {
      lookUpTlsPolicy: (...[service, name]: Parameters<typeof lookUpTlsPolicy>) =>
        lookUpTlsPolicy(service, name, tlsPolicies),
    };
    const hops = facts.filter((fact) => fact.fact === 'hop').filter(({ from }) => from.what === 'internet');
    for (const [resource, own] of groupedBy(hops, (hop) => hop.to.resource ?? hop.resource)) {
      const [endpoint] = endpointsOf(own, { app: target.app, catalogue, certificates: new Map() });
      if (endpoint?.tls === undefined) continue;
      const found = hostsOf(resource, own, target.app);
      more ||= found.more;
      const promise = promiseOf(endpoint, own, tlsPolicies);
      for (const name of found.names) promises.set(name, together(promises.get(name), promise));
    }
  }
  const names = [...promises.keys()].sort(byCodeUnit);
  return {
    hosts: names.filter((name) => !name.startsWith('*.')),
    patterns: names.filter((name) => name.startsWith('*.')),
    more,
    of: (host) => promises.get(host) ?? promises.get(host.replace(/^[^.]+/, '*')),
  };
}

function promiseOf(
  { tls, forwardSecrecy, keyAgreement, plaintext, hsts, clientCertificates }: StatedEndpoint,
  hops: readonly Hop[],
  added: readonly TlsPolicy[],
): HostPromise {
  const policies = hops.flatMap(({ policyService: service, tlsPolicy: { value: name } }) => {
    const found =
      service === undefined || name === undefined ? undefined : lookUpTlsPolicy(service, name, added);
    return found?.known === true ? [found.policy] : [];
  });
  const tlsHops = hops.filter(
    ({ protocol }) => protocol.value === 'tls' || protocol.value === 'tls-or-plaintext',
  );
  const noCbc = policies.length > 0 && policies.length >= tlsHops.length && policies.every(({ cbc }) => !cbc);
  return {
    ...(tls === undefined || tls.oldest === NOT_KNOWN ? {} : { oldest: tls.oldest }),
    ...(tls === undefined || tls.newest === NOT_KNOWN ? {} : { newest: tls.newest }),
    ...(forwardSecrecy === 'always' ? { forwardSecret: true } : {}),
    ...(noCbc ? { noCbc } : {}),
    ...(keyAgreement === 'post-quantum-hybrid' ? { postQuantum: true } : {}),
    ...(plaintext === NOT_KNOWN ? {} : { plaintext }),
    ...(hsts === undefined || hsts === NOT_KNOWN ? {} : { hsts }),
    ...(clientCertificates === NOT_KNOWN ? {} : { clientCertificates }),
    by: [...new Set([...hops.map(({ to }) => to.name), ...policies.map(({ name }) => name)])].sort(
      byCodeUnit,
    ),
  };
}

/** A name that several endpoints have is as weak as the weakest of them: nobody can tell which one answers. */
function together(a: HostPromise | undefined, b: HostPromise): HostPromise {
  if (a === undefined) return b;
  const oldest = a.oldest === undefined || b.oldest === undefined ? undefined : lower(a.oldest, b.oldest);
  const newest = a.newest === undefined || b.newest === undefined ? undefined : lower(a.newest, b.newest);
  return {
    ...(oldest === undefined ? {} : { oldest }),
    ...(newest === undefined ? {} : { newest }),
    ...(a.forwardSecret && b.forwardSecret ? { forwardSecret: true } : {}),
    ...(a.noCbc && b.noCbc ? { noCbc: true } : {}),
    ...(a.postQuantum && b.postQuantum ? { postQuantum: true } : {}),
    by: [...new Set([...(a.by ?? []), ...(b.by ?? [])])].sort(byCodeUnit),
  };
}

function lower<Version extends (typeof TLS_VERSIONS)[number]>(a: Version, b: Version): Version {
  return TLS_VERSIONS.indexOf(a) <= TLS_VERSIONS.indexOf(b) ? a : b;
}
