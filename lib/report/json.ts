import { joinedReferences } from '../judge/packs/regulation';
import { jsonText } from './escape';
import type { CheckReport, PackView, RuleView, TargetReport } from './report';

/** The version of the report's shape; it changes when a reader of the last one could go wrong. */
export const CHECK_REPORT_SCHEMA = 'urn:cdk-secure-transmission:check-report:1';

/** What a rule says of itself, which is the same for every target and pack. */
type RuleText = Omit<RuleView, 'level' | 'compliant' | 'violations' | 'unknown'>;

/**
 * A report for programs; its shape stands in schemas/check-report.schema.json.
 *
 * The texts of rules stand in it once: some hundred targets would otherwise repeat them beyond what a string can hold.
 */
export function renderJson(report: CheckReport): string {
  const { targets, ...rest } = report;
  return jsonText({
    $schema: CHECK_REPORT_SCHEMA,
    ...rest,
    rules: ruleTexts(targets),
    targets: targets.map((target) => ({ ...target, packs: target.packs.map(withCounts) })),
  });
}

function withCounts({ rules, ...pack }: PackView) {
  return {
    ...pack,
    rules: rules.map(({ id, level, compliant, violations, unknown }) => ({
      id,
      level,
      compliant,
      violations,
      unknown,
    })),
  };
}

/** Each rule that ran anywhere, with the requirements that any pack attaches to it. */
function ruleTexts(targets: readonly TargetReport[]): readonly RuleText[] {
  const texts = new Map<string, RuleText>();
  for (const rule of targets.flatMap(({ packs }) => packs).flatMap(({ rules }) => rules)) {
    const { level: _, compliant: __, violations: ___, unknown: ____, ...text } = rule;
    const known = texts.get(rule.id);
    const references = joinedReferences([
      ...(known === undefined ? [] : [known.references]),
      text.references,
    ]);
    texts.set(rule.id, { ...(known ?? text), references });
  }
  return [...texts.values()];
}
