import type { IConstruct } from 'constructs';
import { pciDss401Pack } from '../judge/packs/pci-dss-401';
import { JudgingPack, type JudgingPackProps } from './judging-pack';

/** How `PciDss401Checks` is registered. */
export interface PciDss401ChecksProps extends JudgingPackProps {}

/**
 * What a template can decide about PCI DSS v4.0.1. It is no assessment, and no assessor (QSA): what it cannot decide is
 * listed in `docs/controls.md`, and AWS Config can look at part of that (`ConfigConformancePack`).
 *
 * ```text
 * Validations.of(app).addPlugins(new PciDss401Checks(app));
 * ```
 */
export class PciDss401Checks extends JudgingPack {
  /**
   * @param scope the App or Stage that it is registered on
   */
  constructor(scope?: IConstruct, props: PciDss401ChecksProps = {}) {
    super(pciDss401Pack, scope, props);
  }
}
