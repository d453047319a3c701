import type { Fact } from './hops';
import { foundWith } from './hops';
import type { FactOf, Rule, RuleContext, Unknown, Verdict, Violation } from './rules/rule';
import type { Resource } from './template';

/** A rule, or the connector before it, failed itself. */
export interface Failed {
  readonly verdict: 'failed';
  readonly why: string;
}

/** What a rule has against a fact. */
export interface Objection {
  readonly fact: Fact;
  readonly verdict: Violation | Unknown | Failed;
}

/** Objections that say the same of the same place: what several worlds have in common is one fault. */
export type Fault = readonly [Objection, ...Objection[]];

/** What a rule says about facts; those that it does not apply to are left out. */
export interface Verdicts {
  /** The resources of which it is true, once for each fact: facts themselves would be kept for nothing. */
  readonly compliant: readonly Resource[];
  readonly faults: readonly Fault[];
}

/** In which worlds something is so of a resource. */
export type Whens = ReadonlyMap<Resource, ReadonlySet<string | undefined>>;

/** Asks a rule about facts. */
export function verdictsOn(rule: Rule<Fact['fact']>, facts: readonly Fact[], context: RuleContext): Verdicts {
  const compliant: Resource[] = [];
  const faults = new Map<string, [Objection, ...Objection[]]>();
  for (const fact of facts) {
    const verdict = judgeSafely(rule, fact, context);
    if (verdict.verdict === 'compliant') compliant.push(fact.resource);
    else if (verdict.verdict !== 'notApplicable') {
      const key = faultOf(fact, verdict);
      const known = faults.get(key);
      if (known === undefined) faults.set(key, [{ fact, verdict }]);
      else known.push({ fact, verdict });
    }
  }
  return { compliant, faults: [...faults.values()] };
}

function judgeSafely(rule: Rule<Fact['fact']>, fact: Fact, context: RuleContext): Verdict | Failed {
  if (fact.fact === 'not-judged' && fact.severity === 'fatal') return { verdict: 'failed', why: fact.why };
  try {
    return rule.judge(fact as FactOf<Fact['fact']>, context);
  } catch (error) {
    return {
      verdict: 'failed',
      why: `the rule failed: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** The same for what one rule says of one place, in whichever worlds. */
function faultOf(fact: Fact, verdict: Objection['verdict']): string {
  const { resource, path } = verdict.verdict === 'failed' ? { resource: fact.resource, path: '' } : verdict;
  const got = verdict.verdict === 'violation' ? verdict.got : '';
  return `${resource.template.name}\n${resource.logicalId}\n${path}\n${got}\n${verdict.verdict}`;
}

/**
 * The worlds in which facts were found, by what was found together. What is the same in every world, as most is, needs no
 * count of worlds and stands in no group.
 */
export function whensByGroup(facts: readonly Fact[]): Map<string, Whens> {
  const groups = new Map<string, Map<Resource, Set<string | undefined>>>();
  if (facts.every(({ when }) => when === undefined)) return groups;
  for (const fact of facts) {
    const { resource, when } = fact;
    const group = foundWith(fact);
    const known = groups.get(group)?.get(resource);
    if (known !== undefined) known.add(when);
    else if (when !== undefined) {
      const whens = groups.get(group) ?? new Map<Resource, Set<string | undefined>>();
      groups.set(group, whens.set(resource, new Set([when])));
    }
  }
  return groups;
}
