import { readClassification } from '../classification';
import { arbitrate } from './arbiter';
import { type IfAbsent, isAtLeast, type PropertyTest } from './property';
import { NOT_APPLICABLE } from './rule';

/** Asks for copies of a store, unless the arbiter between restoring and erasing spares it. */
export function unlessSpared(test: PropertyTest): PropertyTest {
  return (properties, context) => {
    const holds = readClassification(properties).description.value;
    return arbitrate('backups', { holds }).ruling === 'yields' ? NOT_APPLICABLE : test(properties, context);
  };
}

/** Copies are kept for so many days, or for as long as the arbiter lets them be kept. */
export function keepsBackupsFor(path: string, days: number, absent?: IfAbsent): PropertyTest {
  return unlessSpared((properties, context) => {
    const holds = readClassification(properties).description.value;
    const { most = days } = arbitrate('backups', { holds });
    return isAtLeast(path, Math.min(days, most), absent)(properties, context);
  });
}
