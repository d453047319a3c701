import type { Fact } from '../hops';
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
}

/** A table of rules with levels. */
export interface Pack {
  /** As findings show it: `TransmissionChecks`. */
  readonly name: string;
  readonly rules: readonly PackRule[];
}
