import { LEVELS } from '../../../judge/packs/pack';
import { type KnownEntry, type KnownFindings, lastDay } from '../../known';
import type { ExemptionChange } from '../diff-report';
import { differing, type Fields } from './fields';

/** Known findings that a change accepts, accepts for longer or at a graver level, changes or removes. */
export function knownChanges(
  base: KnownFindings | undefined,
  head: KnownFindings | undefined,
): readonly ExemptionChange[] {
  const before = byKey(base);
  const after = byKey(head);
  const changes: ExemptionChange[] = [];
  for (const [key, now] of after) {
    const then = before.get(key);
    if (then === undefined) {
      changes.push({ ...aboutOf(now), change: 'added', after: `until ${lastDay(now)}`, fails: true });
      continue;
    }
    const difference = differing(fieldsOf(then), fieldsOf(now));
    if (difference === undefined) continue;
    const isWidened =
      now.since > then.since ||
      LEVELS.indexOf(now.level) < LEVELS.indexOf(then.level) ||
      (then.verdict === 'unknown' && now.verdict === 'violation');
    changes.push({
      ...aboutOf(now),
      change: isWidened ? 'widened' : 'changed',
      ...difference,
      fails: isWidened,
    });
  }
  for (const [key, then] of before) {
    if (!after.has(key)) changes.push({ ...aboutOf(then), change: 'removed', fails: false });
  }
  return changes;
}

function byKey(known: KnownFindings | undefined): ReadonlyMap<string, KnownEntry> {
  return new Map(
    (known?.entries ?? []).map((entry) => [`${entry.fingerprint}\n${entry.target ?? ''}`, entry]),
  );
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
