import { ACCESS_PACK_ROWS } from '../rules/access';
import { auditRows } from '../rules/audit';
import { CLASSIFICATION_PACK_ROWS } from '../rules/classification';
import { keyManagementRows } from '../rules/key-management';
import { NETWORK_PACK_ROWS } from '../rules/network';
import { DEFAULT_RULE_PARAMETERS } from '../rules/parameters';
import { RESOURCE_CAN_BE_JUDGED_ROW } from '../rules/resource-can-be-judged';
import { STORE_PACK_ROWS } from '../rules/store';
import { memoised } from './memoised';
import type { Pack, PackFactory } from './pack';

/** What transmission does not need and protected data does: keys, stores, logs, ways in. Later packs take from it. */
export const supportingPack: PackFactory = memoised((parameters) => ({
  name: 'SupportingChecks',
  rules: [
    RESOURCE_CAN_BE_JUDGED_ROW,
    ...keyManagementRows(parameters),
    ...STORE_PACK_ROWS,
    ...auditRows(parameters),
    ...NETWORK_PACK_ROWS,
    ...ACCESS_PACK_ROWS,
    ...CLASSIFICATION_PACK_ROWS,
  ],
}));

/** The same with what holds where nobody decides otherwise. */
export const SUPPORTING_PACK: Pack = supportingPack(DEFAULT_RULE_PARAMETERS);
