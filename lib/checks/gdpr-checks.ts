import type { IConstruct } from 'constructs';
import { gdprPack } from '../judge/packs/gdpr';
import { JudgingPack, type JudgingPackProps } from './judging-pack';

/** How `GdprChecks` is registered. */
export interface GdprChecksProps extends JudgingPackProps {}

/**
 * What a template can decide about the GDPR. It is no legal advice: what it cannot decide is listed in
 * `docs/controls.md`.
 *
 * ```text
 * Validations.of(app).addPlugins(new GdprChecks(app));
 * ```
 */
export class GdprChecks extends JudgingPack {
  /**
   * @param scope the App or Stage that it is registered on
   */
  constructor(scope?: IConstruct, props: GdprChecksProps = {}) {
    super(gdprPack, scope, props);
  }
}
