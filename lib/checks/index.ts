import { keepLongTraces } from './stack-traces';

export { JudgingPack, type JudgingPackProps } from './judging-pack';
export { TransmissionChecks, type TransmissionChecksProps } from './transmission-checks';
export { type WaiverProps, Waivers } from './waivers';

keepLongTraces();

export { GdprChecks, type GdprChecksProps } from './gdpr-checks';
export { PciDss401Checks, type PciDss401ChecksProps } from './pci-dss-401-checks';
