import type { Fact } from './hops';
import { foundWith } from './hops';
import type { FactOf, Rule, RuleContext, Unknown, Verdict, Violation } from './rules/rule';
import type { Resource } from './template';
import { isExemption } from './waivers/place';

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
  const faults = new Faults();
  for (const fact of facts) {
    const verdict = judgeSafely(rule, fact, context);
    if (verdict.verdict === 'compliant') compliant.push(fact.resource);
    else if (verdict.verdict !== 'notApplicable') faults.add({ fact, verdict });
  }
  return { compliant, faults: faults.all };
}

/** Objections of one rule, gathered to faults. */
class Faults {
  readonly all: [Objection, ...Objection[]][] = [];
  /** Few resources have more than one: those alone are told apart by a key. */
  readonly #first = new Map<Resource | string, [Objection, ...Objection[]]>();
  readonly #further = new Map<string, [Objection, ...Objection[]]>();

  add(objection: Objection): void {
    const resource = placeOf(objection).resource;
    const at = isExemption(resource) ? faultOf(objection) : resource;
    const first = this.#first.get(at);
    if (first === undefined) this.#first.set(at, this.#made(objection));
    else if (isSameFault(first[0], objection)) first.push(objection);
    else {
      const key = faultOf(objection);
      const known = this.#further.get(key);
      if (known === undefined) this.#further.set(key, this.#made(objection));
      else known.push(objection);
    }
  }

  #made(objection: Objection): [Objection, ...Objection[]] {
    const fault: [Objection] = [objection];
    this.all.push(fault);
    return fault;
  }
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

function placeOf({ fact, verdict }: Objection): { readonly resource: Resource; readonly path: string } {
  return verdict.verdict === 'failed' ? { resource: fact.resource, path: '' } : verdict;
}

/** What one rule says of one resource is the same fault where it says the same of the same place, in whichever worlds. */
function isSameFault(one: Objection, other: Objection): boolean {
  return (
    one.verdict.verdict === other.verdict.verdict &&
    placeOf(one).path === placeOf(other).path &&
    gotOf(one) === gotOf(other)
  );
}

/** The same for what is the same fault. Each judgement makes places of exemptions anew, so that names tell those. */
function faultOf(objection: Objection): string {
  const { resource, path } = placeOf(objection);
  const { verdict } = objection.verdict;
  return `${resource.template.name}\n${resource.logicalId}\n${path}\n${gotOf(objection)}\n${verdict}`;
}

function gotOf({ verdict }: Objection): string {
  return verdict.verdict === 'violation' ? verdict.got : '';
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
