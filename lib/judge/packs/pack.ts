import type { Fact } from '../hops';
import type { RuleParameters } from '../rules/parameters';
import type { Rule } from '../rules/rule';

/** How grave a finding is. `fatal` cannot be acknowledged: it means that something could not be judged at all. */
export type Level = 'fatal' | 'error' | 'warning' | 'info';

/** Levels from grave to light. */
export const LEVELS: readonly Level[] = ['fatal', 'error', 'warning', 'info'];

/** One row of a pack. */
export interface PackRule {
  readonly rule: Rule<Fact['fact']>;
  readonly level: Level;
  /** The level of *cannot be told*; for hop rules an error, since silence would be a pass. */
  readonly unknown: Level;
  /** The version of this package that made it stricter, where one did. @default - never since `rule.since` */
  readonly stricterSince?: string;
}

/** A rule that somebody switched off for a time. */
export interface NotRun {
  /** Its id, without the pack. */
  readonly rule: string;
  /** Why. */
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** The last day on which it is off, such as `2027-01-31`. */
  readonly until: string;
}

/** What a reader of findings has to know of the settings that they were made under. */
export interface PackSettings {
  /** The profile, with who answers for it where it loosens. @default - none */
  readonly profile?: string;
  /** The version whose rules and levels were asked for. @default - this one, with a release of grace for what is new */
  readonly rulesAsOf?: string;
}

/** A table of rules with levels. */
export interface Pack extends PackSettings {
  /** As findings show it: `TransmissionChecks`. */
  readonly name: string;
  readonly rules: readonly PackRule[];
  /** Rules that somebody switched off: every report says so. @default - none */
  readonly notRun?: readonly NotRun[];
}

/** A pack whose rules ask for what an organisation decides. Pure: the same parameters give the same pack. */
export type PackFactory = (parameters: RuleParameters) => Pack;
