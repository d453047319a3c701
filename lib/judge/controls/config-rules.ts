import {
  MANAGED_CONFIG_RULES,
  type ManagedConfigRule,
  NOT_NATIVE_CONFIG_RULES,
  type NotNative,
} from '../../core/controls/aws-config';
import type { PackRule } from '../packs/pack';

/**
 * What becomes of a managed rule of AWS Config: `native`, rules of ours ask the same of templates; `table`, so they do at
 * level *info* only; `delegated`, no template decides it, `ConfigConformancePack` deploys it; `listed`, it asks for
 * nothing that a template should have; `open`, nobody has decided.
 */
export type ConfigRuleStanding = 'native' | 'table' | 'delegated' | 'listed' | 'open';

/** A managed rule of AWS Config, and what becomes of it. */
export interface StandingOfConfigRule extends ManagedConfigRule {
  readonly standing: ConfigRuleStanding;
  /** The rules of ours that ask the same. */
  readonly rules: readonly PackRule[];
  /** Why none of ours does. */
  readonly notNative?: NotNative;
}

const NOT_NATIVE = new Map(NOT_NATIVE_CONFIG_RULES.map((rule) => [rule.configRule, rule]));

/** What becomes of each managed rule of AWS Config that is mapped to PCI DSS, under these rules of ours. */
export function configRuleStandings(rows: readonly PackRule[]): readonly StandingOfConfigRule[] {
  return MANAGED_CONFIG_RULES.map((mapped): StandingOfConfigRule => {
    const rules = rows.filter(({ rule }) => rule.references.awsConfig?.includes(mapped.configRule));
    if (rules.length > 0) {
      const standing = rules.every(({ level }) => level === 'info') ? 'table' : 'native';
      return { ...mapped, standing, rules };
    }
    const notNative = NOT_NATIVE.get(mapped.configRule);
    if (notNative === undefined) return { ...mapped, standing: 'open', rules };
    return { ...mapped, standing: notNative.kind, rules, notNative };
  });
}
