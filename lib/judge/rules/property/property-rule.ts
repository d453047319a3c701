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

/**
 * What a rule says about each resource of its types, in the worlds that matter to it alone. Where it has nothing to say
 * of a resource, in whatever world, there is no fact.
 */
export function propertyFacts(
  app: App,
  rule: PropertyRule,
  context: Pick<RuleContext, 'now'>,
): readonly Fact[] {
  const facts: Fact[] = [];
  for (const type of rule.resourceTypes) {
    for (const resource of app.resourcesOfType(type)) addFacts(facts, app, rule, resource, context);
  }
  return facts;
}

function addFacts(
  facts: Fact[],
  app: App,
  rule: PropertyRule,
  resource: Resource,
  context: Pick<RuleContext, 'now'>,
): void {
  try {
    const { outcomes, complete } = explore(app, (world) =>
      world.exists(resource) ? rule.test(world.view(resource), context) : [],
    );
    for (const { when, value } of outcomes) {
      for (const verdict of Array.isArray(value) ? (value as readonly Verdict[]) : [value as Verdict]) {
        if (verdict.verdict === 'notApplicable' && outcomes.length === 1) continue;
        facts.push({ fact: 'property', kind: rule.id, resource, when, verdict });
      }
    }
    if (complete) return;
    const { path } = new World(app).view(resource);
    const verdict: Verdict = { verdict: 'unknown', resource, path, why: TOO_MANY };
    facts.push({ fact: 'property', kind: rule.id, resource, when: undefined, verdict });
  } catch (error) {
    const why = `rule ${rule.id} failed: ${error instanceof Error ? error.message : String(error)}`;
    facts.push({
      fact: 'not-judged',
      resource,
      severity: 'fatal',
      why,
      path: 'Properties',
      when: undefined,
    });
  }
}
