import type { Classification, DataDescription } from '../../../core/classification';
import { DATA_STORE_TYPES, holders, readClassification } from '../../classification';
import { type App, type Cursor, explore, type Resource, type World } from '../../template';
import type { PropertyTest } from '../property';
import { NOT_APPLICABLE } from '../rule';

/** Account data of PCI DSS: card numbers with what belongs to them, and what proves that a card is one's own. */
export const ACCOUNT_DATA: readonly Classification[] = ['cardholder-data', 'sensitive-authentication-data'];

/** Everything that keeps data. What it holds is asked of each; nothing else is, unless it is account data. */
export const HOLDER_TYPES = DATA_STORE_TYPES;

/**
 * What a resource says it holds. Where nobody says it, where it is wrong or hidden, nothing is asked here:
 * `DataStoreIsClassified` tells it, once.
 */
export function heldBy(view: Cursor): DataDescription | undefined {
  return readClassification(view).description.value;
}

/** Whether one of these is held. */
export function holdsAny(
  held: DataDescription | undefined,
  wanted: readonly Classification[],
): held is DataDescription {
  return held?.holds.some((classification) => wanted.includes(classification)) === true;
}

/** Asks only of what holds one of these. */
export function whereHeld(
  wanted: readonly Classification[],
  test: (
    properties: Cursor,
    held: DataDescription,
    context: Parameters<PropertyTest>[1],
  ) => ReturnType<PropertyTest>,
): PropertyTest {
  return (properties, context) => {
    const held = heldBy(properties);
    return holdsAny(held, wanted) ? test(properties, held, context) : NOT_APPLICABLE;
  };
}

/** Where a resource says what it holds: what is wrong with that, is wrong there. */
export function placeOfHolding(view: Cursor): { readonly resource: Resource; readonly path: string } {
  const { resource, path } = readClassification(view).description;
  return { resource, path };
}

/** Stores of account data in some world: looked for once, so that other resources need not look at all of them. */
export function accountDataStores(app: App): readonly Resource[] {
  return app.memo(accountDataStores, 'stores of account data', () =>
    holders(app).filter((resource) => {
      const { outcomes, complete } = explore(app, (world) =>
        holdsAny(heldBy(world.view(resource)), ACCOUNT_DATA),
      );
      return !complete || outcomes.some(({ value }) => value);
    }),
  );
}

/** Those that exist in a world, and hold account data there. */
export function accountDataIn(world: World): readonly Cursor[] {
  return accountDataStores(world.app)
    .filter((resource) => world.exists(resource))
    .map((resource) => world.view(resource))
    .filter((view) => holdsAny(heldBy(view), ACCOUNT_DATA));
}
