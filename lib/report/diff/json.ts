import { jsonText } from '../escape';
import { reportWithoutSecrets } from '../redact';
import type { DiffReport } from './diff-report';

/** The version of the report's shape; it changes when a reader of the last one could go wrong. */
export const DIFF_REPORT_SCHEMA = 'urn:cdk-secure-transmission:diff-report:1';

/** A comparison for programs; its shape stands in schemas/diff-report.schema.json. */
export function renderDiffJson(report: DiffReport): string {
  const { packs, ...rest } = reportWithoutSecrets(report);
  return jsonText({
    $schema: DIFF_REPORT_SCHEMA,
    ...rest,
    packs: packs.map(({ name, rules, notRun, profile, rulesAsOf }) => ({
      name,
      ...(profile === undefined ? {} : { profile }),
      ...(rulesAsOf === undefined ? {} : { rulesAsOf }),
      rules: rules.map(({ id }) => id),
      notRun,
    })),
  });
}
