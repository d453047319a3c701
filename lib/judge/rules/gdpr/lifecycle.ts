import type { Cursor } from '../../template';
import { unknown } from '../property';
import type { Verdict } from '../rule';

/** Rules of a bucket that are on and erase something. */
export interface ErasingRules {
  readonly some: readonly Cursor[];
  /** Those that hold for every object. */
  readonly ofAll: readonly Cursor[];
}

const NARROWING = ['Prefix', 'TagFilters', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'];

/** Rules of a bucket that are on and have one of these properties; *unknown* where they are hidden. */
export function lifecycleOf(bucket: Cursor, ...properties: readonly string[]): ErasingRules | Verdict {
  const rules = bucket.at('LifecycleConfiguration', 'Rules');
  const list = rules.list();
  if (list.state === 'unresolved') return unknown(rules, list.why);
  const some: Cursor[] = [];
  for (const rule of list.state === 'given' ? list.value : []) {
    if (!properties.some((property) => rule.at(property).isPresent)) continue;
    const status = rule.at('Status').string();
    if (status.state === 'unresolved') return unknown(rule.at('Status'), status.why);
    if (status.state === 'given' && status.value === 'Enabled') some.push(rule);
  }
  return { some, ofAll: some.filter((rule) => !NARROWING.some((key) => isGiven(rule.at(key)))) };
}

function isGiven(filter: Cursor): boolean {
  const value = filter.value();
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}
