import { type App, explore, type Resource } from '../template';
import type { Connector } from './connector';
import { CONNECTORS } from './connectors';
import type { Fact, NotJudged } from './fact';

/** The facts of an app, with what every outcome needs to be counted. */
export interface Facts {
  readonly all: readonly Fact[];
  /** The resource types that a connector looked at. */
  readonly types: ReadonlySet<string>;
}

/** Runs every connector over every resource of its types, in each of the resource's worlds. */
export function collectFacts(app: App, connectors: readonly Connector[] = CONNECTORS): Facts {
  const all: Fact[] = [];
  for (const connector of connectors) {
    for (const type of connector.types) {
      for (const resource of app.resourcesOfType(type)) {
        all.push(...factsOf(app, connector, resource));
      }
    }
  }
  return { all, types: new Set(connectors.flatMap(({ types }) => types)) };
}

function factsOf(app: App, connector: Connector, resource: Resource): readonly Fact[] {
  try {
    const { outcomes, complete } = explore(app, (world) => {
      if (!world.exists(resource)) return [];
      const facts = connector.facts(resource, world);
      // A fact may be made before its world's last choice: stamp them all with the whole.
      const { when } = world;
      return when === undefined ? facts : facts.map((fact) => ({ ...fact, when }));
    });
    const facts = outcomes.flatMap(({ value }) => value);
    return complete
      ? facts
      : [...facts, notJudged(resource, 'unknown', 'its conditions have more than 64 combinations')];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [notJudged(resource, 'fatal', `connector ${connector.service} failed: ${message}`)];
  }
}

function notJudged(resource: Resource, severity: NotJudged['severity'], why: string): NotJudged {
  return { fact: 'not-judged', resource, why, severity, path: 'Properties', when: undefined };
}
