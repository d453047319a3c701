import { GDPR_PACK } from './gdpr';
import type { Pack } from './pack';
import { PCI_DSS_401_PACK } from './pci-dss-401';
import { SUPPORTING_PACK } from './supporting';
import { TRANSMISSION_PACK } from './transmission';

/** Every pack of ours: what a waiver names is looked up in all of them, whichever runs. */
export const KNOWN_PACKS: readonly Pack[] = [TRANSMISSION_PACK, PCI_DSS_401_PACK, GDPR_PACK, SUPPORTING_PACK];
