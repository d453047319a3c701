import type { Difference } from './difference';
import { ENTRY_DIFFERENCES } from './entry-differences';
import { FORM_DIFFERENCES } from './form-differences';
import { STORE_DIFFERENCES } from './store-differences';
import { WORK_DIFFERENCES } from './work-differences';

export type { Difference, Standing } from './difference';

/** Every difference there is; the first that fits a case explains it. */
export const DIFFERENCES: readonly Difference[] = [
  ...ENTRY_DIFFERENCES,
  ...STORE_DIFFERENCES,
  ...WORK_DIFFERENCES,
  ...FORM_DIFFERENCES,
];
