export { readDeploymentConfiguration } from './configuration';
export { type DeployedStack, notAnAssembly, readDeployment } from './deployment';
export { type PreflightOptions, preflight } from './preflight';
export { isNear } from './quotas';
export type {
  BootstrappedEnvironment,
  Deployers,
  DeploymentConfiguration,
  Leftover,
  Need,
  NewName,
  Obstacle,
  PreflightReport,
  Protection,
  QuotaUse,
  StackStep,
  Topic,
  ValidationZone,
} from './report';
