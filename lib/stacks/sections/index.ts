export { audit } from './audit';
export { alarms, certificate } from './certificate';
export { distribution } from './distribution';
export { loadBalancer } from './load-balancer';
export { monitoring } from './monitoring';
export { network } from './network';
export { DOMAIN_NAME } from './values';
export { zone } from './zone';
