import { type ErrorCode, TransmissionError } from '../../core/errors';
import { VERSION } from '../../core/version';
import type { Pack, PackFactory, PackRule } from '../packs/pack';
import { atLevelsOf } from './apply-profile';
import { isFinal } from './final-rules';
import { PACK_NAMES, PACK_TITLES } from './names';
import { PROFILES } from './profiles';
import { asOf } from './release';
import type { RuleSettings } from './settings';

/**
 * A pack under settings. Pure: where they change nothing, it is the very pack that its factory makes.
 *
 * @param version the version of this package, by which rules are new
 */
export function settledPack(make: PackFactory, settings: RuleSettings, version: string = VERSION): Pack {
  const { profile, parameters, rulesAsOf } = settings;
  const pack = make(parameters);
  const off = settings.switchedOff.filter((each) => (each.pack ?? pack.name) === pack.name);
  const ran = pack.rules.filter(({ rule }) => !off.some(({ id }) => id === rule.id));
  const graded = profile === undefined ? ran : atLevelsOf(PROFILES[profile], ran);
  const rules = graded.map((row) => (isFinal(row.rule) ? row : asOf(row, version, rulesAsOf)));
  const notRun = off.flatMap(({ id: rule, owner, reason, until }) =>
    pack.rules.some((row) => row.rule.id === rule) ? [{ rule, owner, reason, until }] : [],
  );
  const about = aboutSettings(settings);
  if (about === undefined && notRun.length === 0 && isSame(rules, pack.rules)) return pack;
  return { ...pack, rules, ...(notRun.length === 0 ? {} : { notRun }), ...about };
}

/** Refuses a pack that the profile has no part for: its rules would run at levels that nobody chose. */
export function refuseOtherPacks(
  { profile }: Pick<RuleSettings, 'profile'>,
  title: string,
  { where, code }: { readonly where: string; readonly code: ErrorCode },
): void {
  const name = PACK_NAMES.find((each) => PACK_TITLES[each] === title);
  if (profile === undefined || name === undefined) return;
  const { packs } = PROFILES[profile];
  if (packs.includes(name)) return;
  const parts = packs.map((each) => PACK_TITLES[each]).join(', ');
  const message = `must be a profile that has a part for ${title}, got '${profile}' (${parts}), choose another or leave one out`;
  throw new TransmissionError(code, `'profile' ${message}`, where);
}

function aboutSettings({ profile, legacyClients: terms, rulesAsOf }: RuleSettings) {
  if (profile === undefined && rulesAsOf === undefined) return undefined;
  const who =
    terms === undefined
      ? ''
      : ` (owner ${terms.owner}, approved by ${terms.approvedBy}, until ${terms.until}: ${terms.reason} Meanwhile: ${terms.compensatingControl})`;
  return {
    ...(profile === undefined ? {} : { profile: `${profile}${who}` }),
    ...(rulesAsOf === undefined ? {} : { rulesAsOf }),
  };
}

function isSame(rows: readonly PackRule[], others: readonly PackRule[]): boolean {
  return rows.length === others.length && rows.every((row, index) => row === others[index]);
}
