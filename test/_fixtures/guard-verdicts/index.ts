import { BUCKETS } from './buckets';
import { FUNCTIONS } from './functions';
import type { GuardVerdict } from './guard-verdict';
import { SERVICES } from './services';

export type { GuardVerdict, Standing } from './guard-verdict';

/** All findings that have a reason, by rule. */
export const GUARD_VERDICTS: readonly GuardVerdict[] = [...SERVICES, ...FUNCTIONS, ...BUCKETS].sort(
  (one, other) => (one.rule < other.rule ? -1 : Number(one.rule > other.rule)),
);
