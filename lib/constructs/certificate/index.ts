export {
  CERTIFICATE_LIFETIMES,
  type CertificateLifetime,
  certificateLifetimeOn,
  synthesisTime,
} from './certificate-lifetime';
export { CertificateMonitor, type CertificateMonitorProps } from './certificate-monitor';
export type { IManagedCertificate, ManagedCertificateAttributes } from './certificate-reference';
export { commonNameProblem, domainNameProblem, isInZone, zoneFor } from './domain-name';
export { ManagedCertificate, type ManagedCertificateProps } from './managed-certificate';
