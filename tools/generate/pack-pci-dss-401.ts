import { PCI_DSS_401_PACK } from '../../lib/judge/packs/pci-dss-401';
import { packPage } from '../pages/pack-page';

/** Where the page stands. */
export const page = 'docs/packs/pci-dss-401.md';

/** The rules of `PciDss401Checks`. */
export function render(): string {
  return packPage('tools/generate/pack-pci-dss-401.ts', PCI_DSS_401_PACK, {
    reference: 'pciDss',
    ids: 'requirements',
    intro: [
      'What templates decide about PCI DSS v4.0.1. It is no assessment, and no assessor (QSA): an app without findings does not',
      'conform because of that, and what is in scope, the pack does not decide. [Controls](../controls.md) says by requirement',
      'what speaks for it, what AWS Config has to look at (`ConfigConformancePack`), and what neither can show.',
    ],
  });
}
