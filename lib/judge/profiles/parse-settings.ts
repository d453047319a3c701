import type { ErrorCode } from '../../core/errors';
import { schemaProblems } from '../../core/schema';
import { SeveralMistakes } from '../../core/several-mistakes';
import { VERSION } from '../../core/version';
import type { Pack } from '../packs/pack';
import { legacyClientsProblems, switchedOffRules } from './exception-problems';
import type { GivenRuleSettings } from './given-settings';
import { completeParameters } from './parameter-problems';
import { PROFILES } from './profiles';
import { compareVersions, FIRST } from './release';
import type { RuleSettings } from './settings';
import { settingsSchema } from './settings-schema';

/** What settings are read with. */
export interface SettingsContext {
  /** Where they stand, for messages: a file, or a pack. */
  readonly where: string;
  /** When: what ends is measured by it. Nobody is asked where nothing ends. */
  readonly now: () => Date;
  /** @default 'InvalidConfiguration' */
  readonly code?: ErrorCode;
  /** Packs beside ours, whose rules can be switched off as well. @default - none */
  readonly packs?: readonly Pack[];
}

/**
 * Reads settings. Nothing is judged by settings that are wrong.
 *
 * @param given what stands in a file or in properties: anything
 * @throws TransmissionError with one line for each mistake
 */
export function parseSettings(given: unknown, context: SettingsContext): RuleSettings {
  const { where, now, code = 'InvalidConfiguration', packs = [] } = context;
  const misfits = schemaProblems(settingsSchema, given);
  if (misfits.length > 0) throw new SeveralMistakes(code, misfits, where);
  const settings = given as GivenRuleSettings;
  const { profile, legacyClients, rulesAsOf } = settings;
  const { parameters, problems } = completeParameters(
    settings.parameters ?? {},
    profile === undefined ? {} : PROFILES[profile].parameters,
  );
  const off = switchedOffRules(settings.switchedOff ?? [], now, packs);
  const all = [
    ...legacyClientsProblems(settings, now),
    ...problems,
    ...off.problems,
    ...versionProblems(rulesAsOf),
  ];
  if (all.length > 0) throw new SeveralMistakes(code, all, where);
  return { profile, legacyClients, parameters, switchedOff: off.switchedOff, rulesAsOf };
}

function versionProblems(rulesAsOf: string | undefined): string[] {
  if (rulesAsOf === undefined) return [];
  // Before the first release there is no rule: all of them would be news, and no finding an error.
  if (compareVersions(rulesAsOf, FIRST) < 0) {
    return [`'rulesAsOf' must be ${FIRST}, the first version, or newer, got "${rulesAsOf}", correct it`];
  }
  if (compareVersions(rulesAsOf, VERSION) <= 0) return [];
  return [`'rulesAsOf' must be ${VERSION}, which this is, or older, got "${rulesAsOf}", correct it`];
}
