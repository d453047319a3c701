import { API_GATEWAY } from './api-gateway';
import { CLOUDFRONT } from './cloudfront';
import { DATA_STORES } from './data-stores';
import { ENGINE } from './engine';
import { LOAD_BALANCERS } from './load-balancers';
import { MESSAGING } from './messaging';
import { OTHER_ENDPOINTS } from './other-endpoints';
import { SUPPORTING } from './supporting';
import type { WrongVerdict } from './wrong-verdict';

export type { NagVerdict, WrongVerdict } from './wrong-verdict';

/** Every app of which we know that cdk-nag and we say different things. */
export const WRONG_VERDICTS: readonly WrongVerdict[] = [
  ...CLOUDFRONT,
  ...LOAD_BALANCERS,
  ...API_GATEWAY,
  ...DATA_STORES,
  ...OTHER_ENDPOINTS,
  ...MESSAGING,
  ...SUPPORTING,
  ...ENGINE,
];
