import type { PackRule } from '../../packs/pack';
import { ACCESS_RECORD_ROWS } from './access-record';
import { accountabilityRows } from './accountability';
import { BACKUP_ROWS } from './backups';
import { copyRows } from './copies';
import { DETECTION_ROWS } from './detection';
import { EDGE_ROWS } from './edge';
import { ENCRYPTION_ROWS } from './encryption';
import { ENVIRONMENT_ROWS } from './environments';
import { ERASURE_ROWS } from './erasure';
import { LOAD_BALANCER_HEADER_ROWS } from './load-balancer-headers';
import { minimisationRows } from './minimisation';
import { moverRows } from './movers';
import { DEFAULT_GDPR_PARAMETERS, type GdprParameters } from './parameters';
import { PSEUDONYM_ROWS } from './pseudonyms';
import { recipientRows } from './recipients';
import { residencyRows } from './residency';
import { RETENTION_ROWS } from './retention';
import { TRAIL_ALARM_ROWS } from './trail-alarms';

export { DEFAULT_GDPR_PARAMETERS, type GdprParameters, type RegisteredRecipient } from './parameters';

/** Rules that no other regulation asks, with their levels, by what an organisation decides. */
export function gdprRows(parameters: GdprParameters): readonly PackRule[] {
  return [
    ...residencyRows(parameters),
    ...copyRows(parameters),
    ...moverRows(parameters),
    ...EDGE_ROWS,
    ...recipientRows(parameters),
    ...RETENTION_ROWS,
    ...BACKUP_ROWS,
    ...ERASURE_ROWS,
    ...accountabilityRows(parameters),
    ...ENCRYPTION_ROWS,
    ...PSEUDONYM_ROWS,
    ...minimisationRows(parameters),
    ...ENVIRONMENT_ROWS,
    ...ACCESS_RECORD_ROWS,
    ...LOAD_BALANCER_HEADER_ROWS,
    ...DETECTION_ROWS,
    ...TRAIL_ALARM_ROWS,
  ];
}

/** The same with what holds where nobody decides otherwise. */
export const GDPR_ROWS = gdprRows(DEFAULT_GDPR_PARAMETERS);
