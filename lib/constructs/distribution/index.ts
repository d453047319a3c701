export { ACCESS_LOG_FIELDS } from './access-logs';
export type { TlsBehaviorProps } from './behavior';
export { CloudFrontOriginFacing } from './cloudfront-origin-facing';
export {
  CookieAttributes,
  type CookieAttributesProps,
  CookieSameSite,
  type ReadableCookie,
} from './cookie-attributes';
export type { ITlsDistribution, TlsDistributionAttributes } from './distribution-base';
export type { TlsDistributionProps } from './distribution-props';
export { FieldLevelEncryption, type FieldLevelEncryptionProps } from './field-level-encryption';
export {
  type FailoverOriginProps,
  type HttpsHostOriginProps,
  type LoadBalancerOriginProps,
  type OriginLoadBalancer,
  TlsOrigin,
} from './origins';
export { HstsStage, ResponseHeaders, type ResponseHeadersProps } from './response-headers';
export { TlsDistribution } from './tls-distribution';
export {
  type PassViewerCertificatesOptions,
  type VerifySomeViewersOptions,
  type VerifyViewersOptions,
  ViewerClientCertificates,
} from './viewer-client-certificates';
export {
  type IViewerTrustStore,
  ViewerTrustStore,
  type ViewerTrustStoreAttributes,
  type ViewerTrustStoreProps,
} from './viewer-trust-store';
