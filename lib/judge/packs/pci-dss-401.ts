import { PCI_DSS_4_0_1 } from '../../core/controls';
import { EVERY_ROW } from './every-row';
import type { Pack } from './pack';
import { packOf } from './regulation';

/** What a template can decide about PCI DSS v4.0.1. */
export const PCI_DSS_401_PACK: Pack = packOf('PciDss401Checks', PCI_DSS_4_0_1, EVERY_ROW);
