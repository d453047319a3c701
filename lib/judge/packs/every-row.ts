import type { PackRule } from './pack';
import { SUPPORTING_PACK } from './supporting';
import { TRANSMISSION_PACK } from './transmission';

/** Every rule that there is, with its level: regulations choose from it by what rules speak for. */
export const EVERY_ROW: readonly PackRule[] = [...TRANSMISSION_PACK.rules, ...SUPPORTING_PACK.rules];
