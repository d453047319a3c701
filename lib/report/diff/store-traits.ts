import type { Store } from '../../judge/hops';
import { counted } from '../phrase';
import type { Trait } from './weakening';

const KEYS: Readonly<
  Record<NonNullable<Store['encryption']['value']>, readonly [rank: number, words: string]>
> = {
  'customer-key': [0, 'a customer managed key'],
  'aws-managed-key': [1, 'a key that AWS manages'],
  'service-key': [2, 'a key of the service'],
  none: [3, 'none'],
};

/** What can be compared of a store, before and now. */
export function storeTraits({ encryption, retentionDays }: Store): readonly Trait[] {
  const traits: Trait[] = [];
  if (encryption.value !== undefined) {
    const [rank, words] = KEYS[encryption.value];
    const level = encryption.value === 'none' ? 'error' : 'warning';
    traits.push({ aspect: 'encryption at rest', rank, words, level, observed: encryption });
  }
  if (retentionDays.unknown === undefined) {
    const days = retentionDays.value;
    // The shorter the worse for what has to be there, and no end at all is worst for what has to go.
    const rank = days === undefined ? Number.POSITIVE_INFINITY : 1 / (1 + Math.max(0, days));
    const words = days === undefined ? 'without end' : counted(days, 'day');
    traits.push({ aspect: 'retention', rank, words, level: 'warning', observed: retentionDays });
  }
  return traits;
}
