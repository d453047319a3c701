import type { PackName } from '../profiles/names';
import { gdprPack } from './gdpr';
import type { PackFactory } from './pack';
import { pciDss401Pack } from './pci-dss-401';
import { TRANSMISSION_PACK } from './transmission';

/** The packs that people register or ask for, by the names of the command line. */
export const OUR_PACKS: Readonly<Record<PackName, PackFactory>> = {
  transmission: () => TRANSMISSION_PACK,
  'pci-dss-401': pciDss401Pack,
  gdpr: gdprPack,
};
