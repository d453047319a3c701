import type { Classification, DataDescription } from '../../../core/classification';
import { DATA_STORE_TYPES } from '../../classification';
import type { App, Cursor, Resource, World } from '../../template';
import { heldBy, storesOf } from '../held';
import type { PropertyTest } from '../property';
import { NOT_APPLICABLE } from '../rule';

/** Account data of PCI DSS: card numbers with what belongs to them, and what proves that a card is one's own. */
export const ACCOUNT_DATA: readonly Classification[] = ['cardholder-data', 'sensitive-authentication-data'];

/** Everything that keeps data. What it holds is asked of each; nothing else is, unless it is account data. */
export const HOLDER_TYPES = DATA_STORE_TYPES;

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

/** Stores of account data in some world: looked for once, so that other resources need not look at all of them. */
export function accountDataStores(app: App): readonly Resource[] {
  return app.memo(accountDataStores, 'stores of account data', () =>
    storesOf(app, (view) => holdsAny(heldBy(view), ACCOUNT_DATA)),
  );
}

/** Those that exist in a world, and hold account data there. */
export function accountDataIn(world: World): readonly Cursor[] {
  return accountDataStores(world.app)
    .filter((resource) => world.exists(resource))
    .map((resource) => world.view(resource))
    .filter((view) => holdsAny(heldBy(view), ACCOUNT_DATA));
}
