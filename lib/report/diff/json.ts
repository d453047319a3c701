import { jsonText } from '../escape';
import type { DiffReport } from './diff-report';

/** The version of the report's shape; it changes when a reader of the last one could go wrong. */
const DIFF_REPORT_SCHEMA = 'urn:cdk-secure-transmission:diff-report:1';

/** A comparison for programs; its shape stands in schemas/diff-report.schema.json. */
export function renderDiffJson({ packs, ...rest }: DiffReport): string {
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
