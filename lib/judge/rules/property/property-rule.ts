import type { Fact } from '../../hops';
import { type App, type Cursor, exploreEach, type Resource, Several, type World } from '../../template';
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

/** What a rule says where a resource does not exist. */
const NOTHING: readonly Verdict[] = [];

const TOO_MANY = 'its conditions have more than 64 combinations';

/** What a rule says about the resources of its types. */
export interface PropertyFacts {
  /** What it says, but for what is in `always`. */
  readonly facts: readonly Fact[];
  /** The resources of which it is true whatever the conditions: most, so that none of them costs a fact. */
  readonly always: readonly Resource[];
}

/**
 * What a rule says about each resource of its types, in the worlds that matter to it alone. Where it has nothing to say
 * of a resource, in whatever world, there is no fact.
 */
export function propertyFacts(
  app: App,
  rule: PropertyRule,
  context: Pick<RuleContext, 'now'>,
): PropertyFacts {
  const facts: Fact[] = [];
  const always: Resource[] = [];
  const test = (world: World, resource: Resource): Verdict | readonly Verdict[] =>
    world.exists(resource) ? rule.test(world.view(resource), context) : NOTHING;
  for (const type of rule.resourceTypes) {
    for (const resource of app.resourcesOfType(type)) {
      try {
        const said = exploreEach(app, resource, test);
        if (said instanceof Several) addFacts(facts, rule, resource, said);
        else if ('verdict' in said) addVerdict(facts, always, rule, resource, said);
        else for (const verdict of said) addVerdict(facts, always, rule, resource, verdict);
      } catch (error) {
        const why = `rule ${rule.id} failed: ${error instanceof Error ? error.message : String(error)}`;
        const place = { resource, path: 'Properties', when: undefined };
        facts.push({ fact: 'not-judged', severity: 'fatal', why, ...place });
      }
    }
  }
  return { facts, always };
}

function addVerdict(
  facts: Fact[],
  always: Resource[],
  { id: kind }: PropertyRule,
  resource: Resource,
  verdict: Verdict,
): void {
  if (verdict.verdict === 'notApplicable') return;
  if (verdict.verdict === 'compliant') always.push(resource);
  else facts.push({ fact: 'property', kind, resource, when: undefined, verdict });
}

/** What it says where that hangs on conditions. */
function addFacts(
  facts: Fact[],
  { id: kind }: PropertyRule,
  resource: Resource,
  { outcomes, complete }: Several<Verdict | readonly Verdict[]>,
): void {
  for (const { when, value } of outcomes) {
    for (const verdict of 'verdict' in value ? [value] : value) {
      if (verdict.verdict === 'notApplicable' && outcomes.length === 1) continue;
      facts.push({ fact: 'property', kind, resource, when, verdict });
    }
  }
  if (complete) return;
  const verdict: Verdict = { verdict: 'unknown', resource, path: 'Properties', why: TOO_MANY };
  facts.push({ fact: 'property', kind, resource, when: undefined, verdict });
}
