export type { PartnerTrust } from './client-trust';
export type { AliasTarget, PartnerDomainProps } from './domain-props';
export type { FirewallProps } from './firewall';
export { HTTP_ACCESS_LOG_FIELDS } from './http-access-log';
export type { IPartnerHttpApi, PartnerHttpApiAttributes } from './http-api-base';
export {
  HttpApiAuthorization,
  type HttpLambdaAuthorizationOptions,
  type HttpRouteAuthorization,
  type JwtAuthorizationOptions,
} from './http-authorization';
export {
  LoadBalancerIntegration,
  type LoadBalancerIntegrationProps,
  type TlsListenerTarget,
} from './load-balancer-integration';
export { Partner, type PartnerProps, type PartnerQuota } from './partner';
export { type IPartnerApi, PartnerApi, type PartnerApiAttributes, type PartnerApiProps } from './partner-api';
export { PartnerHttpApi } from './partner-http-api';
export type { AddHttpRouteOptions, PartnerHttpApiProps } from './partner-http-api-props';
export {
  type PartnerKey,
  type SignatureAlgorithm,
  SignedRequests,
  type SignedRequestsProps,
} from './signed-requests';
