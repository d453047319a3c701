import type { PolicyViolation } from 'aws-cdk-lib';
import { describe, ruleNameOf } from '../judge/describe';
import type { Finding } from '../judge/judgement';
import type { RuleReferences } from '../judge/rules/rule';

/**
 * A finding as CDK's validation report takes it.
 *
 * Always a fresh object: CDK assigns to it and splices it, and inside its own `try` a frozen or shared one would
 * turn a failing check into a passing one.
 */
export function toViolation(
  finding: Finding,
  templatePath: string,
  ruleName = ruleNameOf(finding),
): PolicyViolation {
  const { rule } = finding;
  return {
    ruleName,
    description: describe(finding),
    severity: finding.level,
    fix: rule.fix,
    ruleMetadata: withoutUndefined({
      risk: rule.risk,
      pciDss: rule.references.pciDss?.join(', '),
      gdpr: rule.references.gdpr?.join(', '),
      securityHub: rule.references.securityHub?.join(', '),
      cwe: rule.references.cwe?.join(', '),
      regulations: regulationsOf(rule.references),
      verdict: finding.verdict,
      got: finding.got,
      want: finding.want,
      when: finding.when,
      waiver: finding.waiver?.id,
      owner: finding.waiver?.owner,
      expires: finding.waiver?.expires,
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

/**
 * A finding about a waiver or an acknowledgement, which stands on a construct, or on none.
 *
 * @param at the path of a construct that exists
 * @param isAcknowledged whether somebody acknowledged it: CDK would then take it for accepted, unless it is fatal
 */
export function toViolationOfExemption(
  finding: Finding,
  at: string | undefined,
  isAcknowledged: boolean,
): PolicyViolation {
  const violation = toViolation(finding, '');
  const place = at === undefined || at === '' ? { locations: [] } : { constructPath: at, locations: [] };
  return {
    ...violation,
    ...(isAcknowledged
      ? { severity: 'fatal', description: `${violation.description}; nothing acknowledges this` }
      : {}),
    violatingResources: [place],
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

/** `DORA RTS 14, 15; HIPAA 164.312(e)(1)`; `undefined` where none is attached. */
function regulationsOf({ regulations }: RuleReferences): string | undefined {
  if (regulations === undefined) return undefined;
  return Object.entries(regulations)
    .map(([name, ids]) => `${name} ${ids.join(', ')}`)
    .join('; ');
}
