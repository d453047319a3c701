import { GDPR } from '../../core/controls';
import { DEFAULT_RULE_PARAMETERS } from '../rules/parameters';
import { everyRow } from './every-row';
import { memoised } from './memoised';
import type { Pack, PackFactory } from './pack';
import { packOf } from './regulation';

/** What a template can decide about the GDPR, by what an organisation decides. */
export const gdprPack: PackFactory = memoised((parameters) =>
  packOf('GdprChecks', GDPR, everyRow(parameters)),
);

/** What a template can decide about the GDPR. */
export const GDPR_PACK: Pack = gdprPack(DEFAULT_RULE_PARAMETERS);
