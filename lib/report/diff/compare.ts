import { VERSION } from '../../core/version';
import type { Judgement } from '../../judge/judgement';
import type { Level } from '../../judge/packs/pack';
import type { App, Resource } from '../../judge/template';
import { identityOf } from '../fingerprint';
import { coverKnown, type KnownFindings } from '../known';
import {
  countsAt,
  countsOf,
  type ExitCode,
  exemptionsOf,
  isAtLeast,
  isOpen,
  type TargetReport,
  targetReport,
  type ViewedFinding,
  viewedFindings,
} from '../report';
import type { DiffFinding, DiffReport, ExemptionChange, TransmissionChange } from './diff-report';
import {
  classificationChanges,
  inOrder,
  knownChanges,
  outOfSight,
  type SideSettings,
  settingChanges,
  waiverChanges,
} from './exemptions';
import { withoutNewAcknowledgement } from './exemptions/acknowledged';
import { compareFindings } from './findings';
import { successorsOf } from './renames';
import { weakenedTransmission } from './transmission';

/** One state of an app. */
export interface Side extends SideSettings {
  /** As reports name it: relative to the folder that the comparison runs in. */
  readonly target: string;
  readonly app: App;
  /** What packs say of it, with the exemptions that count for it. */
  readonly judgements: readonly Judgement[];
  /** What packs say of its own exemptions, where others count for it. @default - judgements */
  readonly own?: readonly Judgement[];
  readonly known?: KnownFindings;
}

/** How two states are compared. */
export interface DiffOptions {
  readonly failOn: Level;
  readonly exemptionsFrom: 'head' | 'base';
  readonly now: Date;
  /** The folder that paths are relative to. */
  readonly folder: string;
  /** Looks for repairs of what is found in HEAD. @default false */
  readonly repairs?: boolean;
}

/** Compares two states of an app: what is new in HEAD, and what excuses it. */
export function compareSides(base: Side, head: Side, options: DiffOptions): DiffReport {
  const { failOn, exemptionsFrom, now, folder, repairs = false } = options;
  const successors = successorsOf(base.app, head.app);
  const isFromBase = exemptionsFrom === 'base';
  const before = viewedFindings(base.judgements, folder);
  const ownViews = viewedFindings(head.judgements, folder, { repairs });
  const views = isFromBase ? ownViews.map((each) => withoutNewAcknowledgement(each, base.app)) : ownViews;
  const after = withKnown(head, views, isFromBase ? base.known : head.known, now);
  const findings = compareFindings(before, after.viewed, successors);
  const baseReport = targetReport(
    base.target,
    base.judgements,
    before.map(({ view }) => view),
  );
  const changes = [
    ...waiverChanges(baseReport.exemptions, exemptionsOf(head.own ?? head.judgements)),
    ...knownChanges(base.known, head.known),
    ...classificationChanges(base.app, head.app, successors),
    ...outOfSight(base.app, head.app),
    ...settingChanges(base, head),
  ];
  // What counts for nothing excuses nothing; what resources say of themselves counts whatever is asked for.
  const exemptions = inOrder(
    changes.map((each) => (isFromBase && !OF_RESOURCES.has(each.kind) ? { ...each, fails: false } : each)),
  );
  const accepted = acceptedBefore(findings, after.viewed, exemptions);
  const weakened = weakenedTransmission(factsOf(base), factsOf(head), {
    successors,
    tlsPolicies: (isFromBase ? base : head).tlsPolicies,
    isAccepted: (resource) => accepted.has(identityOf(resource)),
    folder,
  });
  const states = (state: DiffFinding['state']) => findings.filter((finding) => finding.state === state);
  return {
    tool: { name: 'secure-transmission', version: VERSION },
    failOn,
    exitCode: exitCodeOf(findings, weakened, exemptions, failOn),
    base: base.target,
    head: head.target,
    exemptionsFrom,
    counts: {
      new: countsOf(states('new')),
      fixed: states('fixed').length,
      unchanged: states('unchanged').length,
      weakened: weakened.length,
      exemptions: exemptions.filter(({ fails }) => fails).length,
    },
    exemptions,
    weakened,
    findings,
    notJudged: newlyNotJudged(baseReport, after.report),
    packs: after.report.packs,
  };
}

/** What resources say of themselves, which no file of BASE can take the place of. */
const OF_RESOURCES: ReadonlySet<ExemptionChange['kind']> = new Set(['classification', 'not judged']);

function withKnown(
  { target, judgements }: Side,
  views: readonly ViewedFinding[],
  known: KnownFindings | undefined,
  now: Date,
): { readonly report: TargetReport; readonly viewed: readonly ViewedFinding[] } {
  const report = targetReport(
    target,
    judgements,
    views.map(({ view }) => view),
  );
  if (known === undefined) return { report, viewed: views };
  const [covered = report] = coverKnown([report], known, now).targets;
  const viewed = views.map(({ finding, view }, i) => ({ finding, view: covered.findings[i] ?? view }));
  return { report: covered, viewed };
}

function factsOf({ judgements: [first] }: Side): Judgement['facts'] {
  return first?.facts ?? [];
}

/** Resources on which something is accepted by what was there before. */
function acceptedBefore(
  findings: readonly DiffFinding[],
  viewed: readonly ViewedFinding[],
  exemptions: readonly ExemptionChange[],
): ReadonlySet<string> {
  // Where an exemption is new, nothing is taken for accepted.
  if (exemptions.some(({ fails }) => fails)) return new Set();
  const resources = new Map<string, Resource>(
    viewed.map(({ finding, view }) => [view.fingerprint, finding.resource]),
  );
  return new Set(
    findings.flatMap((finding) => {
      const resource =
        finding.state === 'fixed' || isOpen(finding) ? undefined : resources.get(finding.fingerprint);
      return resource === undefined ? [] : [identityOf(resource)];
    }),
  );
}

/** 3 where HEAD could not be judged, 1 where something new counts or somebody has to look first, else 0. */
function exitCodeOf(
  findings: readonly DiffFinding[],
  weakened: readonly TransmissionChange[],
  exemptions: readonly ExemptionChange[],
  failOn: Level,
): ExitCode {
  if (findings.some(({ verdict, state }) => verdict === 'failed' && state !== 'fixed')) return 3;
  const counts =
    findings.some((finding) => finding.state === 'new' && countsAt(finding, failOn)) ||
    weakened.some((change) => isAtLeast(change, failOn)) ||
    exemptions.some(({ fails }) => fails);
  return counts ? 1 : 0;
}

function newlyNotJudged(base: TargetReport, head: TargetReport): TargetReport['notJudged'] {
  const known = new Set(base.notJudged.map((each) => JSON.stringify(each)));
  const before = new Map(base.resources.notJudged.map(({ type, count }) => [type, count]));
  const types = head.resources.notJudged.flatMap(({ type, count, why }) => {
    const more = count - (before.get(type) ?? 0);
    return more > 0 ? [{ template: head.target, why: `${more} more of ${type} (${why})` }] : [];
  });
  return [...head.notJudged.filter((each) => !known.has(JSON.stringify(each))), ...types];
}
