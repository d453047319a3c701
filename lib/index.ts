/** The public API of `cdk-secure-transmission`: constructs, stacks and packs. */

export {
  JudgingPack,
  type JudgingPackProps,
  TransmissionChecks,
  type TransmissionChecksProps,
} from './checks';
export {
  CertificateMonitor,
  type CertificateMonitorProps,
  type IManagedCertificate,
  ManagedCertificate,
  type ManagedCertificateAttributes,
  type ManagedCertificateProps,
} from './constructs/certificate';
export {
  type AddTargetGroupProps,
  type AddTargetsProps,
  HttpsTargetGroup,
  type HttpsTargetGroupProps,
  type ITlsLoadBalancer,
  type RouteProps,
  type StrictTransportSecurity,
  TlsLoadBalancer,
  type TlsLoadBalancerAttributes,
  type TlsLoadBalancerProps,
} from './constructs/load-balancer';
export { LogBucket, type LogBucketProps } from './constructs/log-store';
export { AlarmTopic, type AlarmTopicProps } from './constructs/messaging';
export { PrivateNetwork, type PrivateNetworkProps } from './constructs/network';
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
