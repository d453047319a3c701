import { jsonText } from './escape';
import type { CheckReport } from './report';

/** The version of the report's shape; it changes when a reader of the last one could go wrong. */
export const CHECK_REPORT_SCHEMA = 'urn:cdk-secure-transmission:check-report:1';

/** A report for programs; its shape stands in schemas/check-report.schema.json. */
export function renderJson(report: CheckReport): string {
  return jsonText({ $schema: CHECK_REPORT_SCHEMA, ...report });
}
