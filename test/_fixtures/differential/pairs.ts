import { BUCKET_PAIRS } from './bucket-pairs';
import { ENTRY_PAIRS } from './entry-pairs';
import { STORE_PAIRS } from './store-pairs';
import type { Pair } from './subject';
import { WORK_PAIRS } from './work-pairs';

/** Every rule of cdk-nag that a rule of ours mirrors, with what both are shown. */
export const PAIRS: readonly Pair[] = [...ENTRY_PAIRS, ...STORE_PAIRS, ...BUCKET_PAIRS, ...WORK_PAIRS];
