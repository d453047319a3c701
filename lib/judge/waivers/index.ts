export { acknowledgementsOf } from './acknowledgements';
export { type Applied, applyWaivers } from './apply';
export { allWaivers, WAIVERS_METADATA, type WaiverEntry, waiverAround } from './entry';
export type { Exemption } from './exemption';
export type { AcknowledgementFact, WaiverFact } from './fact';
export { ACKNOWLEDGEMENT_TYPE, isExemption, OF_THE_APP, WAIVER_TYPE } from './place';
export { EXEMPTION_PACK_ROWS, isExemptionRule } from './rules';
