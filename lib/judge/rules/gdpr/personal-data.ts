import { type DataDescription, isAboutPersons } from '../../../core/classification';
import { holders, readClassification } from '../../classification';
import { type App, type Cursor, explore, type Resource, type World } from '../../template';

/** A store in one world, and what it says it holds. */
export interface PersonalStore {
  readonly view: Cursor;
  readonly description: DataDescription;
}

/**
 * What a resource says it holds, where that is about persons.
 *
 * Where nobody says it, where it is wrong or hidden, nothing is asked here: `DataStoreIsClassified` tells it, once.
 */
export function personalDataAt(view: Cursor): DataDescription | undefined {
  const { value } = readClassification(view).description;
  return value !== undefined && isAboutPersons(value) ? value : undefined;
}

/** Stores that hold personal data in this world, among `candidates`. */
export function personalAmong(candidates: readonly Resource[], world: World): readonly PersonalStore[] {
  return candidates.flatMap((resource) => {
    if (!world.exists(resource)) return [];
    const view = world.view(resource);
    const description = personalDataAt(view);
    return description === undefined ? [] : [{ view, description }];
  });
}

/** Stores that hold personal data in some world: looked for once, so that others need not look at all of them. */
export function personalStoresOf(app: App): readonly Resource[] {
  return app.memo(app, 'stores of personal data', () =>
    holders(app).filter((resource) => {
      const { outcomes, complete } = explore(
        app,
        (world) => personalDataAt(world.view(resource)) !== undefined,
      );
      return !complete || outcomes.some(({ value }) => value);
    }),
  );
}
