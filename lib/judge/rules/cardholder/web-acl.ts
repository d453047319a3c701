import type { PackRule } from '../../packs/pack';
import type { Cursor, Resource } from '../../template';
import { pointingAt, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { cardholderRow } from './row';

const ASSOCIATION = 'AWS::WAFv2::WebACLAssociation';
const USER_POOL = 'AWS::Cognito::UserPool';
const DOMAIN = 'AWS::Cognito::UserPoolDomain';
const SERVICE = 'AWS::AppRunner::Service';

/** Rules on web application firewalls that watch and do nothing, with their levels. */
export const WEB_ACL_ROWS: readonly PackRule[] = [
  cardholderRow('warning', {
    id: 'WebAclBlocks',
    title: 'a web ACL blocks what its rules find',
    risk: 'Rules that count let every attack through and write it down: the firewall is there, and stops nothing.',
    fix: 'Set OverrideAction of rule groups to None, leave Count out of RuleActionOverrides, and let rules of your own have Action Block, Captcha or Challenge; a rule that has to count needs a waiver. CDK: there is no L2 construct; overrideAction: { none: {} } of CfnWebACL, or WebAcl of this library, which blocks unless countedRules says why not.',
    references: { pciDss: ['6.4.1', '6.4.2'], gdpr: ['32(1)(b)'], cwe: ['CWE-693'] },
    resourceTypes: ['AWS::WAFv2::WebACL'],
    test: blocks,
  }),
  cardholderRow('warning', {
    id: 'LoginHasWebAcl',
    title: 'a web application firewall stands before a login page or service that is public',
    risk: 'Lists of stolen passwords are tried against every login page, by machines, until some of them fit.',
    fix: 'Add AWS::WAFv2::WebACLAssociation with ResourceArn of the user pool or the App Runner service; an association made elsewhere needs a waiver that says so. CDK: there is no L2 construct; CfnWebACLAssociation.',
    references: {
      pciDss: ['6.4.1', '6.4.2', '1.4.1'],
      gdpr: ['32(1)(b)'],
      cwe: ['CWE-307', 'CWE-693'],
    },
    resourceTypes: [USER_POOL, SERVICE],
    test: hasWebAcl,
  }),
];

function blocks(acl: Cursor): Verdict | readonly Verdict[] {
  const at = acl.at('Rules');
  const rules = at.list();
  if (rules.state === 'unresolved') return unknown(at, rules.why);
  // Without rules, `WebAclHasRules` tells it.
  if (rules.state === 'absent' || rules.value.length === 0) return NOT_APPLICABLE;
  const counted = rules.value.flatMap(countedIn);
  if (counted.length > 0) return counted;
  const isBlocking = rules.value.some(mayBlock) || acl.at('DefaultAction', 'Block').isPresent;
  return isBlocking ? COMPLIANT : violation(at, 'rules that count or allow', 'one that blocks');
}

/** Groups of rules that count as a whole, and rules within groups that do. */
function countedIn(rule: Cursor): readonly Verdict[] {
  const override = rule.at('OverrideAction');
  const entries = override.entries();
  if (entries.state === 'unresolved') return [unknown(override, entries.why)];
  const managed = rule.at('Statement', 'ManagedRuleGroupStatement');
  const group = managed.isPresent ? managed : rule.at('Statement', 'RuleGroupReferenceStatement');
  const named = managed.at('Name').string();
  const name = named.state === 'given' ? named.value : undefined;
  if (override.at('Count').isPresent) {
    return [counts(override, name === undefined ? undefined : `counted:${name}`, 'None')];
  }
  const actions = group.at('RuleActionOverrides').list();
  if (actions.state === 'unresolved') return [unknown(group.at('RuleActionOverrides'), actions.why)];
  const overridden = group
    .at('RuleActionOverrides')
    .items()
    .filter((one) => one.at('ActionToUse', 'Count').isPresent);
  const excluded = group.at('ExcludedRules').items();
  return [...overridden, ...excluded].map((one) => {
    const within = one.at('Name').string();
    const isKnown = name !== undefined && within.state === 'given';
    return counts(one, isKnown ? `counted:${name}/${within.value}` : undefined, 'the action of the group');
  });
}

/** Our own construct writes down why a rule counts: its sentence stands in the finding. */
function counts(at: Cursor, loosening: string | undefined, want: string): Verdict {
  const { resource, path } = at;
  const verdict = { verdict: 'violation' as const, resource, path, got: 'Count', want };
  return loosening === undefined ? verdict : { ...verdict, loosening };
}

/** A group that is not overridden does what it does: of those of AWS, block. */
function mayBlock(rule: Cursor): boolean {
  const action = rule.at('Action');
  return (
    rule.at('OverrideAction', 'None').isPresent ||
    ['Block', 'Captcha', 'Challenge'].some((name) => action.at(name).isPresent) ||
    (action.isPresent && !action.isMap)
  );
}

/** Only what people can open: a pool without a page of its own is called by programs through the API of Cognito. */
function hasWebAcl(properties: Cursor): Verdict {
  const { resource, world } = properties;
  if (resource.type === USER_POOL && !hasPage(resource, properties)) return NOT_APPLICABLE;
  if (resource.type === SERVICE) {
    const at = properties.at('NetworkConfiguration', 'IngressConfiguration', 'IsPubliclyAccessible');
    const isPublic = at.boolean();
    if (isPublic.state === 'unresolved') return unknown(at, isPublic.why);
    if (isPublic.state === 'given' && !isPublic.value) return NOT_APPLICABLE;
  }
  const { found, hidden } = pointingAt(world.view(resource), ASSOCIATION, 'ResourceArn');
  if (found.length > 0) return COMPLIANT;
  if (hidden !== undefined) return unknown(hidden, 'what the association is of is hidden');
  return violation(properties, 'no WebACLAssociation', 'one');
}

function hasPage(pool: Resource, { world }: Cursor): boolean {
  return world.app
    .referring(pool, DOMAIN, 'UserPoolId')
    .some((domain) => world.exists(domain) && world.view(domain).at('UserPoolId').reference() === pool);
}
