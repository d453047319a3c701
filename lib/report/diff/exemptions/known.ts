import { isGraver } from '../../graver';
import { type KnownEntry, type KnownFindings, keyOf, lastDay } from '../../known';
import type { ExemptionChange } from '../diff-report';
import { changesBetween, type Fields } from './fields';

/** Known findings that a change accepts, accepts for longer or at a graver level, changes or removes. */
export function knownChanges(
  base: KnownFindings | undefined,
  head: KnownFindings | undefined,
): readonly ExemptionChange[] {
  return changesBetween(byKey(base), byKey(head), {
    aboutOf,
    untilOf: lastDay,
    fieldsOf,
    isWidened: (then, now) => now.since > then.since || isGraver(now, then),
    excuses: () => true,
  });
}

function byKey(known: KnownFindings | undefined): ReadonlyMap<string, KnownEntry> {
  return new Map((known?.entries ?? []).map((entry) => [keyOf(entry), entry]));
}

function aboutOf({ rule, resource, owner, note }: KnownEntry): Omit<ExemptionChange, 'change' | 'fails'> {
  return {
    kind: 'known finding',
    about: `${rule} on ${resource}`,
    owner,
    ...(note === undefined ? {} : { reason: note }),
  };
}

function fieldsOf({ since, level, verdict, owner, note, rule, resource }: KnownEntry): Fields {
  return { since, level, verdict, owner, note, rule, resource };
}
