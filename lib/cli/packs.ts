import { OUR_PACKS } from '../judge/packs/ours';
import type { Pack } from '../judge/packs/pack';
import {
  PACK_TITLES,
  type PackName,
  PROFILES,
  type RuleSettings,
  refuseOtherPacks,
  settledPack,
} from '../judge/profiles';
import type { Arguments } from './arguments';

/** The packs that were asked for, under settings: those of `--pack`, else those of the profile, else the first one. */
export function packsOf(args: Arguments, settings: RuleSettings): readonly [Pack, ...Pack[]] {
  const given = args.all('pack') as readonly PackName[];
  const { profile } = settings;
  const named = given.length > 0 || profile === undefined ? given : PROFILES[profile].packs;
  for (const name of named) {
    refuseOtherPacks(settings, PACK_TITLES[name], { where: '--pack', code: 'InvalidArgument' });
  }
  const [first = 'transmission', ...others] = new Set(named);
  return [packNamed(first, settings), ...others.map((name) => packNamed(name, settings))];
}

function packNamed(name: PackName, settings: RuleSettings): Pack {
  return settledPack(OUR_PACKS[name], settings);
}

/** Every pack of ours, under settings, in the order in which they are asked about a rule. */
export function everyPack(settings: RuleSettings): readonly Pack[] {
  return (Object.keys(OUR_PACKS) as readonly PackName[]).map((name) => packNamed(name, settings));
}
