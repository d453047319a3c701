import type { PackRule } from '../packs/pack';
import { NETWORK_ADMINISTRATION_RULE } from './administration-ports-are-not-open-to-anyone';

/** Rules on who may connect, with their levels. */
export const NETWORK_PACK_ROWS: readonly PackRule[] = [
  { rule: NETWORK_ADMINISTRATION_RULE, level: 'error', unknown: 'warning' },
];
