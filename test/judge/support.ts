import { lookUpTlsPolicy } from '../../lib/core/tls';
import type { Connector, Fact, Hop, HopKind, PlaintextDenial } from '../../lib/judge/hops';
import { collectFacts } from '../../lib/judge/hops';
import type { FactOf, Rule, RuleContext, Verdict } from '../../lib/judge/rules/rule';
import { App, type JsonMap, type ParameterValues } from '../../lib/judge/template';

/** The sections of a template besides its resources. */
export interface TemplateParts {
  readonly Parameters?: JsonMap;
  readonly Conditions?: JsonMap;
  readonly Mappings?: JsonMap;
  readonly Outputs?: JsonMap;
  readonly Transform?: string | readonly string[];
}

/** An app of one stack with these resources. */
export function appOf(
  resources: JsonMap,
  parts: TemplateParts & { readonly region?: string; readonly parameterValues?: ParameterValues } = {},
): App {
  const { region = 'eu-west-1', parameterValues, ...sections } = parts;
  const json = { ...sections, Resources: resources } as JsonMap;
  return new App([{ name: 'Stack', stackName: 'Stack', region, json }], parameterValues);
}

/** The facts that one connector finds in an app of one stack. */
export function factsOf(
  connector: Connector,
  resources: JsonMap,
  parts: TemplateParts & { readonly region?: string } = {},
): readonly Fact[] {
  return collectFacts(appOf(resources, parts), [connector], connector.makes).all;
}

/** The hops of one kind among facts. */
export function hopsOf(facts: readonly Fact[], kind: HopKind): readonly Hop[] {
  return facts.filter((fact): fact is Hop => fact.fact === 'hop' && fact.kind === kind);
}

/** The denials of plaintext among facts. */
export function denialsOf(facts: readonly Fact[]): readonly PlaintextDenial[] {
  return facts.filter((fact): fact is PlaintextDenial => fact.fact === 'plaintext-denial');
}

/** The context of rules, with the catalogue alone. */
export const CATALOGUE_ONLY: RuleContext = {
  lookUpTlsPolicy: (service, name) => lookUpTlsPolicy(service, name),
  statementDigests: () => [],
};

/** What a rule says about the facts that it applies to, *not applicable* left out. */
export function verdictsOf<K extends Fact['fact']>(
  rule: Rule<K>,
  facts: readonly Fact[],
): readonly Verdict[] {
  return facts
    .filter((fact): fact is FactOf<K> => fact.fact === rule.reads)
    .filter(
      (fact) => rule.hops === undefined || !('kind' in fact) || rule.hops.includes(fact.kind as HopKind),
    )
    .map((fact) => rule.judge(fact, CATALOGUE_ONLY))
    .filter((verdict) => verdict.verdict !== 'notApplicable');
}

/** The words of `verdictsOf`: `compliant`, `violation at Properties.X: got`, `unknown at Properties.X`. */
export function wordsOf<K extends Fact['fact']>(rule: Rule<K>, facts: readonly Fact[]): readonly string[] {
  return verdictsOf(rule, facts).map((verdict) => {
    if (verdict.verdict === 'violation') return `violation at ${verdict.path}: ${verdict.got}`;
    if (verdict.verdict === 'unknown') return `unknown at ${verdict.path}`;
    return verdict.verdict;
  });
}

/** The rule of that id in a table. */
export function ruleNamed(rules: readonly Rule[], id: string): Rule {
  const found = rules.find((rule) => rule.id === id);
  if (found === undefined) throw new RangeError(`the table has no rule ${id}`);
  return found;
}
