export { HttpsTargetGroup, type HttpsTargetGroupProps } from './https-target-group';
export type { TlsLoadBalancerAttributes } from './imported-tls-load-balancer';
export { ClaimFormat, type JwtValidation, type RequiredClaim } from './jwt-validation';
export type { StrictTransportSecurity } from './strict-transport-security';
export type { AddTargetGroupProps, AddTargetsProps, RouteProps } from './target-routes';
export { TlsLoadBalancer } from './tls-load-balancer';
export type { ITlsLoadBalancer } from './tls-load-balancer-base';
export type { TlsLoadBalancerProps } from './tls-load-balancer-props';
