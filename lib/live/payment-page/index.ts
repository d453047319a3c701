export {
  type ApprovedHeader,
  type ApprovedList,
  type ApprovedPage,
  type ApprovedScript,
  type ItemKind,
  pageKey,
  parseApproved,
} from './approved';
export { checkPage, type PageFinding, type PageResult, type SeenPage, seePage } from './check-page';
export { type FetchOptions, NotFetched } from './fetch-page';
export { checkPages, measuredPages } from './run-checks';
