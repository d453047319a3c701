export {
  API_ACCESS_LOG_FIELDS,
  API_CLIENT_CERTIFICATE_FIELDS,
  ApiLogs,
  apiAccessLogFormat,
} from './access-log';
export { ApiAccountLogging } from './account-logging';
export { ApiAlarms, type ApiAlarmThresholds } from './alarms';
export { ApiBase, type IApi } from './api-base';
export {
  ApiAuthorization,
  type CognitoAuthorizationOptions,
  type LambdaAuthorizationOptions,
  type MethodAuthorization,
} from './authorization';
export {
  type AddRouteOptions,
  GuardedRestApi,
  type RestApiCommonProps,
  type RestApiKind,
} from './guarded-rest-api';
export { JwtAuthorizer } from './jwt-authorizer';
export type { JwtAuthorizerProps } from './jwt-props';
export type { MethodExceptions } from './method-guard';
export type { ApiRoute } from './routes';
export type { JwtAlgorithm, JwtAudienceClaim } from './runtime/jwt/settings';
export type { ApiThrottling } from './stage-settings';
export {
  ApiVpcLink,
  type ApiVpcLinkProps,
  type VpcLinkIntegrationOptions,
  type VpcLinkTarget,
} from './vpc-link-integration';
