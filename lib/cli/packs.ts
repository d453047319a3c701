import type { Pack } from '../judge/packs/pack';
import { TRANSMISSION_PACK } from '../judge/packs/transmission';
import type { Arguments } from './arguments';
import type { PackName } from './options';

const PACKS: Readonly<Record<PackName, Pack>> = { transmission: TRANSMISSION_PACK };

/** The pack that was asked for. */
export function packOf(args: Arguments): Pack {
  return PACKS[(args.one('pack') ?? 'transmission') as PackName];
}
