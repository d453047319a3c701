import { CLASSIFICATIONS, type Classification } from '../../core/classification';
import { groupedBy } from '../../core/grouped-by';
import type { Resource } from '../template';
import type { DataHolding } from './holding';

/** One store that says it holds nothing, and why. */
export interface HoldsNone {
  readonly resource: Resource;
  readonly reason: string;
}

/** How many stores say what, for reports: `none` is counted, so that nobody classifies an app away. */
export interface ClassificationSummary {
  /** Stores that keep data. */
  readonly stores: number;
  /** Those that say what they hold, `none` among them. */
  readonly classified: number;
  /** Those that say nothing. */
  readonly unclassified: number;
  /** Those that say something that is wrong. */
  readonly wrong: number;
  /** Those of which the template hides it, in some case at least. */
  readonly unknown: number;
  /** How many hold each classification; a store may hold several. */
  readonly by: Readonly<Record<Classification, number>>;
  /** Those that say `none`, with their reasons, by template and logical id. */
  readonly none: readonly HoldsNone[];
}

/** Counts stores, each once: of several cases the worst counts. */
export function summariseHoldings(holdings: readonly DataHolding[]): ClassificationSummary {
  const cases = groupedBy(holdings, ({ resource }) => resource);
  const count = { classified: 0, unclassified: 0, wrong: 0, unknown: 0 };
  const by = Object.fromEntries(Object.keys(CLASSIFICATIONS).map((name) => [name, 0])) as Record<
    Classification,
    number
  >;
  const none: HoldsNone[] = [];
  for (const [resource, all] of cases) {
    const states = new Set(all.map(stateOf));
    const worst = (['wrong', 'unclassified', 'unknown'] as const).find((state) => states.has(state));
    count[worst ?? 'classified'] += 1;
    const held = new Set(all.flatMap(({ description }) => description.value?.holds ?? []));
    for (const classification of held) by[classification] += 1;
    const reason = all.find(({ description }) => description.value?.holds.includes('none'));
    if (reason !== undefined) none.push({ resource, reason: reason.description.value?.reason ?? '' });
  }
  return { stores: cases.size, ...count, by, none: none.sort(byPlace) };
}

function stateOf({
  description,
  problems,
}: DataHolding): 'classified' | 'unclassified' | 'wrong' | 'unknown' {
  if (problems.length > 0) return 'wrong';
  if (description.unknown !== undefined) return 'unknown';
  return description.value === undefined ? 'unclassified' : 'classified';
}

/** By code unit, so that the order is the same on every machine. */
function byPlace({ resource: a }: HoldsNone, { resource: b }: HoldsNone): number {
  const [left, right] = [a, b].map(({ template, logicalId }) => `${template.name}\n${logicalId}`);
  return (left ?? '') < (right ?? '') ? -1 : 1;
}
