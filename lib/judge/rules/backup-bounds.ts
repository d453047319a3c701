import { arbitrate } from './arbiter';
import { heldBy } from './held';
import { type IfAbsent, isAtLeast, type PropertyTest } from './property';
import { NOT_APPLICABLE } from './rule';

/** Asks for copies of a store, unless the arbiter between restoring and erasing spares it. */
export function unlessSpared(test: PropertyTest): PropertyTest {
  return (properties, context) =>
    arbitrate('backups', { holds: heldBy(properties) }).ruling === 'yields'
      ? NOT_APPLICABLE
      : test(properties, context);
}

/** Copies are kept for so many days, or for as long as the arbiter lets them be kept. */
export function keepsBackupsFor(path: string, days: number, absent?: IfAbsent): PropertyTest {
  return (properties, context) => {
    const { ruling, most = days } = arbitrate('backups', { holds: heldBy(properties) });
    return ruling === 'yields'
      ? NOT_APPLICABLE
      : isAtLeast(path, Math.min(days, most), absent)(properties, context);
  };
}
