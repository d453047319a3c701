export { compareSides, type DiffOptions, type Side } from './compare';
export type {
  DiffFinding,
  DiffReport,
  ExemptionChange,
  FindingState,
  TransmissionChange,
} from './diff-report';
export type { DiffFormat } from './format-names';
export { type DiffRenderOptions, renderDiff } from './formats';
