import { byCodeUnit } from '../core/order';
import { lookUpTlsPolicy, type TlsPolicy } from '../core/tls';
import { countResources } from './count-resources';
import { DeclaredReasons } from './declared-reasons';
import { collectFacts, type Fact, type Facts, foundWith } from './hops';
import { CONNECTORS } from './hops/connectors';
import type { Finding, Judgement, RuleRun } from './judgement';
import type { Level, Pack, PackRule } from './packs/pack';
import { isPropertyRule, propertyFacts } from './rules/property';
import { RESOURCE_CAN_BE_JUDGED_ROW } from './rules/resource-can-be-judged';
import type { FactOf, RuleContext, Verdict } from './rules/rule';
import { currentDigests, publishedDocuments } from './statement';
import type { App, GivenAcknowledgement, Resource, Template } from './template';
import {
  acknowledgementsOf,
  allWaivers,
  applyWaivers,
  EXEMPTION_PACK_ROWS,
  type WaiverEntry,
} from './waivers';

/** What a judge may be told beside the app. */
export interface JudgeOptions {
  /** TLS policies that the configuration adds to the catalogue. */
  readonly tlsPolicies?: readonly TlsPolicy[];
  /** When it is judged: what expires is measured by it. A judge has no clock of its own. */
  readonly now?: Date;
  /**
   * Limits findings to resources for which this answers true: findings about them, and findings that stand on them and
   * are about others, as that a database takes plaintext may stand on its parameter group. Relations are followed
   * everywhere.
   */
  readonly inScope?: (resource: Resource) => boolean;
  /** Waivers from a file, beside those that the templates carry. */
  readonly waivers?: readonly WaiverEntry[];
  /** Acknowledgements that no metadata beside the templates tells, such as those on the app itself. */
  readonly acknowledgements?: readonly GivenAcknowledgement[];
}

/** Judges an app by a pack. Pure: the same app and pack give the same judgement. */
export function judge(app: App, pack: Pack, options: JudgeOptions = {}): Judgement {
  const { tlsPolicies = [], inScope: isChosen = () => true } = options;
  const inScope = (resource: Resource) => !isReference(resource.template) && isChosen(resource);
  const rows = withNotJudged(pack.rules);
  const wanted = [...new Set(rows.map(({ rule }) => rule.reads))].sort();
  const found = app.memo(app, `facts ${wanted.join()}`, () => allFacts(app, wanted));
  const ofProperties = rows.map(({ rule }) => rule).filter(isPropertyRule);
  const facts: Facts = {
    all: [...found.all, ...propertyFacts(app, ofProperties, options)],
    types: new Set([...found.types, ...ofProperties.flatMap(({ resourceTypes }) => resourceTypes)]),
  };
  const catalogue: Pick<RuleContext, 'lookUpTlsPolicy'> = {
    lookUpTlsPolicy: (service, name) => lookUpTlsPolicy(service, name, tlsPolicies),
  };
  const context: RuleContext = {
    ...catalogue,
    ...(options.now === undefined ? {} : { now: options.now }),
    statementDigests: (resource) => currentDigests(app, facts.all, catalogue, resource),
  };
  const findings = new Findings(pack, facts.all, inScope);
  const byKind = factsByKind(facts.all);
  const run = (row: PackRule) =>
    runRule(row, findings.reasons.open(factsFor(row, byKind)), context, findings, inScope);
  // What no other rule tells of is known when all of them have run.
  const last = rows.filter(({ rule }) => rule.reads === 'loosening');
  const runs = new Map([...rows.filter((row) => !last.includes(row)), ...last].map((row) => [row, run(row)]));
  // What waivers cover is known when everything else is.
  const entries = allWaivers(app, options.waivers ?? []);
  const applied = applyWaivers(findings.sorted(), entries, { app, pack, now: options.now });
  const acknowledged = acknowledgementsOf(app, options.acknowledgements ?? [], pack);
  const exemptions = [...applied.facts, ...acknowledged.map(({ fact }) => fact)];
  const aboutThem = new Findings(pack, exemptions, inScope);
  const aboutRows = rows.some(isAboutExemptions) || exemptions.length === 0 ? [] : EXEMPTION_PACK_ROWS;
  for (const row of [...rows.filter(isAboutExemptions), ...aboutRows]) {
    const read = exemptions.filter(({ fact }) => fact === row.rule.reads);
    runs.set(row, runRule(row, read, context, aboutThem, inScope));
  }
  return {
    pack: pack.name,
    ...(pack.profile === undefined ? {} : { profile: pack.profile }),
    ...(pack.rulesAsOf === undefined ? {} : { rulesAsOf: pack.rulesAsOf }),
    findings: [...applied.findings, ...aboutThem.sorted()].sort(byPlace),
    facts: found.all.filter((fact) => inScope(fact.resource)),
    rules: [...rows, ...aboutRows].flatMap((row) => runs.get(row) ?? []),
    notRun: pack.notRun ?? [],
    exemptions: [...applied.exemptions, ...acknowledged.map(({ exemption }) => exemption)],
    resources: countResources(app, facts, inScope),
    notJudged: app.templates
      .filter((template) => !isReference(template))
      .flatMap((template) => template.notJudged.map((why) => ({ template: template.name, why }))),
  };
}

/** What connectors find, and what templates publish about themselves, which is of no service. */
function allFacts(app: App, wanted: readonly Fact['fact'][]): Facts {
  const { all, types } = collectFacts(app, CONNECTORS, wanted);
  const published = wanted.includes('published-documents') ? publishedDocuments(app) : [];
  return { all: [...all, ...published], types };
}

/** What another app deploys is judged there; here relations lead into it. */
function isReference({ source }: Template): boolean {
  return source.isReference === true;
}

/** Rules on waivers and acknowledgements; whatever a pack asks for, they run where there are any. */
function isAboutExemptions({ rule }: PackRule): boolean {
  return rule.reads === 'waiver' || rule.reads === 'acknowledgement';
}

/** Whatever a pack asks for, what could not be judged is said. */
function withNotJudged(rows: readonly PackRule[]): readonly PackRule[] {
  return rows.some(({ rule }) => rule.reads === 'not-judged') ? rows : [...rows, RESOURCE_CAN_BE_JUDGED_ROW];
}

function runRule(
  row: PackRule,
  facts: readonly Fact[],
  context: RuleContext,
  findings: Findings,
  inScope: (resource: Resource) => boolean,
): RuleRun {
  const counts = { compliant: 0, violations: 0, unknown: 0 };
  for (const fact of facts) {
    const verdict = judgeSafely(row, fact, context);
    if (verdict.verdict === 'notApplicable') continue;
    findings.add(row, fact, verdict);
    if (!inScope(fact.resource)) continue;
    if (verdict.verdict === 'compliant') counts.compliant += 1;
    else if (verdict.verdict === 'violation') counts.violations += 1;
    else counts.unknown += 1;
  }
  return { rule: row.rule, level: row.level, ...counts };
}

/** What a rule says, or that it could not say anything. */
type SafeVerdict = Verdict | { readonly verdict: 'failed'; readonly why: string };

function judgeSafely(row: PackRule, fact: Fact, context: RuleContext): SafeVerdict {
  if (fact.fact === 'not-judged' && fact.severity === 'fatal') return { verdict: 'failed', why: fact.why };
  try {
    return row.rule.judge(fact as FactOf<Fact['fact']>, context);
  } catch (error) {
    return {
      verdict: 'failed',
      why: `the rule failed: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

type FactsByKind = ReadonlyMap<string, readonly Fact[]>;

/** Facts by what they are, and hops and denials by their kind: each rule is shown only those it reads. */
function factsByKind(facts: readonly Fact[]): FactsByKind {
  const index = new Map<string, Fact[]>();
  for (const fact of facts) {
    for (const key of 'kind' in fact ? [fact.fact, `${fact.fact} ${fact.kind}`] : [fact.fact]) {
      const known = index.get(key);
      if (known === undefined) index.set(key, [fact]);
      else known.push(fact);
    }
  }
  return index;
}

function factsFor({ rule }: PackRule, index: FactsByKind): readonly Fact[] {
  if (isPropertyRule(rule)) return index.get(`property ${rule.id}`) ?? [];
  if (rule.hops === undefined) return index.get(rule.reads) ?? [];
  return rule.hops.flatMap((kind) => index.get(`${rule.reads} ${kind}`) ?? []);
}

/** In which worlds something is so of a resource. */
type Whens = Map<Resource, Set<string | undefined>>;

/** Findings of one pack, one for each fault: what several worlds have in common is said once. */
class Findings {
  readonly #found = new Map<string, { finding: Finding; group: string; whens: Whens }>();
  readonly #whensOf = new Map<string, Whens>();
  readonly reasons = new DeclaredReasons();

  constructor(
    readonly pack: Pack,
    facts: readonly Fact[],
    readonly inScope: (resource: Resource) => boolean,
  ) {
    for (const fact of facts) {
      const { resource, when } = fact;
      const group = foundWith(fact);
      const whensOf = this.#whensOf.get(group) ?? new Map();
      this.#whensOf.set(group, whensOf);
      // Most resources are the same in every world, and need no count of worlds.
      const whens = whensOf.get(resource);
      if (whens !== undefined) whens.add(when);
      else if (when !== undefined) whensOf.set(resource, new Set([when]));
    }
  }

  add(row: PackRule, fact: Fact, verdict: SafeVerdict): void {
    if (verdict.verdict === 'compliant' || verdict.verdict === 'notApplicable') return;
    const finding = this.#finding(row, fact, verdict);
    if (!this.inScope(fact.resource) && !this.inScope(finding.resource)) return;
    const { template, logicalId } = finding.resource;
    const key = [row.rule.id, template.name, logicalId, finding.path, finding.got, finding.verdict].join(
      '\n',
    );
    const { whens } = this.#found.get(key) ?? { whens: new Map<Resource, Set<string | undefined>>() };
    if (whens.size === 0) this.#found.set(key, { finding, group: foundWith(fact), whens });
    // What decides may stand on another resource than what it is a fact about.
    whens.set(fact.resource, (whens.get(fact.resource) ?? new Set()).add(fact.when));
  }

  sorted(): Finding[] {
    const findings = [...this.#found.values()].map(({ finding, group, whens }) => {
      const always = [...whens].some(([resource, these]) => {
        const all = this.#whensOf.get(group)?.get(resource);
        return all === undefined || [...all].every((when) => these.has(when));
      });
      return { ...finding, when: always ? undefined : anyOf([...whens.values()].flatMap((set) => [...set])) };
    });
    return findings.sort(byPlace);
  }

  #finding(
    row: PackRule,
    fact: Fact,
    verdict: Exclude<SafeVerdict, { verdict: 'compliant' | 'notApplicable' }>,
  ): Finding {
    const { rule } = row;
    const common = { pack: this.pack.name, rule, when: fact.when };
    if (verdict.verdict === 'failed') {
      const { why: detail } = verdict;
      const place = { resource: fact.resource, path: 'Properties' };
      return {
        ...common,
        ...place,
        level: 'fatal',
        verdict: 'failed',
        got: undefined,
        want: undefined,
        detail,
      };
    }
    const { resource, path } = verdict;
    if (verdict.verdict === 'unknown') {
      const { why: detail } = verdict;
      const level: Level = row.unknown;
      return {
        ...common,
        resource,
        path,
        level,
        verdict: 'unknown',
        got: undefined,
        want: undefined,
        detail,
      };
    }
    const { got, want } = verdict;
    const detail = this.reasons.detailOf(verdict, fact, rule);
    return { ...common, resource, path, level: row.level, verdict: 'violation', got, want, detail };
  }
}

const MOST_WHENS = 3;

/** The worlds in which something holds; the first of many, which must be mended one after the other anyway. */
function anyOf(whens: readonly (string | undefined)[]): string {
  const texts = [...new Set(whens)].filter((when) => when !== undefined);
  const more = texts.length > MOST_WHENS ? [`in ${texts.length - MOST_WHENS} more cases`] : [];
  return [...texts.slice(0, MOST_WHENS), ...more].join(', or ');
}

function byPlace(a: Finding, b: Finding): number {
  return (
    byCodeUnit(a.resource.template.name, b.resource.template.name) ||
    byCodeUnit(a.resource.logicalId, b.resource.logicalId) ||
    byCodeUnit(a.rule.id, b.rule.id) ||
    byCodeUnit(a.path, b.path)
  );
}
