import { byCodeUnit } from '../../../core/order';
import type { ExemptionChange } from '../diff-report';

/** Texts of an exemption, by what they say. */
export type Fields = Readonly<Record<string, string | undefined>>;

/** What differs between two versions of an exemption, in words: `until 2026-12-31`. */
export function differing(
  before: Fields,
  after: Fields,
): Pick<ExemptionChange, 'before' | 'after'> | undefined {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => before[key] !== after[key],
  );
  if (keys.length === 0) return undefined;
  const text = (fields: Fields) => keys.map((key) => `${key} ${fields[key] ?? 'absent'}`).join(', ');
  return { before: text(before), after: text(after) };
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
