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
  const { rule, waiver } = finding;
  return {
    ruleName,
    description: describe(finding),
    severity: finding.level,
    fix: rule.fix,
    ruleMetadata: {
      ...aboutRule(rule),
      ...withoutUndefined({
        verdict: finding.verdict,
        got: finding.got,
        want: finding.want,
        when: finding.when,
        counterexample: finding.counterexample,
        waiver: waiver?.id,
        owner: waiver?.owner,
        expires: waiver?.expires,
      }),
    },
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

type Texts = { readonly [key: string]: string };

/** What is told of a rule with each of its findings: made once, since one rule finds thousands. */
const about = new WeakMap<Finding['rule'], Texts>();

function aboutRule(rule: Finding['rule']): Texts {
  const known = about.get(rule);
  if (known !== undefined) return known;
  const { risk, references } = rule;
  const made = withoutUndefined({
    risk,
    pciDss: references.pciDss?.join(', '),
    gdpr: references.gdpr?.join(', '),
    securityHub: references.securityHub?.join(', '),
    cwe: references.cwe?.join(', '),
    regulations: regulationsOf(references),
  });
  about.set(rule, made);
  return made;
}

function withoutUndefined(values: Readonly<Record<string, string | undefined>>): Texts {
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
