import type { TransferListChanges } from '../../core/classification';
import type { RuleParameters } from '../rules/parameters';
import type { ProfileName } from './names';

/** Parameters as somebody writes them: those that are left out keep their defaults. */
export interface GivenRuleParameters extends Partial<Omit<RuleParameters, 'transferLists'>> {
  /**
   * What you know better than the lists of countries that Chapter V of the GDPR goes by.
   *
   * @default - the lists of this package, as of their review
   */
  readonly transferLists?: TransferListChanges;
}

/** A rule that is switched off for a time. Every report says that it did not run, and why. */
export interface SwitchedOffRule {
  /** `LogRetentionEnds` in every pack of ours, `GdprChecks-LogRetentionEnds` in one. */
  readonly rule: string;
  /** Who answers for it: a person or a team. */
  readonly owner: string;
  /** Why: a sentence of 20 to 500 characters. */
  readonly reason: string;
  /**
   * The last day on which it is off, in UTC, such as `2027-01-31`: at most a year ahead, and 90 days where the rule finds
   * plaintext or TLS below 1.2. After it the setting is refused.
   */
  readonly until: string;
}

/** What the profile `legacy-clients` is accepted by. */
export interface LegacyClientsTerms {
  /** Who answers for it: a person or a team. */
  readonly owner: string;
  /** Who else agreed; never the owner. */
  readonly approvedBy: string;
  /** Which clients, and why they cannot speak TLS 1.2 yet: a sentence of 20 to 500 characters. */
  readonly reason: string;
  /** What protects the data meanwhile: a sentence of 20 to 500 characters. */
  readonly compensatingControl: string;
  /** The last day, in UTC, such as `2027-01-31`: at most 90 days ahead. After it the profile is refused. */
  readonly until: string;
}

/** How rules judge: all of it checked before anything is judged. */
export interface GivenRuleSettings {
  /**
   * The kind of app: levels and parameters for it.
   *
   * @default - none: the levels of the rules
   */
  readonly profile?: ProfileName;
  /**
   * The terms of the profile `legacy-clients`, which does not hold without them.
   *
   * @default - none, as every other profile asks for none
   */
  readonly legacyClients?: LegacyClientsTerms;
  /**
   * What your organisation decides and rules ask for, such as regions and cryptoperiods.
   *
   * @default - what standard and law ask for or suggest; `docs/profiles.md` lists it
   */
  readonly parameters?: GivenRuleParameters;
  /**
   * Rules that do not run, each with an owner, a reason and an end.
   *
   * @default - every rule of the pack runs
   */
  readonly switchedOff?: readonly SwitchedOffRule[];
  /**
   * The version whose rules and levels are asked for, such as `0.1.0`: what later versions added or made stricter is a
   * warning at most.
   *
   * @default - this version; what is new in its minor release is a warning at most
   */
  readonly rulesAsOf?: string;
}
