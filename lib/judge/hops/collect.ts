import { dataHoldings, holders } from '../classification';
import { type App, explore, type Resource, World } from '../template';
import { awsCallers, awsCalls } from './aws-call';
import type { Connector } from './connector';
import { CONNECTORS } from './connectors';
import type { Fact, NotJudged } from './fact';
import { logBuckets, logTarget } from './log-target';
import { declarers, loosenings } from './loosening';

/** The facts of an app, with what every outcome needs to be counted. */
export interface Facts {
  readonly all: readonly Fact[];
  /** The resource types of which facts that somebody reads were made. */
  readonly types: ReadonlySet<string>;
}

/** What every pack sees, since the posture tells it. */
const ALWAYS: readonly Fact['fact'][] = ['hop', 'store', 'certificate', 'plaintext-denial', 'not-judged'];

/**
 * Facts that are looked for apart from those of a service, about resources of any type, or by relations of so many
 * others that their conditions would multiply with those of the resource itself.
 */
const APART: readonly (readonly [Fact['fact'], (app: App) => readonly Resource[], Connector])[] = [
  ['loosening', declarers, loosenings],
  ['log-target', logBuckets, logTarget],
  ['data-holding', holders, dataHoldings],
  ['not-judged', awsCallers, awsCalls],
];

/** What has the same worlds as a fact: the facts about its resource that were found together with it. */
export function foundWith(fact: Fact): string {
  if (fact.fact === 'property') return `property ${fact.kind}`;
  const isApart = fact.fact !== 'not-judged' && APART.some(([kind]) => kind === fact.fact);
  return isApart ? fact.fact : 'service';
}

/**
 * Runs connectors over every resource of their types, in each of the resource's worlds.
 *
 * @param wanted kinds of facts beside those about transmission and stores
 */
export function collectFacts(
  app: App,
  connectors: readonly Connector[] = CONNECTORS,
  wanted: readonly Fact['fact'][] = [],
): Facts {
  const all: Fact[] = [];
  const looked = new Set<string>();
  for (const connector of connectors) {
    const { makes = ALWAYS } = connector;
    if (!makes.some((kind) => ALWAYS.includes(kind) || wanted.includes(kind))) continue;
    // Stores alone are told by the posture, and judged only where a rule reads them.
    if (makes.some((kind) => kind !== 'store' || wanted.includes(kind))) {
      for (const type of [...connector.types, ...(connector.reads ?? [])]) looked.add(type);
    }
    const resourcesOf = () => connector.types.flatMap((type) => app.resourcesOfType(type));
    for (const fact of factsFrom(app, connector, resourcesOf)) all.push(fact);
  }
  for (const [kind, resourcesOf, connector] of APART) {
    if (!wanted.includes(kind)) continue;
    for (const fact of factsFrom(app, connector, resourcesOf)) all.push(fact);
  }
  return { all, types: looked };
}

/** What one connector finds in an app: looked for once, whichever packs ask for it. */
function factsFrom(
  app: App,
  connector: Connector,
  resourcesOf: (app: App) => readonly Resource[],
): readonly Fact[] {
  return app.memo(connector, 'facts', () =>
    resourcesOf(app).flatMap((resource) => factsOf(app, connector, resource)),
  );
}

const TOO_MANY = 'its conditions have more than 64 combinations';

function factsOf(app: App, connector: Connector, resource: Resource): readonly Fact[] {
  try {
    const { outcomes, complete } = explore(app, (world) => {
      if (!world.exists(resource)) return [];
      const facts = connector.facts(resource, world);
      // A fact may be made before its world's last choice: stamp them all with the whole.
      const { when } = world;
      return when === undefined ? facts : facts.map((fact) => ({ ...fact, when }));
    });
    const [first] = outcomes;
    if (complete && outcomes.length === 1 && first !== undefined) return first.value;
    const facts = outcomes.flatMap(({ value }) => value);
    if (complete) return facts;
    const view = new World(app).view(resource);
    return [...facts, ...(connector.untried?.(view, TOO_MANY) ?? [notJudged(resource, 'unknown', TOO_MANY)])];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [notJudged(resource, 'fatal', `connector ${connector.service} failed: ${message}`)];
  }
}

function notJudged(resource: Resource, severity: NotJudged['severity'], why: string): NotJudged {
  return { fact: 'not-judged', resource, why, severity, path: 'Properties', when: undefined };
}
