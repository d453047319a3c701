import type { Cursor, Resource, World } from '../template';
import type { Fact, Hop, Party } from './fact';
import { none, stated } from './observed';

/** Turns the resources of one AWS service into facts. A service's property names stand in its connector only. */
export interface Connector {
  /** The service's short name: the name of the file. */
  readonly service: string;
  /** The resource types that it is asked about. */
  readonly types: readonly string[];
  /** Types whose transmission is decided by those above, or read on their way: parameter groups, mappings, stages. */
  readonly reads?: readonly string[];
  /**
   * The kinds of facts that it makes.
   *
   * @default - facts about transmission and stores; a connector that makes others is only asked by packs that read them
   */
  readonly makes?: readonly Fact['fact'][];
  /**
   * The facts about one resource in one world. Pure; throws nothing on purpose: what the template hides becomes an
   * aspect that is `unknown`.
   */
  facts(resource: Resource, world: World): readonly Fact[];
  /**
   * What stands for the worlds that were not tried, where there are too many.
   *
   * @default - that the resource could not be judged
   */
  untried?(view: Cursor, why: string): readonly Fact[];
}

/** What a connector must say about a hop; everything else has an honest default. */
export type HopParts = Pick<Hop, 'kind' | 'from' | 'to' | 'protocol'> &
  Partial<Omit<Hop, 'fact' | 'kind' | 'from' | 'to' | 'protocol' | 'resource' | 'region' | 'when'>>;

/** Makes a hop; `at` is the place that a reader would look at when an aspect has no property of its own. */
export function hop(at: Cursor, parts: HopParts): Hop {
  const { resource, world } = at;
  const nothing = none<never>(at);
  return {
    fact: 'hop',
    resource,
    label: undefined,
    policyService: undefined,
    tlsPolicy: nothing,
    floor: nothing,
    serverAuthenticated: nothing,
    clientAuthentication: parts.clientAuthentication ?? stated(at, 'none'),
    certificate: nothing,
    endsHere: true,
    region: resource.template.region,
    when: world.when,
    ...parts,
  };
}

/** A resource of this app as one end of a hop. */
export function resourceParty(resource: Resource): Party {
  return { what: 'resource', name: displayName(resource), resource };
}

/** How the posture names a resource: its construct path without the names that say nothing, else its logical id. */
export function displayName(resource: Resource): string {
  const path = resource.constructPath ?? `${resource.template.name}/${resource.logicalId}`;
  return path.replace(/\/(Resource|Default)(?=\/|$)/g, '');
}
