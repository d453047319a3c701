import type { PolicyViolation } from 'aws-cdk-lib';
import { describe, ruleNameOf } from '../judge/describe';
import type { Finding } from '../judge/judgement';

/**
 * A finding as CDK's validation report takes it.
 *
 * Always a fresh object: CDK assigns to it and splices it, and inside its own `try` a frozen or shared one would
 * turn a failing check into a passing one.
 */
export function toViolation(finding: Finding, templatePath: string): PolicyViolation {
  const { rule } = finding;
  return {
    ruleName: ruleNameOf(finding),
    description: describe(finding),
    severity: finding.level,
    fix: rule.fix,
    ruleMetadata: withoutUndefined({
      risk: rule.risk,
      pciDss: rule.references.pciDss?.join(', '),
      gdpr: rule.references.gdpr?.join(', '),
      securityHub: rule.references.securityHub?.join(', '),
      cwe: rule.references.cwe?.join(', '),
      verdict: finding.verdict,
      got: finding.got,
      want: finding.want,
      when: finding.when,
    }),
    violatingResources: [
      {
        resourceLogicalId: finding.resource.logicalId,
        templatePath,
        locations: [finding.path],
      },
    ],
  };
}

function withoutUndefined(values: Readonly<Record<string, string | undefined>>): { [key: string]: string } {
  const kept: { [key: string]: string } = {};
  for (const key in values) {
    const value = values[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept;
}
