import type { Fact, HopKind } from '../hops';
import type { HopPredicate } from './predicates';
import type { Rule } from './rule';

/** A row of a rule table over hops: everything but how it reads. */
export interface HopRuleRow extends Omit<Rule<'hop'>, 'reads' | 'judge' | 'since' | 'hops'> {
  readonly hops: readonly HopKind[];
  readonly judge: HopPredicate;
  /** @default '0.1.0', the first version */
  readonly since?: string;
}

/** Turns a row into a rule. */
export function hopRule(row: HopRuleRow): Rule<'hop'> {
  return { since: '0.1.0', ...row, reads: 'hop' };
}

/** Checks the shape of a rule over another kind of fact, and fills in what most rows share. */
export function defineRule<K extends Fact['fact']>(
  rule: Omit<Rule<K>, 'since'> & { readonly since?: string },
): Rule<K> {
  return { since: '0.1.0', ...rule };
}
