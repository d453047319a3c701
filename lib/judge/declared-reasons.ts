import type { Fact } from './hops';
import { declaredBy } from './hops/loosening';
import type { Rule, Violation } from './rules/rule';
import type { Resource } from './template';

/**
 * The sentences by which authors explain what they loosened: each stands in the finding that is about it.
 *
 * It explains, and excuses nothing. What no finding is about stays open, for a rule of its own.
 */
export class DeclaredReasons {
  readonly #told = new Map<Resource, Set<string>>();

  /** The detail of a violation, with the reasons that its author gives for this very fault. */
  detailOf({ resource, detail, loosening }: Violation, fact: Fact, rule: Rule): string | undefined {
    const about =
      fact.fact === 'loosening' ? [fact.what] : loosening === undefined ? rule.loosenings : [loosening];
    const declared =
      about === undefined ? [] : declaredBy(resource).filter(({ what }) => about.includes(what));
    if (declared.length === 0) return detail;
    const told = this.#told.get(resource) ?? new Set();
    this.#told.set(resource, told);
    const reasons = declared.map(({ what, reason }) => {
      told.add(what);
      return reason === undefined
        ? `no sentence about ${JSON.stringify(what)}`
        : `${what}: ${JSON.stringify(reason)}`;
    });
    return [...(detail === undefined ? [] : [detail]), `its author says ${reasons.join(', ')}`].join('; ');
  }

  /** Facts without the loosenings that a finding is about already: one fault, one finding. */
  open(facts: readonly Fact[]): readonly Fact[] {
    return facts.filter(
      (fact) => fact.fact !== 'loosening' || this.#told.get(fact.resource)?.has(fact.what) !== true,
    );
  }
}
