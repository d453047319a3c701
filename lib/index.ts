/** The public API of `cdk-secure-transmission`: constructs, stacks and packs. */

export {
  JudgingPack,
  type JudgingPackProps,
  TransmissionChecks,
  type TransmissionChecksProps,
} from './checks';
export {
  AuditTrail,
  type AuditTrailAttributes,
  type AuditTrailProps,
  type IAuditTrail,
} from './constructs/audit-trail';
export {
  CertificateMonitor,
  type CertificateMonitorProps,
  type IManagedCertificate,
  ManagedCertificate,
  type ManagedCertificateAttributes,
  type ManagedCertificateProps,
} from './constructs/certificate';
export {
  ACCESS_LOG_FIELDS,
  HstsStage,
  type HttpsHostOriginProps,
  type ITlsDistribution,
  type LoadBalancerOriginProps,
  type OriginLoadBalancer,
  ResponseHeaders,
  type ResponseHeadersProps,
  type TlsBehaviorProps,
  TlsDistribution,
  type TlsDistributionAttributes,
  type TlsDistributionProps,
  TlsOrigin,
} from './constructs/distribution';
export {
  type AuthorizationBinding,
  CertificateAuthority,
  CertificateAuthorityAuthorization,
  type CertificateAuthorityAuthorizationProps,
  ZoneSigning,
  type ZoneSigningProps,
} from './constructs/dns';
export {
  type AddTargetGroupProps,
  type AddTargetsProps,
  ClaimFormat,
  HttpsTargetGroup,
  type HttpsTargetGroupProps,
  type ITlsLoadBalancer,
  type JwtValidation,
  type RequiredClaim,
  type RouteProps,
  type StrictTransportSecurity,
  TlsLoadBalancer,
  type TlsLoadBalancerAttributes,
  type TlsLoadBalancerProps,
} from './constructs/load-balancer';
export {
  LogBucket,
  LogBucketOfKind,
  type LogBucketOfKindProps,
  type LogBucketProps,
  LogKind,
  LogLockSupport,
} from './constructs/log-store';
export {
  AlarmTopic,
  type AlarmTopicProps,
  EncryptedQueue,
  type EncryptedQueueAttributes,
  type EncryptedQueueProps,
  EncryptedTopic,
  type EncryptedTopicAttributes,
  type EncryptedTopicProps,
  type EncryptedTopicSubscriptionOptions,
  type IEncryptedQueue,
  type IEncryptedTopic,
  type MessageSource,
} from './constructs/messaging';
export {
  ClientCertificates,
  ClientTrustStore,
  type ClientTrustStoreAttributes,
  type ClientTrustStoreProps,
  type IClientTrustStore,
  type PassClientCertificatesOptions,
  type PinnedObject,
  TrustMaterialBucket,
  type TrustMaterialBucketProps,
  type VerifyClientsOptions,
} from './constructs/mutual-tls';
export {
  type EndpointException,
  type GatewayEndpointProps,
  type InterfaceEndpointProps,
  PrivateNetwork,
  type PrivateNetworkProps,
  type VpcEncryptionExclusions,
  VpcEncryptionMode,
} from './constructs/network';
export {
  type AddPassThroughListenerProps,
  type AddTlsListenerProps,
  type ITlsNetworkLoadBalancer,
  type ListenerTargets,
  TlsNetworkLoadBalancer,
  type TlsNetworkLoadBalancerAttributes,
  type TlsNetworkLoadBalancerProps,
  TlsTargetGroup,
  type TlsTargetGroupProps,
} from './constructs/network-load-balancer';
export {
  type CountedRule,
  CREDENTIAL_HEADERS,
  type IWebAcl,
  ManagedRuleGroup,
  type ProtectedLoadBalancer,
  WebAcl,
  type WebAclAttributes,
  type WebAclProps,
  WebAclScope,
} from './constructs/web-acl';
export { type ErrorCode, type ErrorKind, isTransmissionError, TransmissionError } from './core/errors';
export {
  type ProtocolVersion,
  type TlsPolicy,
  type TlsPolicyService,
  TlsProfile,
  type TlsProfileTarget,
  type TlsVersion,
} from './core/tls';
export {
  type AlarmConfiguration,
  Baseline,
  type BaselineConfiguration,
  type CertificateConfiguration,
  type LoadBalancerConfiguration,
  type NetworkConfiguration,
  parseConfiguration,
  readConfiguration,
  resolveConfiguration,
  type ZoneConfiguration,
} from './stacks';
