import { ACM_PACK_ROWS } from '../rules/acm';
import { RESOURCE_CAN_BE_JUDGED_ROW } from '../rules/resource-can-be-judged';
import type { Pack } from './pack';

/** Data in transit is encrypted on every hop; later packs read the same facts. */
export const TRANSMISSION_PACK: Pack = {
  name: 'TransmissionChecks',
  rules: [RESOURCE_CAN_BE_JUDGED_ROW, ...ACM_PACK_ROWS],
};
