import type { Fact } from './hops';
import type { JudgeOptions } from './judge';
import { originalOf } from './rules/original';
import { type PropertyRule, propertyFacts } from './rules/property';
import type { Rule, RuleContext } from './rules/rule';
import type { App } from './template';
import { type Verdicts, verdictsOn, type Whens, whensByGroup } from './verdicts';

/** What a rule over properties says, and where it could not. */
export interface PropertyVerdicts extends Verdicts {
  /** Resources that it failed on. */
  readonly failures: readonly Fact[];
  /** In which worlds it was asked. */
  readonly groups: ReadonlyMap<string, Whens>;
}

/**
 * What rules say about an app. Packs share most of their rules, and one that was asked for a pack is not asked again for
 * the next: what it says depends on the templates, the time and the catalogue alone.
 */
export class Asked {
  readonly #under: string;

  constructor(
    readonly app: App,
    { now, tlsPolicies = [] }: Pick<JudgeOptions, 'now' | 'tlsPolicies'>,
    readonly context: RuleContext,
  ) {
    this.#under = `at ${now?.getTime()} with ${JSON.stringify(tlsPolicies)}`;
  }

  /** @param facts those of the app that the rule reads, the same for every pack */
  about(rule: Rule<Fact['fact']>, facts: () => readonly Fact[]): Verdicts {
    return this.app.memo(originalOf(rule), this.#under, () => verdictsOn(rule, facts(), this.context));
  }

  aboutProperties(rule: PropertyRule): PropertyVerdicts {
    return this.app.memo(originalOf(rule), this.#under, () => {
      const { facts, always } = propertyFacts(this.app, rule, this.context);
      const asked = facts.filter(({ fact }) => fact === 'property');
      const { compliant, faults } = verdictsOn(rule, asked, this.context);
      return {
        compliant: compliant.length === 0 ? always : [...always, ...compliant],
        faults,
        failures: asked.length === facts.length ? [] : facts.filter(({ fact }) => fact !== 'property'),
        groups: whensByGroup(asked),
      };
    });
  }
}
