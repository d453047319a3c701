export type { PrivateNetworkAttributes } from './imported-private-network';
export type { EndpointException, GatewayEndpointProps, InterfaceEndpointProps } from './network-endpoint';
export { PrivateNetwork } from './private-network';
export type { IPrivateNetwork } from './private-network-base';
export type { PrivateNetworkProps } from './private-network-props';
export { type VpcEncryptionExclusions, VpcEncryptionMode } from './vpc-encryption';
