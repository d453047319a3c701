import { byCodeUnit } from '../../../core/order';
import type { ExemptionChange } from '../diff-report';

/** Texts of an exemption, by what they say. */
export type Fields = Readonly<Record<string, string | undefined>>;

/** What differs between two versions of an exemption, in words: `until 2026-12-31`. */
function differing(before: Fields, after: Fields): Pick<ExemptionChange, 'before' | 'after'> | undefined {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => before[key] !== after[key],
  );
  if (keys.length === 0) return undefined;
  const text = (fields: Fields) => keys.map((key) => `${key} ${fields[key] ?? 'absent'}`).join(', ');
  return { before: text(before), after: text(after) };
}

/** What there is to tell of one kind of exemption. */
export interface Told<T> {
  readonly aboutOf: (one: T) => Omit<ExemptionChange, 'change' | 'fails'>;
  /** The last day on which it holds, where it ends. */
  readonly untilOf: (one: T) => string | undefined;
  readonly fieldsOf: (one: T) => Fields;
  /** Whether it covers more now, or for longer. */
  readonly isWidened: (then: T, now: T) => boolean;
  /** Whether a new one excuses anything. */
  readonly excuses: (one: T) => boolean;
}

/** What became of exemptions, by what tells them apart. */
export function changesBetween<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  { aboutOf, untilOf, fieldsOf, isWidened, excuses }: Told<T>,
): ExemptionChange[] {
  const changes: ExemptionChange[] = [];
  for (const [key, now] of after) {
    const then = before.get(key);
    if (then === undefined) {
      const until = untilOf(now);
      const end = until === undefined ? {} : { after: `until ${until}` };
      changes.push({ ...aboutOf(now), change: 'added', ...end, fails: excuses(now) });
      continue;
    }
    const difference = differing(fieldsOf(then), fieldsOf(now));
    if (difference === undefined) continue;
    const fails = isWidened(then, now);
    changes.push({ ...aboutOf(now), change: fails ? 'widened' : 'changed', ...difference, fails });
  }
  for (const [key, then] of before) {
    if (!after.has(key)) changes.push({ ...aboutOf(then), change: 'removed', fails: false });
  }
  return changes;
}

/** In the order in which they are told: what fails first, then by kind and name. */
export function inOrder(changes: readonly ExemptionChange[]): readonly ExemptionChange[] {
  return [...changes].sort(
    (a, b) =>
      Number(b.fails) - Number(a.fails) ||
      byCodeUnit(a.kind, b.kind) ||
      byCodeUnit(a.about, b.about) ||
      byCodeUnit(a.change, b.change) ||
      byCodeUnit(a.after ?? '', b.after ?? ''),
  );
}
