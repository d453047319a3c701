import { keepLongTraces } from './stack-traces';

export type {
  GivenRuleParameters,
  GivenRuleSettings,
  LegacyClientsTerms,
  ProfileName,
  SwitchedOffRule,
} from '../judge/profiles';
export { GdprChecks, type GdprChecksProps } from './gdpr-checks';
export { JudgingPack, type JudgingPackProps } from './judging-pack';
export { PciDss401Checks, type PciDss401ChecksProps } from './pci-dss-401-checks';
export { TransmissionChecks, type TransmissionChecksProps } from './transmission-checks';
export { type WaiverProps, Waivers } from './waivers';

keepLongTraces();
