export { jsonText, visible } from './escape';
export { renderReport } from './formats';
export { CHECK_REPORT_SCHEMA, renderJson } from './json';
export { counted } from './phrase';
export { type Place, relativeTo } from './place';
export { type PostureOptions, renderPosture } from './posture';
export {
  type CheckReport,
  type Counts,
  checkReport,
  countsAt,
  type ExitCode,
  type PackView,
  type RuleView,
  reportOn,
  type TargetReport,
} from './report';
export { renderSarif } from './sarif';
export { COLOURED, PLAIN, type Style } from './style';
export type { LinesOf } from './suggestion';
export { renderText, type TextOptions } from './text';
export {
  type Conclusion,
  conclusionOf,
  packsText,
  renderFindings,
  type ValidationReport,
} from './validation-report';
export { type Acceptance, type FindingView, type Suppression, suppressionOf, viewOf } from './view';
