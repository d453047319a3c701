import { GDPR_PACK } from '../../lib/judge/packs/gdpr';
import { packPage } from '../pages/pack-page';

/** Where the page stands. */
export const page = 'docs/packs/gdpr.md';

/** The rules of `GdprChecks`. */
export function render(): string {
  return packPage('tools/generate/pack-gdpr.ts', GDPR_PACK, {
    reference: 'gdpr',
    ids: 'articles',
    intro: [
      'What templates decide about the GDPR, by what constructs say they hold ([classification](../classification.md)). It is no',
      'legal advice: whether processing is lawful, a basis holds or a transfer is allowed, people decide. [Controls](../controls.md)',
      'says by provision what speaks for it, and what no template can show.',
    ],
  });
}
