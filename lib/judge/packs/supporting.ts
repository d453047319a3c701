import { ACCESS_PACK_ROWS } from '../rules/access';
import { AUDIT_PACK_ROWS } from '../rules/audit';
import { CLASSIFICATION_PACK_ROWS } from '../rules/classification';
import { KEY_MANAGEMENT_PACK_ROWS } from '../rules/key-management';
import { NETWORK_PACK_ROWS } from '../rules/network';
import { RESOURCE_CAN_BE_JUDGED_ROW } from '../rules/resource-can-be-judged';
import { STORE_PACK_ROWS } from '../rules/store';
import type { Pack } from './pack';

/** What transmission does not need and protected data does: keys, stores, logs, ways in. Later packs take from it. */
export const SUPPORTING_PACK: Pack = {
  name: 'SupportingChecks',
  rules: [
    RESOURCE_CAN_BE_JUDGED_ROW,
    ...KEY_MANAGEMENT_PACK_ROWS,
    ...STORE_PACK_ROWS,
    ...AUDIT_PACK_ROWS,
    ...NETWORK_PACK_ROWS,
    ...ACCESS_PACK_ROWS,
    ...CLASSIFICATION_PACK_ROWS,
  ],
};
