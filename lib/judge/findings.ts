import { groupedBy } from '../core/grouped-by';
import { byCodeUnit } from '../core/order';
import { DeclaredReasons } from './declared-reasons';
import { foundWith } from './hops';
import type { Finding } from './judgement';
import type { Pack, PackRule } from './packs/pack';
import type { Resource } from './template';
import type { Fault, Objection, Whens } from './verdicts';
import { isExemption } from './waivers/place';

/** Findings of one pack, one for each fault. */
export class Findings {
  readonly #findings: Finding[] = [];
  readonly reasons = new DeclaredReasons();

  /**
   * @param groups in which worlds facts were found, by what was found together
   * @param inScope which resources are told of; all where there is none
   */
  constructor(
    readonly pack: Pack,
    readonly groups: ReadonlyMap<string, Whens>,
    readonly inScope: ((resource: Resource) => boolean) | undefined,
  ) {}

  add(row: PackRule, fault: Fault): void {
    // Also of what is not told: that its author gives a reason is known then.
    const details = fault.map(({ verdict, fact }) =>
      verdict.verdict === 'violation' ? this.reasons.detailOf(verdict, fact, row.rule) : verdict.why,
    );
    const { inScope } = this;
    const told = inScope === undefined ? 0 : fault.findIndex((objection) => isTold(objection, inScope));
    const objection = fault[told];
    if (objection === undefined) return;
    this.#findings.push(this.#finding(row, objection, details[told], this.#whenOf(fault)));
  }

  /** As `byPlace` has them; places are compared once for each, since most have several findings. */
  sorted(): readonly Finding[] {
    if (this.#findings.some(({ resource }) => isExemption(resource))) return this.#findings.sort(byPlace);
    const at = groupedBy(this.#findings, ({ resource }) => resource);
    return [...at.values()].sort(byFirst).flatMap((findings) => findings.sort(byPlace));
  }

  /** The worlds in which a fault is found; `undefined` where those are all in which there is something to find. */
  #whenOf(fault: Fault): string | undefined {
    if (this.groups.size === 0) return undefined;
    const { inScope } = this;
    const told = inScope === undefined ? fault : fault.filter((objection) => isTold(objection, inScope));
    const [first] = told;
    const all = first === undefined ? undefined : this.groups.get(foundWith(first.fact));
    const whens = new Map<Resource, Set<string | undefined>>();
    for (const { fact } of told) {
      const { resource, when } = fact;
      whens.set(resource, (whens.get(resource) ?? new Set()).add(when));
    }
    const always = [...whens].some(([resource, these]) =>
      [...(all?.get(resource) ?? [])].every((when) => these.has(when)),
    );
    return always ? undefined : anyOf([...whens.values()].flatMap((set) => [...set]));
  }

  #finding(
    { rule, level, unknown }: PackRule,
    { fact, verdict }: Objection,
    detail: string | undefined,
    when: string | undefined,
  ): Finding {
    const isViolation = verdict.verdict === 'violation';
    return {
      pack: this.pack.name,
      rule,
      when,
      resource: verdict.verdict === 'failed' ? fact.resource : verdict.resource,
      path: verdict.verdict === 'failed' ? 'Properties' : verdict.path,
      level: isViolation ? level : verdict.verdict === 'unknown' ? unknown : 'fatal',
      verdict: verdict.verdict,
      got: isViolation ? verdict.got : undefined,
      want: isViolation ? verdict.want : undefined,
      detail,
      ...(isViolation && verdict.counterexample !== undefined
        ? { counterexample: verdict.counterexample }
        : undefined),
    };
  }
}

/** What decides may stand on another resource than what it is a fact about: one of them in scope is enough. */
function isTold({ fact, verdict }: Objection, inScope: (resource: Resource) => boolean): boolean {
  return inScope(fact.resource) || (verdict.verdict !== 'failed' && inScope(verdict.resource));
}

const MOST_WHENS = 3;

/** Where there are more worlds than are tried, what is said of the others has none. */
const UNTRIED = 'in combinations that were not tried';

/**
 * The worlds in which something holds; the first of many, which must be mended one after the other anyway. `undefined`
 * where it is about those that were not tried alone: its reason says so.
 */
function anyOf(whens: readonly (string | undefined)[]): string | undefined {
  const texts = [...new Set(whens)].filter((when) => when !== undefined);
  if (texts.length === 0) return undefined;
  const more = texts.length > MOST_WHENS ? [`in ${texts.length - MOST_WHENS} more cases`] : [];
  const untried = whens.includes(undefined) ? [UNTRIED] : [];
  return [...texts.slice(0, MOST_WHENS), ...more, ...untried].join(', or ');
}

function byFirst([one]: readonly Finding[], [other]: readonly Finding[]): number {
  return one === undefined || other === undefined ? 0 : byPlace(one, other);
}

/** The order in which findings are told. */
export function byPlace(a: Finding, b: Finding): number {
  const isSamePlace = a.resource === b.resource;
  return (
    (isSamePlace ? 0 : byCodeUnit(a.resource.template.name, b.resource.template.name)) ||
    (isSamePlace ? 0 : byCodeUnit(a.resource.logicalId, b.resource.logicalId)) ||
    byCodeUnit(a.rule.id, b.rule.id) ||
    byCodeUnit(a.path, b.path)
  );
}
