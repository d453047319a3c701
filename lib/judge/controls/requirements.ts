import type { Regulation, Requirement } from '../../core/controls';
import type { PackRule } from '../packs/pack';
import type { StandingOfConfigRule } from './config-rules';

/** What speaks for a requirement. */
export interface RequirementCoverage extends Requirement {
  /** The rules that name it, in the order of their ids. */
  readonly rules: readonly PackRule[];
  /** The rules of AWS Config that are mapped to it and that no template can decide. */
  readonly delegated: readonly StandingOfConfigRule[];
  /**
   * `rules`: rules of ours speak for it. `delegated`: only AWS Config does. `reason`: nothing does, and it says why.
   * `nothing`: nobody has said why.
   */
  readonly by: 'rules' | 'delegated' | 'reason' | 'nothing';
}

/** What speaks for each requirement of a regulation, in its order. */
export function coverageOf(
  regulation: Regulation,
  rows: readonly PackRule[],
  configRules: readonly StandingOfConfigRule[],
): readonly RequirementCoverage[] {
  return regulation.requirements.map((requirement) => {
    const rules = rowsOf(regulation, requirement, rows);
    // The mappings of AWS Config rules are to PCI DSS.
    const delegated =
      regulation.reference === 'pciDss'
        ? configRules.filter(
            ({ standing, requirements }) => standing === 'delegated' && requirements.includes(requirement.id),
          )
        : [];
    return { ...requirement, rules, delegated, by: byOf(requirement, rules, delegated) };
  });
}

function rowsOf(
  { reference, rules = {} }: Regulation,
  { id }: Requirement,
  rows: readonly PackRule[],
): readonly PackRule[] {
  const found = new Map<string, PackRule>();
  for (const row of rows) {
    const isNamed = reference !== undefined && row.rule.references[reference]?.includes(id) === true;
    if (isNamed || rules[id]?.includes(row.rule.id) === true) found.set(row.rule.id, row);
  }
  return [...found.values()].sort((one, other) => (one.rule.id < other.rule.id ? -1 : 1));
}

function byOf(
  { remainder }: Requirement,
  rules: readonly PackRule[],
  delegated: readonly StandingOfConfigRule[],
): RequirementCoverage['by'] {
  if (rules.length > 0) return 'rules';
  if (delegated.length > 0) return 'delegated';
  return remainder === undefined ? 'nothing' : 'reason';
}
