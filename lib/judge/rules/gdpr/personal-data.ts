import { type DataDescription, isAboutPersons, type LawfulBasis } from '../../../core/classification';
import type { App, Cursor, Resource, World } from '../../template';
import { heldBy, storesOf } from '../held';

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
  const held = heldBy(view);
  return held !== undefined && isAboutPersons(held) ? held : undefined;
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
    storesOf(app, (view) => personalDataAt(view) !== undefined),
  );
}

/** Whether account data of PCI DSS is among it: rules on that ask more, and are told instead. */
export function holdsAccountData({ holds }: DataDescription): boolean {
  return holds.includes('cardholder-data') || holds.includes('sensitive-authentication-data');
}

/** A request has to be answered within a month (GDPR 12(3)): what is gone by then needs nobody who erases it. */
export const ONE_MONTH = 30;

const OBLIGED: readonly LawfulBasis[] = ['legal-obligation', 'public-task'];

/** Whether somebody has to be named who erases the data of one person. */
export function needsErasureHandler({
  retentionDays = ONE_MONTH + 1,
  lawfulBases = [],
}: DataDescription): boolean {
  // What the law obliges to keep need not be erased on request (GDPR 17(3)(b)).
  const isObliged = lawfulBases.length > 0 && lawfulBases.every((basis) => OBLIGED.includes(basis));
  return retentionDays > ONE_MONTH && !isObliged;
}
