export type { TlsNetworkLoadBalancerAttributes } from './imported-tls-network-load-balancer';
export type { ListenerTargets } from './listener-targets';
export type { AddPassThroughListenerProps, AddTlsListenerProps } from './listeners';
export { TlsNetworkLoadBalancer, type TlsNetworkLoadBalancerProps } from './tls-network-load-balancer';
export type { ITlsNetworkLoadBalancer } from './tls-network-load-balancer-base';
export { TlsTargetGroup, type TlsTargetGroupProps } from './tls-target-group';
