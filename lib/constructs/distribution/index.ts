export { ACCESS_LOG_FIELDS } from './access-logs';
export type { TlsBehaviorProps } from './behavior';
export type { ITlsDistribution, TlsDistributionAttributes } from './distribution-base';
export type { TlsDistributionProps } from './distribution-props';
export {
  type HttpsHostOriginProps,
  type LoadBalancerOriginProps,
  type OriginLoadBalancer,
  TlsOrigin,
} from './origins';
export { HstsStage, ResponseHeaders, type ResponseHeadersProps } from './response-headers';
export { TlsDistribution } from './tls-distribution';
