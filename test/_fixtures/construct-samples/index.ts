import { CERTIFICATE_SAMPLES } from './certificates';
import type { ConstructSample } from './construct-sample';
import { CONTAINER_SAMPLES } from './containers';
import { CONTROL_SAMPLES } from './controls';
import { DATA_STORE_SAMPLES } from './data-stores';
import { EDGE_SAMPLES } from './edge';
import { LOAD_BALANCER_SAMPLES } from './load-balancers';
import { NETWORK_SAMPLES } from './network';
import { RECORD_SAMPLES } from './records';

export type { ConstructSample } from './construct-sample';

/**
 * Every public construct: once as small as it can be, and once with its options where it has some.
 *
 * A new construct needs one entry in the file of its area; a test fails until it has it.
 */
export const CONSTRUCT_SAMPLES: readonly ConstructSample[] = [
  ...LOAD_BALANCER_SAMPLES,
  ...EDGE_SAMPLES,
  ...CERTIFICATE_SAMPLES,
  ...NETWORK_SAMPLES,
  ...RECORD_SAMPLES,
  ...CONTAINER_SAMPLES,
  ...DATA_STORE_SAMPLES,
  ...CONTROL_SAMPLES,
];
