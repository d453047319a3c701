import type { Fact } from '../../hops';
import { type App, type Cursor, explore, type Resource, World } from '../../template';
import type { FactOf, Rule, RuleContext, Verdict } from '../rule';

/**
 * What a rule says about the properties of one resource in one world.
 *
 * It is asked once for each consistent assignment of the conditions that it looks at, and must read everything through
 * the cursor that it is given. Several verdicts are several places: each container, each statement.
 */
export type PropertyTest = (
  properties: Cursor,
  context: Pick<RuleContext, 'now'>,
) => Verdict | readonly Verdict[];

/** A rule over the properties of a resource of its types, and of nothing else. */
export interface PropertyRule extends Rule<'property'> {
  readonly test: PropertyTest;
}

/** A row of a table of such rules. */
export type PropertyRuleRow = Omit<PropertyRule, 'reads' | 'judge' | 'since'> & {
  /** @default '0.1.0', the first version */
  readonly since?: string;
};

/** Turns a row into a rule. */
export function propertyRule(row: PropertyRuleRow): PropertyRule {
  return { since: '0.1.0', ...row, reads: 'property', judge: ({ verdict }: FactOf<'property'>) => verdict };
}

/** Whether a rule is over properties alone. */
export function isPropertyRule(rule: Rule<Fact['fact']>): rule is PropertyRule {
  return rule.reads === 'property' && 'test' in rule;
}

const TOO_MANY = 'its conditions have more than 64 combinations';

/** What property rules say about an app: each rule looks at each resource in the worlds that matter to it alone. */
export function propertyFacts(
  app: App,
  rules: readonly PropertyRule[],
  context: Pick<RuleContext, 'now'>,
): readonly Fact[] {
  // Packs share rules, and what a rule says depends on the templates and the time alone.
  const key = `property at ${context.now?.getTime()}`;
  return rules.flatMap((rule) =>
    app.memo(rule, key, () =>
      rule.resourceTypes.flatMap((type) =>
        app.resourcesOfType(type).flatMap((resource) => factsOf(app, rule, resource, context)),
      ),
    ),
  );
}

function factsOf(
  app: App,
  rule: PropertyRule,
  resource: Resource,
  context: Pick<RuleContext, 'now'>,
): readonly Fact[] {
  try {
    const { outcomes, complete } = explore(app, (world): Fact[] => {
      if (!world.exists(resource)) return [];
      const verdicts = rule.test(world.view(resource), context);
      // Places are told while the world stands.
      return (Array.isArray(verdicts) ? verdicts : [verdicts as Verdict]).map((verdict) => ({
        fact: 'property',
        kind: rule.id,
        resource,
        when: world.when,
        verdict,
      }));
    });
    const facts = outcomes.flatMap(({ value }) => value);
    if (complete) return facts;
    const { path } = new World(app).view(resource);
    return [...facts, factOf(rule, resource, { verdict: 'unknown', resource, path, why: TOO_MANY })];
  } catch (error) {
    const why = `rule ${rule.id} failed: ${error instanceof Error ? error.message : String(error)}`;
    return [{ fact: 'not-judged', resource, severity: 'fatal', why, path: 'Properties', when: undefined }];
  }
}

function factOf(rule: PropertyRule, resource: Resource, verdict: Verdict): Fact {
  return { fact: 'property', kind: rule.id, resource, when: undefined, verdict };
}
