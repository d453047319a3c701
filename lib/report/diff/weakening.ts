import type { Observed } from '../../judge/hops';
import type { Level } from '../../judge/packs/pack';
import type { TransmissionAspect } from './diff-report';

/** What one aspect of a hop or a store is, as far as it can be compared. */
export interface Trait {
  readonly aspect: TransmissionAspect;
  /** 0 protects best. */
  readonly rank: number;
  /** In words: `TLS 1.2 or newer`. */
  readonly words: string;
  /** How grave it is to have come to this. */
  readonly level: Level;
  readonly observed: Observed<unknown>;
}

/** An aspect that got worse. */
export interface Weakening {
  readonly before: Trait;
  readonly after: Trait;
}

/**
 * What got weaker: of everything that stands for the same, the weakest before and the weakest now.
 *
 * What was not known before, or is not known now, is compared with nothing: rules tell of it.
 */
export function weakenings(before: readonly Trait[], after: readonly Trait[]): readonly Weakening[] {
  const old = weakest(before);
  return [...weakest(after).values()].flatMap((now) => {
    const then = old.get(now.aspect);
    return then === undefined || now.rank <= then.rank ? [] : [{ before: then, after: now }];
  });
}

function weakest(traits: readonly Trait[]): ReadonlyMap<TransmissionAspect, Trait> {
  const found = new Map<TransmissionAspect, Trait>();
  for (const trait of traits) {
    const known = found.get(trait.aspect);
    if (known === undefined || known.rank < trait.rank) found.set(trait.aspect, trait);
  }
  return found;
}
