/**
 * The judge, for programs of yours: `import { App, judge, loadTarget, TRANSMISSION_PACK } from
 * 'cdk-secure-transmission/judge'`. It reads templates, and loads neither aws-cdk-lib nor cdk-nag.
 */
export { GDPR, PCI_DSS_4_0_1, type Regulation, type Requirement } from '../core/controls';
export { type ErrorCode, type ErrorKind, isTransmissionError, TransmissionError } from '../core/errors';
export {
  lookUpTlsPolicy,
  type ProtocolVersion,
  parseAddedTlsPolicies,
  type TlsPolicy,
  type TlsPolicyLookup,
  type TlsPolicyService,
  type TlsVersion,
} from '../core/tls';
export {
  type ConfigRuleStanding,
  type ControlFigures,
  configRuleStandings,
  controlFigures,
  coverageOf,
  type RequirementCoverage,
  type RequirementFigures,
  type StandingOfConfigRule,
} from './controls';
export { acknowledgementIdOf, describe, ruleNameOf } from './describe';
export {
  type Certificate,
  type CertificateSource,
  type ClientAuthentication,
  type Fact,
  HOP_KINDS,
  type Hop,
  type HopKind,
  type HopProtocol,
  type NotJudged,
  type Observed,
  type Party,
  type PlaintextDenial,
  type Store,
  type StrictTransportSecurity,
} from './hops';
export { classify, type TypeCoverage } from './hops/coverage';
export { type JudgeOptions, judge } from './judge';
export type { Finding, Judgement, NotJudgedType, RuleRun } from './judgement';
export { loadAssembly, loadTarget, loadTemplateFile, parseTemplate } from './load';
export { EVERY_ROW, everyRow } from './packs/every-row';
export { GDPR_PACK } from './packs/gdpr';
export { OUR_PACKS } from './packs/ours';
export { LEVELS, type Level, type Pack, type PackRule } from './packs/pack';
export { PCI_DSS_401_PACK } from './packs/pci-dss-401';
export { packOf } from './packs/regulation';
export { judgeTogether } from './packs/together';
export { TRANSMISSION_PACK } from './packs/transmission';
export { PROFILES, parseSettings, settledPack } from './profiles';
export type {
  FactOf,
  Rule,
  RuleContext,
  RuleReferences,
  Unknown,
  Verdict,
  Violation,
} from './rules/rule';
export {
  App,
  type ConstructTable,
  type Json,
  type JsonList,
  type JsonMap,
  type ParameterValues,
  type Position,
  type Resource,
  type Template,
  type TemplatePath,
  type TemplateSource,
  type TextRange,
  type ValueRange,
} from './template';
export type { Exemption, WaiverEntry } from './waivers';
export { parseWaiverFile, waiversFor } from './waivers/waiver-file';
