import type { Level, PackRule } from '../../packs/pack';
import { defineRule } from '../define';
import { type PropertyRuleRow, propertyRule } from '../property';
import type { Rule } from '../rule';

/** A row over properties whose *cannot be told* is as grave as what it cannot tell. */
export function personalDataRow(level: Level, row: PropertyRuleRow): PackRule {
  return { level, unknown: level, rule: propertyRule(row) };
}

/** A row over what stores say they hold. */
export function holdingRow(
  level: Level,
  row: Omit<Rule<'data-holding'>, 'reads' | 'since' | 'resourceTypes'>,
): PackRule {
  return { level, unknown: level, rule: defineRule({ ...row, resourceTypes: ['*'], reads: 'data-holding' }) };
}
