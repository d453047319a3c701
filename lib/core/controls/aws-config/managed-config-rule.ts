/** `[identifier, ids of requirements between blanks]`. */
export type MappingRow = readonly [configRule: string, requirements: string];

/** Where a mapping was read. */
export type MappingSource = 'v4.0' | 'v3.2.1' | 'prowler';

/** A managed rule of AWS Config that somebody maps to PCI DSS v4.0.1. */
export interface ManagedConfigRule {
  /** Its identifier: `ACCESS_KEYS_ROTATED`. */
  readonly configRule: string;
  /** The requirements of PCI DSS v4.0.1 that it speaks for; none where nobody maps it to one. */
  readonly requirements: readonly string[];
  /** Who has it: the packs of AWS for PCI DSS v4.0 and v3.2.1, or prowler alone. */
  readonly sources: readonly MappingSource[];
}

/** A parameter of a rule. */
export interface ConfigRuleParameter {
  readonly name: string;
  /** The value that the standard asks for, or that changes nothing; absent where only the account knows it. */
  readonly value?: string;
}

/** A rule that no template can decide, so that AWS Config has to look at what is deployed. */
export interface DelegatedConfigRule {
  readonly configRule: string;
  readonly kind: 'delegated';
  /** Why no template can decide it: a sentence without a full stop. */
  readonly why: string;
  /** When AWS Config asks it: at every change of what it is about, or once a day. */
  readonly trigger: 'change' | 'periodic';
  /** For rules that changes trigger: the types of resources that AWS Config must record. */
  readonly recorded: readonly string[];
  /** It is about the account as a whole, so that one region asking is enough. */
  readonly isOfAccount: boolean;
  /** The regions that have it, where they are few. */
  readonly onlyIn?: readonly string[];
  readonly parameters: readonly ConfigRuleParameter[];
  /** It says nothing until parameters without a value get one: all of them, or at least one. */
  readonly needs?: 'all' | 'one';
}

/** A rule that asks for nothing that a template should have, and why. */
export interface ListedConfigRule {
  readonly configRule: string;
  readonly kind: 'listed';
  /** A sentence without a full stop. */
  readonly why: string;
}

/** A rule of AWS Config that no rule of ours stands for. */
export type NotNative = DelegatedConfigRule | ListedConfigRule;
