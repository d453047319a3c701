import { groupedBy } from '../core/grouped-by';
import { lookUpTlsPolicy, type TlsPolicy } from '../core/tls';
import { Asked } from './asked';
import { countResources } from './count-resources';
import { byPlace, Findings } from './findings';
import { collectFacts, type Fact, type Facts } from './hops';
import { CONNECTORS } from './hops/connectors';
import type { Judgement, RuleRun } from './judgement';
import type { Pack, PackRule } from './packs/pack';
import { isPropertyRule } from './rules/property';
import { RESOURCE_CAN_BE_JUDGED_ROW } from './rules/resource-can-be-judged';
import type { RuleContext } from './rules/rule';
import { currentDigests, publishedDocuments } from './statement';
import type { App, GivenAcknowledgement, Resource, Template } from './template';
import { type Verdicts, verdictsOn, whensByGroup } from './verdicts';
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
  /** Whether waivers that the templates carry count for nothing: then those of `waivers` do alone. */
  readonly onlyGivenWaivers?: boolean;
  /** Acknowledgements that no metadata beside the templates tells, such as those on the app itself. */
  readonly acknowledgements?: readonly GivenAcknowledgement[];
}

/** Judges an app by a pack. Pure: the same app and pack give the same judgement. */
export function judge(app: App, pack: Pack, options: JudgeOptions = {}): Judgement {
  const inScope = scopeOf(app, options);
  const rows = withNotJudged(pack.rules);
  const wanted = [...new Set(rows.map(({ rule }) => rule.reads))];
  const found = allFacts(app, wanted);
  const catalogue: Pick<RuleContext, 'lookUpTlsPolicy'> = {
    lookUpTlsPolicy: (service, name) => lookUpTlsPolicy(service, name, options.tlsPolicies),
  };
  const context: RuleContext = {
    ...catalogue,
    ...(options.now === undefined ? {} : { now: options.now }),
    statementDigests: (resource) => currentDigests(app, all, catalogue, resource),
  };
  const asked = new Asked(app, options, context);
  const rules = rows.map(({ rule }) => rule).filter(isPropertyRule);
  const ofProperties = new Map(rules.map((rule) => [rule.id, asked.aboutProperties(rule)]));
  const failures = [...ofProperties.values()].flatMap((said) => said.failures);
  const all = failures.length === 0 ? found.all : [...found.all, ...failures];
  const groups = whensByGroup(all);
  for (const said of ofProperties.values())
    for (const [group, whens] of said.groups) groups.set(group, whens);
  const findings = new Findings(pack, groups, inScope);
  const byKind = new FactsByKind(all);
  const verdictsOf = ({ rule }: PackRule): Verdicts => {
    const facts = () => byKind.of(rule);
    if (!isOfThePack(rule)) return ofProperties.get(rule.id) ?? asked.about(rule, facts);
    return verdictsOn(rule, findings.reasons.open(facts()), context);
  };
  const run = (row: PackRule) => runRule(row, verdictsOf(row), findings, inScope);
  // What no other rule tells of is known when all of them have run.
  const last = rows.filter(({ rule }) => rule.reads === 'loosening');
  const runs = new Map([...rows.filter((row) => !last.includes(row)), ...last].map((row) => [row, run(row)]));
  // What waivers cover is known when everything else is.
  const given = options.waivers ?? [];
  const entries = options.onlyGivenWaivers === true ? given : allWaivers(app, given);
  const applied = applyWaivers(findings.sorted(), entries, { app, pack, now: options.now });
  const acknowledged = acknowledgementsOf(app, options.acknowledgements ?? [], pack);
  const exemptions = [...applied.facts, ...acknowledged.map(({ fact }) => fact)];
  const aboutThem = new Findings(pack, whensByGroup(exemptions), inScope);
  const aboutRows = rows.some(isAboutExemptions) || exemptions.length === 0 ? [] : EXEMPTION_PACK_ROWS;
  for (const row of [...rows.filter(isAboutExemptions), ...aboutRows]) {
    const read = exemptions.filter(({ fact }) => fact === row.rule.reads);
    runs.set(row, runRule(row, verdictsOn(row.rule, read, context), aboutThem, inScope));
  }
  const told = aboutThem.sorted();
  return {
    pack: pack.name,
    ...(pack.profile === undefined ? {} : { profile: pack.profile }),
    ...(pack.rulesAsOf === undefined ? {} : { rulesAsOf: pack.rulesAsOf }),
    findings: told.length === 0 ? applied.findings : [...applied.findings, ...told].sort(byPlace),
    facts: inScope === undefined ? found.all : found.all.filter((fact) => inScope(fact.resource)),
    rules: [...rows, ...aboutRows].flatMap((row) => runs.get(row) ?? []),
    notRun: pack.notRun ?? [],
    exemptions: [...applied.exemptions, ...acknowledged.map(({ exemption }) => exemption)],
    resources: countResources(
      app,
      new Set([...found.types, ...rules.flatMap(({ resourceTypes }) => resourceTypes)]),
      inScope,
    ),
    notJudged: app.templates
      .filter((template) => !isReference(template))
      .flatMap((template) => template.notJudged.map((why) => ({ template: template.name, why }))),
  };
}

/** Which resources are judged; `undefined` where all are, so that nobody has to ask of each. */
function scopeOf(app: App, { inScope }: JudgeOptions): ((resource: Resource) => boolean) | undefined {
  if (!app.templates.some(isReference)) return inScope;
  return (resource) => !isReference(resource.template) && (inScope === undefined || inScope(resource));
}

/** What connectors find, and what templates publish about themselves, which is of no service. */
function allFacts(app: App, wanted: readonly Fact['fact'][]): Facts {
  const { all, types } = collectFacts(app, CONNECTORS, wanted);
  if (!wanted.includes('published-documents')) return { all, types };
  const published = app.memo(publishedDocuments, 'facts', () => publishedDocuments(app));
  return published.length === 0 ? { all, types } : { all: [...all, ...published], types };
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

/** Rules whose answer depends on the pack: on what else it has found, or on all that it has seen. */
function isOfThePack({ reads }: PackRule['rule']): boolean {
  return reads === 'loosening' || reads === 'not-judged' || reads === 'published-documents';
}

function runRule(
  row: PackRule,
  { compliant, faults }: Verdicts,
  findings: Findings,
  inScope: ((resource: Resource) => boolean) | undefined,
): RuleRun {
  const counts = { violations: 0, unknown: 0 };
  for (const fault of faults) {
    findings.add(row, fault);
    for (const { fact, verdict } of fault) {
      if (inScope?.(fact.resource) === false) continue;
      if (verdict.verdict === 'violation') counts.violations += 1;
      else counts.unknown += 1;
    }
  }
  const within = inScope === undefined ? compliant : compliant.filter(inScope);
  return { rule: row.rule, level: row.level, compliant: within.length, ...counts };
}

/** Facts by what they are, and hops and denials by their kind: each rule is shown only those it reads. */
class FactsByKind {
  readonly #byFact: ReadonlyMap<Fact['fact'], readonly Fact[]>;
  readonly #byKind = new Map<Fact['fact'], ReadonlyMap<string, readonly Fact[]>>();

  constructor(facts: readonly Fact[]) {
    this.#byFact = groupedBy(facts, ({ fact }) => fact);
  }

  of({ reads, hops }: PackRule['rule']): readonly Fact[] {
    const read = this.#byFact.get(reads) ?? [];
    if (hops === undefined) return read;
    const kinds = this.#byKind.get(reads) ?? groupedBy(read, (fact) => ('kind' in fact ? fact.kind : ''));
    this.#byKind.set(reads, kinds);
    return hops.flatMap((kind) => kinds.get(kind) ?? []);
  }
}
