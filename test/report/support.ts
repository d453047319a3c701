import type { Finding, Judgement } from '../../lib/judge/judgement';
import type { Level } from '../../lib/judge/packs/pack';
import { defineRule } from '../../lib/judge/rules/define';
import { COMPLIANT, type Rule } from '../../lib/judge/rules/rule';
import { App, type JsonMap, type Resource, type TemplateSource } from '../../lib/judge/template';
import type { Exemption } from '../../lib/judge/waivers';

/** The folder that the tests pretend to run in. */
export const FOLDER = '/work/shop';

/** A rule that nobody asks anything. */
export function ruleNamed(id: string): Rule {
  const rule = defineRule({
    id,
    title: 'a listener speaks TLS',
    risk: 'whoever is on the path reads what customers send',
    fix: "set 'Protocol' to HTTPS",
    references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], securityHub: ['ELB.1'], cwe: ['CWE-319'] },
    resourceTypes: ['AWS::ElasticLoadBalancingV2::Listener'],
    reads: 'hop',
    judge: () => COMPLIANT,
  });
  return rule as unknown as Rule;
}

/** Resources of one stack. */
export function resourcesOf(
  resources: JsonMap,
  source: Partial<TemplateSource> = {},
): (logicalId: string) => Resource {
  const app = new App([{ name: 'Shop', json: { Resources: resources }, ...source }]);
  return (logicalId) => {
    const resource = app.templates[0]?.resources.get(logicalId);
    if (resource === undefined) throw new Error(`no resource ${logicalId}`);
    return resource;
  };
}

/** A listener in a template that knows nothing of itself. */
export const LISTENER = { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { Protocol: 'HTTP' } };

/** A violation, on a plain listener unless told otherwise. */
export function findingOf(parts: Partial<Finding> & { readonly ruleId?: string } = {}): Finding {
  const { ruleId = 'ListenerIsEncrypted', ...rest } = parts;
  return {
    pack: 'TransmissionChecks',
    rule: ruleNamed(ruleId),
    level: 'error',
    verdict: 'violation',
    resource: rest.resource ?? resourcesOf({ Listener: LISTENER })('Listener'),
    path: 'Properties.Protocol',
    got: 'HTTP',
    want: 'HTTPS',
    detail: undefined,
    when: undefined,
    ...rest,
  };
}

/** What a pack says, with these findings and nothing else unless told otherwise. */
export function judgementOf(
  findings: readonly Finding[],
  parts: Partial<Judgement> & { readonly level?: Level } = {},
): Judgement {
  const { level = 'error', ...rest } = parts;
  const rules = [...new Map(findings.map(({ rule }) => [rule.id, rule])).values()];
  return {
    pack: 'TransmissionChecks',
    findings,
    facts: [],
    rules: rules.map((rule) => ({ rule, level, compliant: 2, violations: 1, unknown: 0 })),
    notRun: [],
    exemptions: [],
    resources: { total: 5, judged: 3, irrelevant: 1, notJudged: [] },
    notJudged: [],
    ...rest,
  };
}

/** A waiver that holds. */
export const WAIVER: Exemption = {
  id: '0123456789abcdef',
  kind: 'waiver',
  carrier: 'template',
  rule: 'ListenerIsEncrypted',
  scope: { construct: 'Shop/Listener' },
  reason: 'behind a VPN until it is gone',
  owner: 'team-web',
  ticket: 'SHOP-12',
  expires: '2027-01-31',
  holds: true,
  findings: 1,
};
