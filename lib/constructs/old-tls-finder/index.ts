export type {
  CloudFrontLocation,
  CloudTrailLocation,
  LogLocation,
  LogScope,
  S3AccessLocation,
} from './log-location';
export { OldTlsFinder } from './old-tls-finder';
export type { OldTlsFinderProps, OldTlsReportOptions } from './old-tls-finder-props';
export { OldTlsReport } from './old-tls-report';
