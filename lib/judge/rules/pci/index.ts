import type { PackRule } from '../../packs/pack';
import { ALARM_ROWS } from './alarms';
import { API_ROWS } from './api';
import { AUDIT_ROWS } from './audit';
import { AUDIT_SOURCE_ROWS } from './audit-sources';
import { CONTAINER_ROWS } from './compute-container';
import { FUNCTION_ROWS } from './compute-function';
import { DATA_ROWS } from './data-rows';
import { DELIVERY_ROWS } from './delivery';
import { EC2_MACHINE_ROWS } from './ec2-machine';
import { EC2_VOLUME_ROWS } from './ec2-volume';
import { EDGE_BEANSTALK_ROWS } from './edge-beanstalk';
import { EDGE_DISTRIBUTION_ROWS } from './edge-distribution';
import { EDGE_LOAD_BALANCER_ROWS } from './edge-load-balancer';
import { IDENTITY_ROWS } from './identity';
import { KEYS_ROWS } from './keys';
import { LOGIN_ROWS } from './login';
import { LOGIN_ENDPOINT_ROWS } from './login-endpoint';
import { NETWORK_EXPOSURE_FIREWALL_ROWS } from './network-exposure-firewall';
import { NETWORK_EXPOSURE_INGRESS_ROWS } from './network-exposure-ingress';
import { NETWORK_EXPOSURE_VPC_ROWS } from './network-exposure-vpc';
import { WAF_ROWS } from './waf';

/** What the rules of AWS Config for PCI DSS ask, as far as templates decide it and no other table asks it. */
export const PCI_ROWS: readonly PackRule[] = [
  ...IDENTITY_ROWS,
  ...LOGIN_ROWS,
  ...LOGIN_ENDPOINT_ROWS,
  ...KEYS_ROWS,
  ...AUDIT_ROWS,
  ...AUDIT_SOURCE_ROWS,
  ...ALARM_ROWS,
  ...NETWORK_EXPOSURE_INGRESS_ROWS,
  ...NETWORK_EXPOSURE_VPC_ROWS,
  ...NETWORK_EXPOSURE_FIREWALL_ROWS,
  ...EDGE_DISTRIBUTION_ROWS,
  ...EDGE_LOAD_BALANCER_ROWS,
  ...EDGE_BEANSTALK_ROWS,
  ...API_ROWS,
  ...WAF_ROWS,
  ...EC2_MACHINE_ROWS,
  ...EC2_VOLUME_ROWS,
  ...CONTAINER_ROWS,
  ...FUNCTION_ROWS,
  ...DELIVERY_ROWS,
  ...DATA_ROWS,
];
