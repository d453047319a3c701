export { Baseline } from './baseline';
export {
  type AlarmConfiguration,
  type BaselineConfiguration,
  type CertificateConfiguration,
  type LoadBalancerConfiguration,
  type NetworkConfiguration,
  parseConfiguration,
  readConfiguration,
  resolveConfiguration,
  type ZoneConfiguration,
} from './configuration';
export { baselineConfigurationSchema } from './configuration-schema';
