import type { Level, PackRule } from '../../packs/pack';
import { type PropertyRuleRow, propertyRule } from './property-rule';

/** A row of a pack; *cannot be told* is as grave as what it cannot tell, unless something else is said. */
export function propertyRow(level: Level, row: PropertyRuleRow, unknown: Level = level): PackRule {
  return { level, unknown, rule: propertyRule(row) };
}
