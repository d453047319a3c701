import { PCI_DSS_4_0_1 } from '../../core/controls';
import { DEFAULT_RULE_PARAMETERS } from '../rules/parameters';
import { everyRow } from './every-row';
import { memoised } from './memoised';
import type { Pack, PackFactory } from './pack';
import { packOf } from './regulation';

/** What a template can decide about PCI DSS v4.0.1, by what an organisation decides. */
export const pciDss401Pack: PackFactory = memoised((parameters) =>
  packOf('PciDss401Checks', PCI_DSS_4_0_1, everyRow(parameters)),
);

/** What a template can decide about PCI DSS v4.0.1. */
export const PCI_DSS_401_PACK: Pack = pciDss401Pack(DEFAULT_RULE_PARAMETERS);
