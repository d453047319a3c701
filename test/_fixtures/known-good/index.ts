import { API_GATEWAY } from './api-gateway';
import { CACHES_AND_STREAMS } from './caches-and-streams';
import { CLOUDFRONT } from './cloudfront';
import { COMPUTE } from './compute';
import { DATABASES } from './databases';
import { ENDPOINTS } from './endpoints';
import type { KnownGood } from './known-good';
import { LOAD_BALANCERS } from './load-balancers';
import { MESSAGING } from './messaging';

export type { KnownGood } from './known-good';

/** Apps as careful people write them, area by area. */
export const KNOWN_GOOD: readonly KnownGood[] = [
  LOAD_BALANCERS,
  CLOUDFRONT,
  API_GATEWAY,
  MESSAGING,
  DATABASES,
  CACHES_AND_STREAMS,
  COMPUTE,
  ENDPOINTS,
];
