export {
  CERTIFICATE_LIFETIMES,
  type CertificateLifetime,
  certificateLifetimeOn,
  synthesisTime,
} from './certificate-lifetime';
export { CertificateMonitor, type CertificateMonitorProps } from './certificate-monitor';
export { commonNameProblem, domainNameProblem, isInZone } from './domain-name';
export {
  type IManagedCertificate,
  ManagedCertificate,
  type ManagedCertificateAttributes,
  type ManagedCertificateProps,
} from './managed-certificate';
