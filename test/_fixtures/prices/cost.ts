import type { TemplateResource } from '../construct-samples/synthesise';
import { PRICES } from './index';

/** One part of what something costs. */
export interface CostPart {
  readonly type: string;
  readonly count: number;
  /** US dollars a month; `undefined` where it is charged, and nobody read the price. */
  readonly monthly: number | undefined;
}

/** What resources cost in a month in which nobody uses them. */
export interface Cost {
  /** US dollars, of the parts whose price is known. */
  readonly monthly: number;
  /** What is charged at rest, the dearest first, those without a known price last. */
  readonly parts: readonly CostPart[];
  /** What is charged by use. */
  readonly byUse: readonly string[];
}

/** @throws RangeError for a type that has no price */
export function costOf(resources: readonly TemplateResource[]): Cost {
  const parts = new Map<string, CostPart>();
  const byUse = new Set<string>();
  for (const resource of resources) {
    const price = PRICES.get(resource.type);
    if (price === undefined)
      throw new RangeError(`${resource.type} has no price, add one to test/_fixtures/prices`);
    if (price.besides !== undefined && price.isUnknown !== true) byUse.add(resource.type);
    const monthly = price.isUnknown === true ? undefined : (price.atRest?.(resource) ?? 0);
    if (monthly === 0) continue;
    const before = parts.get(resource.type);
    parts.set(resource.type, {
      type: resource.type,
      count: (before?.count ?? 0) + 1,
      monthly: monthly === undefined ? undefined : (before?.monthly ?? 0) + monthly,
    });
  }
  const sorted = [...parts.values()].sort((one, other) => (other.monthly ?? -1) - (one.monthly ?? -1));
  return {
    monthly: sorted.reduce((sum, { monthly = 0 }) => sum + monthly, 0),
    parts: sorted,
    byUse: [...byUse].sort(),
  };
}
