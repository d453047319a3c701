export { HttpsTargetGroup, type HttpsTargetGroupProps } from './https-target-group';
export type { StrictTransportSecurity } from './strict-transport-security';
export type { AddTargetGroupProps, AddTargetsProps, RouteProps } from './target-routes';
export {
  type ITlsLoadBalancer,
  TlsLoadBalancer,
  type TlsLoadBalancerAttributes,
  type TlsLoadBalancerProps,
} from './tls-load-balancer';
