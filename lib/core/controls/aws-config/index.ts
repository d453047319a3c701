import { DATA_NOT_NATIVE } from './data-not-native';
import { IDENTITY_NOT_NATIVE } from './identity-not-native';
import type {
  DelegatedConfigRule,
  ManagedConfigRule,
  MappingRow,
  MappingSource,
  NotNative,
} from './managed-config-rule';
import { NETWORK_NOT_NATIVE } from './network-not-native';
import { OF_PROWLER } from './of-prowler';
import { ALSO_IN_V3_2_1, PACK_V3_2_1 } from './pack-v3-2-1';
import { PACK_V4_0 } from './pack-v4-0';

export type {
  ConfigRuleParameter,
  DelegatedConfigRule,
  ListedConfigRule,
  ManagedConfigRule,
  MappingSource,
  NotNative,
} from './managed-config-rule';

/**
 * The managed rules of AWS Config that AWS or prowler maps to PCI DSS v4.0, by identifier.
 *
 * The packs of AWS carry no ids of v4.0: those come from prowler, whose rows repeat the descriptions of AWS's rules, and
 * for three rules from powerpipe. NOTICE names sources and licences.
 */
export const MANAGED_CONFIG_RULES: readonly ManagedConfigRule[] = [
  ...PACK_V4_0.map((row) => mapped(row, ALSO_IN_V3_2_1.includes(row[0]) ? ['v4.0', 'v3.2.1'] : ['v4.0'])),
  ...PACK_V3_2_1.map((row) => mapped(row, ['v3.2.1'])),
  ...OF_PROWLER.map((row) => mapped(row, ['prowler'])),
].sort((one, other) => (one.configRule < other.configRule ? -1 : 1));

/** Those that no rule of ours stands for, and why. */
export const NOT_NATIVE_CONFIG_RULES: readonly NotNative[] = [
  ...NETWORK_NOT_NATIVE,
  ...DATA_NOT_NATIVE,
  ...IDENTITY_NOT_NATIVE,
].sort((one, other) => (one.configRule < other.configRule ? -1 : 1));

/** Those that AWS Config has to ask, since no template can decide them. */
export const DELEGATED_CONFIG_RULES: readonly DelegatedConfigRule[] = NOT_NATIVE_CONFIG_RULES.filter(
  (rule) => rule.kind === 'delegated',
);

/** The rule of that identifier, where one of the mappings has it. */
export function managedConfigRule(configRule: string): ManagedConfigRule | undefined {
  return BY_IDENTIFIER.get(configRule);
}

const BY_IDENTIFIER = new Map(MANAGED_CONFIG_RULES.map((rule) => [rule.configRule, rule]));

function mapped(
  [configRule, requirements]: MappingRow,
  sources: readonly MappingSource[],
): ManagedConfigRule {
  return { configRule, requirements: requirements === '' ? [] : requirements.split(' '), sources };
}
