export { FindingSeverity } from './finding-severity';
export { FindingSource } from './finding-source';
export { SecurityFindings, type SecurityFindingsProps } from './security-findings';
export { AnalyzerScope, SecurityServices, type SecurityServicesProps } from './security-services';
