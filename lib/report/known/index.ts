export { type Covered, coverKnown } from './cover';
export { type KnownEntry, keyOf, knownFindingsSchema } from './entry';
export type { KnownNote, KnownReport, KnownState } from './known-report';
export { lastDay } from './match';
export { type KnownFindings, parseKnownFindings } from './parse';
export { knownText, updateKnown } from './update';
