export { GDPR } from './gdpr';
export { GDPR_CONTROLS, type GdprControl } from './gdpr-controls';
export { PCI_DSS_4_0_1 } from './pci-dss-4-0-1';
export type { Regulation, Requirement } from './requirement';
