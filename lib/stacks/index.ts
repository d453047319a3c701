export { Baseline } from './baseline';
export { parseConfiguration, readConfiguration, resolveConfiguration } from './configuration';
export type {
  AlarmConfiguration,
  AuditConfiguration,
  BaselineConfiguration,
  CaaConfiguration,
  CertificateConfiguration,
  DistributionConfiguration,
  HstsStageName,
  LoadBalancerConfiguration,
  MonitoringConfiguration,
  NetworkConfiguration,
  ZoneConfiguration,
} from './configuration-file';
export { baselineConfigurationSchema } from './configuration-schema';
