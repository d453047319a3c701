import { DEFAULT_RULE_PARAMETERS } from '../rules/parameters';
import { OUR_PACKS } from './ours';
import type { Pack } from './pack';
import { SUPPORTING_PACK } from './supporting';

/** Every pack of ours: what a waiver names is looked up in all of them, whichever runs. */
export const KNOWN_PACKS: readonly Pack[] = [
  ...Object.values(OUR_PACKS).map((make) => make(DEFAULT_RULE_PARAMETERS)),
  SUPPORTING_PACK,
];
