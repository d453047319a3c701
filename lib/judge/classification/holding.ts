import { CLASSIFICATION_METADATA, type DataDescription, type TagProblem } from '../../core/classification';
import type { Observed } from '../hops';
import type { App, Cursor, Resource, World } from '../template';
import { readClassification } from './read';
import { keepsData } from './stores';

/** What a data store says it holds. */
export interface DataHolding {
  readonly fact: 'data-holding';
  readonly resource: Resource;
  /** What is held; value `undefined` and no `unknown`: nobody says it, or what is said is wrong (`problems`). */
  readonly description: Observed<DataDescription>;
  /** What is wrong with what is said. */
  readonly problems: readonly TagProblem[];
  readonly region: string | undefined;
  readonly when: string | undefined;
}

/** Resources that have to say what they hold, and others that say it. */
export function holders(app: App): readonly Resource[] {
  return app.types.flatMap((type) =>
    keepsData(type)
      ? app.resourcesOfType(type)
      : app.resourcesOfType(type).filter(({ metadata }) => Object.hasOwn(metadata, CLASSIFICATION_METADATA)),
  );
}

/**
 * What data stores say they hold. It is asked about resources of every type that keeps data, also where no connector
 * judges their encryption yet; shaped as a connector is.
 */
export const dataHoldings = {
  service: 'classification',
  types: [] as readonly string[],
  makes: ['data-holding'] as const,
  facts(resource: Resource, world: World): readonly DataHolding[] {
    return [holdingOf(world.view(resource), world.when)];
  },
  untried(view: Cursor, why: string): readonly DataHolding[] {
    const holding = holdingOf(view, undefined);
    return [
      { ...holding, description: { ...holding.description, value: undefined, unknown: why }, problems: [] },
    ];
  },
};

function holdingOf(view: Cursor, when: string | undefined): DataHolding {
  const { resource } = view;
  return {
    fact: 'data-holding',
    resource,
    ...readClassification(view),
    region: resource.template.region,
    when,
  };
}
