export type { ListenerTargets } from './listener-targets';
export type { AddPassThroughListenerProps, AddTlsListenerProps } from './listeners';
export {
  type ITlsNetworkLoadBalancer,
  TlsNetworkLoadBalancer,
  type TlsNetworkLoadBalancerAttributes,
  type TlsNetworkLoadBalancerProps,
} from './tls-network-load-balancer';
export { TlsTargetGroup, type TlsTargetGroupProps } from './tls-target-group';
