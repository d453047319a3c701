import { type StatedFacts, TRAVELS, type Travel } from '../../core/statement';
import { isAtLeast } from '../../core/tls';
import type { Fact, Hop } from '../hops';
import { classify } from '../hops/coverage';
import type { App, Resource } from '../template';
import { certificatesByResource } from './certificates';
import { endpointsOf } from './endpoints';
import { isOwnFunction } from './published';
import { type Catalogue, oldestVersionOf } from './tls-traits';
import { travelOf, weakestTravel } from './travel';

/**
 * What can be stated in public about an app: how data travels to it and through it, without a name of anything inside.
 *
 * @param facts what connectors found, in all worlds: the weakest of them is stated
 * @param isStated limits it to a part of the app, such as one Stage
 */
export function statedFacts(
  app: App,
  facts: readonly Fact[],
  catalogue: Catalogue,
  isStated: (resource: Resource) => boolean = () => true,
): StatedFacts {
  // What another app deploys is stated there.
  const isOurs = (resource: Resource) => resource.template.source.isReference !== true && isStated(resource);
  const own = facts.filter(({ resource }) => isOurs(resource));
  const open = openEndpoints(own);
  const hops = own.filter((fact) => fact.fact === 'hop').filter((hop) => carriesData(hop, open));
  return {
    endpoints: endpointsOf(hops, { app, catalogue, certificates: certificatesByResource(facts) }),
    furtherHops: countHops(
      hops.filter(({ from }) => from.what !== 'internet'),
      catalogue,
    ),
    awsEndpoints: { total: open.size, refusePlaintext: [...open.values()].filter(Boolean).length },
    stores: countStores(own),
    notJudged: countNotJudged(app, own, isOurs),
  };
}

/** Buckets, topics, queues: AWS serves them in clear to whoever asks, unless a policy refuses in every world. */
function openEndpoints(facts: readonly Fact[]): ReadonlyMap<Resource, boolean> {
  const open = new Map<Resource, boolean>();
  for (const fact of facts) {
    if (fact.fact !== 'plaintext-denial' || !fact.plaintextEndpoint) continue;
    open.set(fact.resource, (open.get(fact.resource) ?? true) && fact.denial.value === 'denied');
  }
  return open;
}

/** Health checks carry data of nobody; endpoints of AWS have a line of their own. */
function carriesData({ kind, resource, from }: Hop, open: ReadonlyMap<Resource, boolean>): boolean {
  return !kind.endsWith('.health-check') && (!open.has(resource) || from.what === 'resource');
}

function countHops(hops: readonly Hop[], catalogue: Catalogue): StatedFacts['furtherHops'] {
  // A hop that worlds tell several times is one hop, as weak as in the weakest world.
  const same = new Map<Resource, Map<string, Hop[]>>();
  for (const hop of hops) {
    const { kind, label = '', from, to } = hop;
    const key = [kind, label, from.name, to.name].join('\n');
    const ofResource = same.get(hop.resource) ?? new Map<string, Hop[]>();
    same.set(hop.resource, ofResource.set(key, [...(ofResource.get(key) ?? []), hop]));
  }
  const counts = Object.fromEntries(TRAVELS.map((travel) => [travel, 0])) as Record<Travel, number>;
  let mayNegotiateBelowTls12 = 0;
  for (const group of [...same.values()].flatMap((ofResource) => [...ofResource.values()])) {
    const travel = weakestTravel(group.flatMap((hop) => travelOf(hop) ?? []));
    if (travel !== undefined) counts[travel] += 1;
    if (group.some((hop) => mayBeOld(hop, catalogue))) mayNegotiateBelowTls12 += 1;
  }
  return { ...counts, mayNegotiateBelowTls12 };
}

/** Where nobody knows, it may. */
function mayBeOld(hop: Hop, catalogue: Catalogue): boolean {
  const oldest = oldestVersionOf(hop, catalogue);
  return oldest !== undefined && (oldest === 'not-known' || !isAtLeast(oldest, 'TLSv1.2'));
}

type StoreCount = keyof StatedFacts['stores'];

/** The weakest first. */
const STORE_COUNTS: readonly StoreCount[] = [
  'notKnown',
  'notEncrypted',
  'serviceKey',
  'awsManagedKey',
  'ownKey',
];

const COUNT_OF = {
  none: 'notEncrypted',
  'service-key': 'serviceKey',
  'aws-managed-key': 'awsManagedKey',
  'customer-key': 'ownKey',
} as const;

function countStores(facts: readonly Fact[]): StatedFacts['stores'] {
  const weakest = new Map<Resource, StoreCount>();
  for (const fact of facts) {
    if (fact.fact !== 'store') continue;
    const { value } = fact.encryption;
    const count = value === undefined ? 'notKnown' : COUNT_OF[value];
    const known = weakest.get(fact.resource);
    if (known === undefined || STORE_COUNTS.indexOf(count) < STORE_COUNTS.indexOf(known)) {
      weakest.set(fact.resource, count);
    }
  }
  const numberOf = (count: StoreCount) => [...weakest.values()].filter((each) => each === count).length;
  return {
    ownKey: numberOf('ownKey'),
    awsManagedKey: numberOf('awsManagedKey'),
    serviceKey: numberOf('serviceKey'),
    notEncrypted: numberOf('notEncrypted'),
    notKnown: numberOf('notKnown'),
  };
}

function countNotJudged(
  app: App,
  facts: readonly Fact[],
  isOurs: (resource: Resource) => boolean,
): StatedFacts['notJudged'] {
  const hidden = new Set(facts.flatMap((fact) => (fact.fact === 'not-judged' ? [fact.resource] : [])));
  for (const type of app.types) {
    const { traffic, judged } = classify(type);
    if (!traffic || judged) continue;
    for (const resource of app.resourcesOfType(type)) {
      // A nested stack that is at hand is judged itself; what serves the statement carries nothing else.
      const isSeen = app.nestedTemplate(resource) !== undefined || isOwnFunction(resource);
      if (isOurs(resource) && !isSeen) hidden.add(resource);
    }
  }
  const templates = new Set(app.templates.filter(({ resources }) => [...resources.values()].some(isOurs)));
  return {
    resources: hidden.size,
    parts: [...templates].reduce((sum, { notJudged }) => sum + notJudged.length, 0),
  };
}
