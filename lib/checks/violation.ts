import type { PolicyViolation } from 'aws-cdk-lib';
import { describe, ruleNameOf } from '../judge/describe';
import type { Finding } from '../judge/judgement';
import type { RuleReferences } from '../judge/rules/rule';
import type { Resource } from '../judge/template';

/**
 * A finding as CDK's validation report takes it.
 *
 * Always a fresh object: CDK assigns to it and splices it, and inside its own `try` a frozen or shared one would
 * turn a failing check into a passing one.
 *
 * @param writtenIn what stands in the template of the stack: the resource, or the stack set whose body holds it
 */
export function toViolation(
  finding: Finding,
  templatePath: string,
  ruleName = ruleNameOf(finding),
  writtenIn = finding.resource,
): PolicyViolation {
  const { rule, resource, path } = finding;
  const isWithin = writtenIn !== resource;
  return {
    ruleName,
    description: isWithin ? `${describe(finding)}; in ${placeWithin(finding, writtenIn)}` : describe(finding),
    severity: finding.level,
    fix: rule.fix,
    ruleMetadata: metadataOf(finding),
    violatingResources: [
      {
        resourceLogicalId: writtenIn.logicalId,
        templatePath,
        locations: [isWithin ? BODY : path],
      },
    ],
  };
}

/** Where a stack set holds a template. */
const BODY = 'Properties.TemplateBody';

/** Where in the body of a stack set it is: CDK knows what the stack has, and no more. */
function placeWithin({ resource, path }: Finding, { template }: Resource): string {
  return `${resource.template.name.slice(template.name.length + 1)}/${resource.logicalId}, ${path}`;
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

/** Of these a report has thousands: what is not there is not looked at twice. */
function metadataOf({ rule, verdict, got, want, when, counterexample, waiver }: Finding): Texts {
  const texts: { [key: string]: string } = { ...aboutRule(rule), verdict };
  if (got !== undefined) texts.got = got;
  if (want !== undefined) texts.want = want;
  if (when !== undefined) texts.when = when;
  if (counterexample !== undefined) texts.counterexample = counterexample;
  return waiver === undefined
    ? texts
    : { ...texts, ...withoutUndefined({ waiver: waiver.id, owner: waiver.owner, expires: waiver.expires }) };
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
