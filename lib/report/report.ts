import { byCodeUnit } from '../core/order';
import { VERSION } from '../core/version';
import type { Judgement, RuleRun } from '../judge/judgement';
import { LEVELS, type Level, type PackSettings } from '../judge/packs/pack';
import type { Rule } from '../judge/rules/rule';
import type { Exemption } from '../judge/waivers';
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

/** How many findings there are: those that count by level, and those that somebody acknowledged. */
export type Counts = Readonly<Record<Level | 'suppressed', number>>;

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
  /** Waivers and acknowledgements, whether they hold or not. */
  readonly exemptions: readonly Exemption[];
}

/** What a check ends with; see `exitCodeOf`. */
export type ExitCode = 0 | 1 | 3;

/** Everything that a check found. */
export interface CheckReport {
  readonly tool: { readonly name: string; readonly version: string };
  /** The lightest level that fails the check. */
  readonly failOn: Level;
  readonly exitCode: ExitCode;
  readonly counts: Counts;
  readonly targets: readonly TargetReport[];
}

/** Turns what the packs said about one app into plain data; paths become relative to `folder`. */
export function reportOn(target: string, judgements: readonly Judgement[], folder: string): TargetReport {
  const findings = judgements
    .flatMap((judgement) => judgement.findings.map((finding) => viewOf(finding, folder)))
    .sort(compareFindings);
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

const NONE: Judgement['resources'] = { total: 0, judged: 0, irrelevant: 0, notJudged: [] };

/** Once, where several packs tell of the same; an exemption of several packs covers what it does in all of them. */
function exemptionsOf(judgements: readonly Judgement[]): readonly Exemption[] {
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
export function checkReport(targets: readonly TargetReport[], failOn: Level): CheckReport {
  const findings = targets.flatMap((target) => target.findings);
  return {
    tool: { name: 'secure-transmission', version: VERSION },
    failOn,
    exitCode: exitCodeOf(findings, failOn),
    counts: countsOf(findings),
    targets,
  };
}

/** Whether a finding counts at a level: it is as grave, and nobody acknowledged it. */
export function countsAt(finding: FindingView, failOn: Level): boolean {
  return finding.suppressed === undefined && LEVELS.indexOf(finding.level) <= LEVELS.indexOf(failOn);
}

/** 3 where something could not be judged, 1 where a finding counts, else 0. */
function exitCodeOf(findings: readonly FindingView[], failOn: Level): ExitCode {
  if (findings.some(({ verdict }) => verdict === 'failed')) return 3;
  return findings.some((finding) => countsAt(finding, failOn)) ? 1 : 0;
}

function countsOf(findings: readonly FindingView[]): Counts {
  const counts = { fatal: 0, error: 0, warning: 0, info: 0, suppressed: 0 };
  for (const { level, suppressed } of findings) counts[suppressed === undefined ? level : 'suppressed'] += 1;
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
