import type { DelegatedConfigRule, ListedConfigRule } from './managed-config-rule';
import { parametersOf } from './parameters';

/** When a rule is asked, what of, and where. */
type Asked = Pick<DelegatedConfigRule, 'trigger' | 'recorded' | 'isOfAccount'>;

/** Once a day, in each region. */
export const DAILY: Asked = { trigger: 'periodic', recorded: [], isOfAccount: false };

/** Once a day, about the account: one region is enough. */
export const DAILY_OF_ACCOUNT: Asked = { ...DAILY, isOfAccount: true };

/** When a resource of one of these types changes, which AWS Config must record. */
export function atChangesOf(...recorded: readonly string[]): Asked {
  return { trigger: 'change', recorded, isOfAccount: false };
}

/** A rule that AWS Config has to ask, since no template can decide it. */
export function delegated(
  configRule: string,
  why: string,
  asked: Asked,
  onlyIn?: readonly string[],
): DelegatedConfigRule {
  const regions = onlyIn === undefined ? {} : { onlyIn };
  return { configRule, kind: 'delegated', why, ...asked, ...parametersOf(configRule), ...regions };
}

/** A rule that asks for nothing that a template should have. */
export function listed(configRule: string, why: string): ListedConfigRule {
  return { configRule, kind: 'listed', why };
}
