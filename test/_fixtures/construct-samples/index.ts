import { AUDIT_SAMPLES } from './audit';
import { CERTIFICATE_AUDIT_SAMPLES } from './certificate-audits';
import { CERTIFICATE_SAMPLES } from './certificates';
import type { ConstructSample } from './construct-sample';
import { CONTAINER_SAMPLES } from './containers';
import { CONTROL_SAMPLES } from './controls';
import { DATA_STORE_SAMPLES } from './data-stores';
import { EDGE_SAMPLES } from './edge';
import { LOAD_BALANCER_SAMPLES } from './load-balancers';
import { MONITORING_SAMPLES } from './monitoring';
import { NETWORK_SAMPLES } from './network';
import { OLD_TLS_SAMPLES } from './old-tls';
import { PARTNER_SAMPLES } from './partners';
import { PRIVATE_API_SAMPLES } from './private-apis';
import { RECORD_SAMPLES } from './records';
import { SIGNED_REQUEST_SAMPLES } from './signed-requests';
import { TLS_PROBE_SAMPLES } from './tls-probes';
import { TOKEN_VAULT_SAMPLES } from './token-vaults';

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
  ...OLD_TLS_SAMPLES,
  ...CONTAINER_SAMPLES,
  ...DATA_STORE_SAMPLES,
  ...CONTROL_SAMPLES,
  ...AUDIT_SAMPLES,
  ...MONITORING_SAMPLES,
  ...CERTIFICATE_AUDIT_SAMPLES,
  ...PARTNER_SAMPLES,
  ...PRIVATE_API_SAMPLES,
  ...SIGNED_REQUEST_SAMPLES,
  ...TLS_PROBE_SAMPLES,
  ...TOKEN_VAULT_SAMPLES,
];
