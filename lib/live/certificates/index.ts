export {
  type AuditOptions,
  auditCertificates,
  type CertificateAudit,
  type CertificateInAudit,
  findingsOf,
  judgeReadings,
  type RegionInAudit,
} from './audit';
export * from './certificate';
export type { Failure, FailureCode } from './failures';
export { covers } from './host-names';
export {
  isRelied,
  LONGEST_COUNTED_DAYS,
  RENEWAL_DUE,
  RENEWAL_OVERDUE,
  remainingDays,
  remainingLifetimeRatio,
  renewsByItself,
} from './lifetime';
export { CERTIFICATE_METRICS } from './metric-names';
export { measuredAudit } from './metrics';
export { type ReadOptions, type ReadProblem, type RegionReading, readRegion } from './read-region';
export { CERTIFICATE_RULES, type CertificateRule } from './rules';
export { COVERS_ITS_HOSTS, compareHosts, type HostsCompared, type ServedEndpoint } from './served-hosts';
