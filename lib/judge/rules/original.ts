import type { Fact } from '../hops';
import type { Rule, RuleReferences } from './rule';

/** The rule that another one was made of. */
const originals = new WeakMap<Rule<Fact['fact']>, Rule<Fact['fact']>>();

/** The same rule with other references. It asks the same, so that an app is asked once for both. */
export function withReferences(rule: Rule<Fact['fact']>, references: RuleReferences): Rule<Fact['fact']> {
  const made = { ...rule, references };
  originals.set(made, originalOf(rule));
  return made;
}

/** The rule that asks what this one asks, whatever requirements packs have attached to it. */
export function originalOf(rule: Rule<Fact['fact']>): Rule<Fact['fact']> {
  return originals.get(rule) ?? rule;
}
