import type { IConstruct } from 'constructs';
import { TRANSMISSION_PACK } from '../judge/packs/transmission';
import { JudgingPack, type JudgingPackProps } from './judging-pack';

/** How `TransmissionChecks` is registered. */
export interface TransmissionChecksProps extends JudgingPackProps {}

/**
 * Data in transit is encrypted, on every hop that the templates configure.
 *
 * ```text
 * Validations.of(app).addPlugins(new TransmissionChecks(app));
 * ```
 */
export class TransmissionChecks extends JudgingPack {
  /**
   * @param scope the App or Stage that it is registered on
   */
  constructor(scope?: IConstruct, props: TransmissionChecksProps = {}) {
    super(TRANSMISSION_PACK, scope, props);
  }
}
