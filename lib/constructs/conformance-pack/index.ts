export { ConfigConformancePack, type ConfigConformancePackProps } from './config-conformance-pack';
export type { RuleNotAsked } from './delegated-rules';
