import type { PackRule } from '../packs/pack';
import type { RuleParameters } from '../rules/parameters';
import type { LegacyClientsTerms } from './given-settings';
import type { ProfileName } from './names';

/** A rule that is switched off, in one pack or in all. */
export interface SwitchedOff {
  /** `undefined` stands for every pack. */
  readonly pack: string | undefined;
  readonly id: PackRule['rule']['id'];
  readonly owner: string;
  readonly reason: string;
  readonly until: string;
}

/** Settings that were checked, and are complete. */
export interface RuleSettings {
  readonly profile: ProfileName | undefined;
  readonly legacyClients: LegacyClientsTerms | undefined;
  readonly parameters: RuleParameters;
  readonly switchedOff: readonly SwitchedOff[];
  readonly rulesAsOf: string | undefined;
}
