import type { DataDescription } from '../../core/classification';
import { holders, readClassification } from '../classification';
import { type App, type Cursor, explore, type Resource } from '../template';

/**
 * What a resource says it holds. Where nobody says it, where it is wrong or hidden, there is nothing:
 * `DataStoreIsClassified` tells it, once.
 */
export function heldBy(view: Cursor): DataDescription | undefined {
  return readClassification(view).description.value;
}

/** Where a resource says what it holds: what is wrong with that, is wrong there. */
export function placeOfHolding(view: Cursor): Pick<Cursor, 'resource' | 'path'> {
  const { resource, path } = readClassification(view).description;
  return { resource, path };
}

/** What keeps data of some kind, in some world; where there are too many worlds to tell, it may. */
export function storesOf(app: App, isMeant: (view: Cursor) => boolean): readonly Resource[] {
  return holders(app).filter((resource) => {
    const { outcomes, complete } = explore(app, (world) => isMeant(world.view(resource)));
    return !complete || outcomes.some(({ value }) => value);
  });
}
