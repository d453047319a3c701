export type { EndpointException, GatewayEndpointProps, InterfaceEndpointProps } from './network-endpoint';
export { PrivateNetwork, type PrivateNetworkProps } from './private-network';
export { type VpcEncryptionExclusions, VpcEncryptionMode } from './vpc-encryption';
