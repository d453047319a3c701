import {
  DELEGATED_CONFIG_RULES,
  type DelegatedConfigRule,
  managedConfigRule,
} from '../../core/controls/aws-config';

/** What decides which rules a pack asks. */
export interface Asked {
  /** The region of the stack; `undefined` where the synthesis does not know it. */
  readonly region: string | undefined;
  /** The region whose pack asks about the account; `undefined` for that of the stack. */
  readonly accountRegion: string | undefined;
  readonly leftOut: readonly string[];
  readonly parameters: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A rule that a pack does not ask, and why. */
export interface RuleNotAsked {
  /** Its identifier: `SHIELD_DRT_ACCESS`. */
  readonly configRule: string;
  /** A sentence without a full stop. */
  readonly why: string;
}

/** The rules that speak for one of these requirements, all where none are given. */
export function selectedRules(requirements: readonly string[] | undefined): readonly DelegatedConfigRule[] {
  if (requirements === undefined) return DELEGATED_CONFIG_RULES;
  return DELEGATED_CONFIG_RULES.filter(({ configRule }) =>
    managedConfigRule(configRule)?.requirements.some((id) => requirements.includes(id)),
  );
}

/** Why a rule is not asked here; `undefined` where it is. */
export function whyNotAsked(rule: DelegatedConfigRule, asked: Asked): string | undefined {
  if (asked.leftOut.includes(rule.configRule)) return 'it is left out for the reason that its author gives';
  return whyNotHere(rule, asked) ?? whyNotYet(rule, asked.parameters[rule.configRule] ?? {});
}

function whyNotHere({ onlyIn, isOfAccount }: DelegatedConfigRule, { region, accountRegion }: Asked) {
  if (onlyIn !== undefined) {
    if (region !== undefined && onlyIn.includes(region)) return undefined;
    const here = region === undefined ? 'the region of the stack is not known' : `this is ${region}`;
    return `AWS Config has it in ${onlyIn.join(', ')} only, and ${here}`;
  }
  if (!isOfAccount || accountRegion === undefined || accountRegion === region) return undefined;
  return `it is about the account, and the pack in ${accountRegion} asks it`;
}

function whyNotYet({ needs, parameters }: DelegatedConfigRule, given: Readonly<Record<string, string>>) {
  if (needs === undefined) return undefined;
  const missing = parameters.map(({ name }) => name).filter((name) => given[name] === undefined);
  const isEnough = needs === 'all' ? missing.length === 0 : missing.length < parameters.length;
  if (isEnough) return undefined;
  return `it asks for nothing without ${needs === 'all' ? '' : 'one of '}${missing.join(', ')}, which 'parameters' may give`;
}
