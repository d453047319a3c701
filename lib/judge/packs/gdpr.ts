import { GDPR } from '../../core/controls';
import { EVERY_ROW } from './every-row';
import type { Pack } from './pack';
import { packOf } from './regulation';

/** What a template can decide about the GDPR. */
export const GDPR_PACK: Pack = packOf('GdprChecks', GDPR, EVERY_ROW);
