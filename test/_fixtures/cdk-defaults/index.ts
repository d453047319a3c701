import type { DefaultConstruct } from './default-construct';
import { ENTRY_CONSTRUCTS } from './entry-constructs';
import { STORE_CONSTRUCTS } from './store-constructs';
import { WORK_CONSTRUCTS } from './work-constructs';

export type { DefaultConstruct } from './default-construct';

/** The L2 constructs whose resources our rules look at, each with what it cannot do without. */
export const DEFAULT_CONSTRUCTS: readonly DefaultConstruct[] = [
  ...ENTRY_CONSTRUCTS,
  ...STORE_CONSTRUCTS,
  ...WORK_CONSTRUCTS,
].sort((a, b) => (a.name < b.name ? -1 : 1));
