import type { PolicyViolation } from 'aws-cdk-lib';
import type { Finding } from '../judge/judgement';

/** The name under which a finding is printed and acknowledged. */
export function ruleNameOf(finding: Finding): string {
  return `${finding.pack}-${finding.rule.id}`;
}

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

/** One sentence: what is wrong, where, and what would be right. */
export function describe(finding: Finding): string {
  const { rule, path, got, want, detail, when } = finding;
  const property = path.replace(/^Properties\./, '');
  const under = when === undefined ? '' : ` (when ${when})`;
  if (finding.verdict === 'failed') return `${rule.title}: not judged, ${detail ?? 'for an unknown reason'}`;
  if (finding.verdict === 'unknown') {
    return `${rule.title}: cannot be told from ${property}, since ${detail ?? 'the template hides it'}${under}`;
  }
  const because = detail === undefined ? '' : ` (${detail})`;
  return `${rule.title}: ${property} is ${got ?? 'absent'}${because}, it must be ${want ?? 'otherwise'}${under}`;
}

function withoutUndefined(values: Readonly<Record<string, string | undefined>>): { [key: string]: string } {
  return Object.fromEntries(Object.entries(values).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])));
}
