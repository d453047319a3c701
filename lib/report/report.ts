import { byCodeUnit } from '../core/order';
import { VERSION } from '../core/version';
import type { Finding, Judgement, RuleRun } from '../judge/judgement';
import { LEVELS, type Level, type PackSettings } from '../judge/packs/pack';
import type { Rule } from '../judge/rules/rule';
import type { Exemption } from '../judge/waivers';
import { furtherFingerprint } from './fingerprint';
import type { KnownReport } from './known/known-report';
import type { Lines } from './lines';
import type { Repair } from './repair';
import { Repairs } from './repairs';
import { type FindingView, resourceName, viewOf } from './view';

/** What one rule did, as plain data. */
export interface RuleView
  extends Pick<Rule, 'id' | 'title' | 'risk' | 'fix' | 'references' | 'resourceTypes' | 'since'>,
    Omit<RuleRun, 'rule'> {}

/** What one pack did. */
export interface PackView extends PackSettings {
  readonly name: string;
  readonly rules: readonly RuleView[];
  /** Rules that somebody switched off for a time. */
  readonly notRun: Judgement['notRun'];
}

/** How many findings there are: those that count by level, those that somebody acknowledged, and known old ones. */
export type Counts = Readonly<Record<Level | 'suppressed' | 'known', number>>;

/** Everything that was found in one app. */
export interface TargetReport {
  /** What was checked, relative to the folder that the check ran in. */
  readonly target: string;
  readonly findings: readonly FindingView[];
  readonly counts: Counts;
  readonly packs: readonly PackView[];
  readonly resources: Judgement['resources'];
  /** Parts of templates that could not be judged. */
  readonly notJudged: Judgement['notJudged'];
  /** Which lines are told, where CDK made the templates. */
  readonly lines?: Lines;
  /** Waivers and acknowledgements, whether they hold or not. */
  readonly exemptions: readonly Exemption[];
}

/** What a check ends with; see `exitCodeOf`. */
export type ExitCode = 0 | 1 | 3;

/** Everything that a check found. */
export interface CheckReport {
  readonly tool: { readonly name: string; readonly version: string };
  /** The file of settings that was read, relative to the folder that the check ran in. */
  readonly configuration?: string;
  /** The lightest level that fails the check. */
  readonly failOn: Level;
  readonly exitCode: ExitCode;
  readonly counts: Counts;
  readonly targets: readonly TargetReport[];
  /** What the file of known findings did, where one is given. */
  readonly known?: KnownReport;
}

/** Turns what the packs said about one app into plain data; paths become relative to `folder`. */
export function reportOn(
  target: string,
  judgements: readonly Judgement[],
  folder: string,
  options: ViewOptions = {},
): TargetReport {
  return targetReport(
    target,
    judgements,
    viewedFindings(judgements, folder, options).map(({ view }) => view),
  );
}

/** A report on findings that are plain data already. */
export function targetReport(
  target: string,
  judgements: readonly Judgement[],
  findings: readonly FindingView[],
): TargetReport {
  const [first] = judgements;
  const resources = judgements.map((judgement) => judgement.resources);
  return {
    target,
    findings,
    counts: countsOf(findings),
    packs: judgements.map(packView),
    // All packs look at the same app; what one of them judges is judged.
    resources: resources.reduce(
      (most, each) => (each.judged > most.judged ? each : most),
      resources[0] ?? NONE,
    ),
    notJudged: first?.notJudged ?? [],
    exemptions: exemptionsOf(judgements),
  };
}

/** A finding, and what every format prints of it. */
export interface ViewedFinding {
  readonly finding: Finding;
  readonly view: FindingView;
}

/** What is worked out beside the findings themselves. */
export interface ViewOptions {
  /** Looks for repairs, which reads the files that they would change. @default false */
  readonly repairs?: boolean;
}

/** All findings as plain data, in the order of the report. */
export function viewedFindings(
  judgements: readonly Judgement[],
  folder: string,
  { repairs = false }: ViewOptions = {},
): readonly ViewedFinding[] {
  const found = repairs ? new Repairs(folder) : undefined;
  const all = judgements
    .flatMap(({ findings }) =>
      findings.map((finding) => ({ finding, view: repairable(viewOf(finding, folder), found?.of(finding)) })),
    )
    .sort((a, b) => compareFindings(a.view, b.view));
  // Two faults that nothing tells apart stay two: the second has a fingerprint of its own.
  const seen = new Map<string, number>();
  return all.map(({ finding, view }) => {
    const { fingerprint: own } = view;
    const ordinal = (seen.get(own) ?? 0) + 1;
    seen.set(own, ordinal);
    return {
      finding,
      view: ordinal === 1 ? view : { ...view, fingerprint: furtherFingerprint(own, ordinal) },
    };
  });
}

function repairable(view: FindingView, repair: Repair | undefined): FindingView {
  return repair === undefined ? view : { ...view, repair };
}

const NONE: Judgement['resources'] = { total: 0, judged: 0, irrelevant: 0, notJudged: [] };

/** Waivers and acknowledgements, once where several packs tell of the same; an exemption of several packs covers what it does in all of them. */
export function exemptionsOf(judgements: readonly Judgement[]): readonly Exemption[] {
  const byPlace = new Map<string, Exemption>();
  for (const exemption of judgements.flatMap((judgement) => judgement.exemptions)) {
    const key = JSON.stringify([exemption.id, exemption.carrier, exemption.reason, exemption.expires]);
    const known = byPlace.get(key);
    const findings = (known?.findings ?? 0) + (exemption.findings ?? 0);
    byPlace.set(key, exemption.kind === 'waiver' ? { ...exemption, findings } : exemption);
  }
  return [...byPlace.values()].sort((a, b) => byCodeUnit(a.rule, b.rule) || byCodeUnit(a.id, b.id));
}

/** Puts the reports on several apps together. */
export function checkReport(
  targets: readonly TargetReport[],
  failOn: Level,
  known?: KnownReport,
): CheckReport {
  const findings = targets.flatMap((target) => target.findings);
  return {
    tool: { name: 'secure-transmission', version: VERSION },
    failOn,
    exitCode: exitCodeOf(findings, failOn),
    counts: countsOf(findings),
    targets,
    ...(known === undefined ? {} : { known }),
  };
}

/** Whether nobody accepted a finding, as an exception or as an old one. */
export function isOpen({ suppressed, known }: FindingView): boolean {
  return suppressed === undefined && known === undefined;
}

/** Whether something is as grave as a level, or graver. */
export function isAtLeast({ level }: { readonly level: Level }, least: Level): boolean {
  return LEVELS.indexOf(level) <= LEVELS.indexOf(least);
}

/** Whether a finding counts at a level: it is as grave, and nobody accepted it. */
export function countsAt(finding: FindingView, failOn: Level): boolean {
  return isOpen(finding) && isAtLeast(finding, failOn);
}

/** 3 where something could not be judged, 1 where a finding counts, else 0. */
function exitCodeOf(findings: readonly FindingView[], failOn: Level): ExitCode {
  if (findings.some(({ verdict }) => verdict === 'failed')) return 3;
  return findings.some((finding) => countsAt(finding, failOn)) ? 1 : 0;
}

/** Counts findings; each is in one of the numbers. */
export function countsOf(findings: readonly FindingView[]): Counts {
  const counts = { fatal: 0, error: 0, warning: 0, info: 0, suppressed: 0, known: 0 };
  for (const { level, suppressed, known } of findings) {
    counts[suppressed !== undefined ? 'suppressed' : known !== undefined ? 'known' : level] += 1;
  }
  return counts;
}

function packView({ pack, rules, notRun, profile, rulesAsOf }: Judgement): PackView {
  return {
    name: pack,
    ...(profile === undefined ? {} : { profile }),
    ...(rulesAsOf === undefined ? {} : { rulesAsOf }),
    rules: rules.map(({ rule, level, compliant, violations, unknown }) => ({
      id: rule.id,
      level,
      title: rule.title,
      risk: rule.risk,
      fix: rule.fix,
      references: rule.references,
      resourceTypes: rule.resourceTypes,
      since: rule.since,
      compliant,
      violations,
      unknown,
    })),
    notRun,
  };
}

/** By stack and resource, the gravest first: the order in which somebody repairs them. */
function compareFindings(a: FindingView, b: FindingView): number {
  return (
    byCodeUnit(a.stack, b.stack) ||
    byCodeUnit(resourceName(a), resourceName(b)) ||
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    byCodeUnit(a.rule, b.rule) ||
    byCodeUnit(a.property, b.property) ||
    byCodeUnit(a.message, b.message)
  );
}
