export type {
  GivenRuleParameters,
  GivenRuleSettings,
  LegacyClientsTerms,
  SwitchedOffRule,
} from './given-settings';
export { PACK_NAMES, PACK_TITLES, type PackName, PROFILE_NAMES, type ProfileName } from './names';
export { parseSettings, type SettingsContext } from './parse-settings';
export { type LevelChange, PROFILES, type Profile } from './profiles';
export type { RuleSettings, SwitchedOff } from './settings';
export { settingsSchema } from './settings-schema';
export { refuseOtherPacks, settledPack } from './settled-pack';
