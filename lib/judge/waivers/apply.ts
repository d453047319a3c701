import { groupedBy } from '../../core/grouped-by';
import { daysLeft, missingTerms, type WaiverProblem } from '../../core/waivers';
import type { Finding } from '../judgement';
import { isClearTextRule } from '../packs/clear-text';
import type { Pack } from '../packs/pack';
import type { App } from '../template';
import { isTransitRule } from './cdk-nag';
import { isAbout, type WaiverEntry } from './entry';
import type { Exemption } from './exemption';
import type { WaiverFact, WaiverUse } from './fact';
import { type Owner, ownerOf, ruleProblems } from './owner';
import { reachProblems } from './reach';

/** What waivers do to the findings of one pack. */
export interface Applied {
  /** All of them: a finding that is covered names its waiver. */
  readonly findings: readonly Finding[];
  readonly facts: readonly WaiverFact[];
  readonly exemptions: readonly Exemption[];
}

/** What waivers are laid over. */
export interface WaiverContext {
  readonly app: App;
  readonly pack: Pack;
  readonly now: Date | undefined;
}

/** Lays waivers over what a pack found. Without a clock none holds, since nobody can say that it is not over. */
export function applyWaivers(
  found: readonly Finding[],
  entries: readonly WaiverEntry[],
  { app, pack, now }: WaiverContext,
): Applied {
  if (entries.length === 0) return { findings: found, facts: [], exemptions: [] };
  const byRule = groupedBy(found, ({ rule }) => rule.id);
  const weighed = entries.flatMap((entry) => {
    const owner = ownerOf(entry, pack);
    const whole = reachProblems(app, entry);
    return owner.is === 'another pack of ours' ? [] : [weigh(entry, owner, byRule, whole, now)];
  });
  const covering = new Map<Finding, Weighed>();
  const counts = new Map<Weighed, number>();
  for (const each of weighed) {
    if (!each.holds) continue;
    for (const finding of each.about) {
      // The first that holds is enough: a second one for the same finding is unused.
      if (covering.has(finding)) continue;
      covering.set(finding, each);
      counts.set(each, (counts.get(each) ?? 0) + 1);
    }
  }
  const exemptions = new Map(weighed.map((each) => [each, exemptionOf(each, counts.get(each) ?? 0)]));
  return {
    findings: found.map((finding) => {
      const by = covering.get(finding);
      const waiver = by === undefined ? undefined : exemptions.get(by);
      return waiver === undefined ? finding : { ...finding, waiver };
    }),
    facts: weighed.map((each) => factOf(each, counts.get(each) ?? 0)),
    exemptions: [...exemptions.values()],
  };
}

/** A waiver with what it is about, and whether it holds. */
interface Weighed {
  readonly entry: WaiverEntry;
  readonly owner: Owner;
  readonly about: readonly Finding[];
  /** Whether it is about something that could not be judged, which nothing covers. */
  readonly isAboutFatal: boolean;
  readonly incomplete: readonly WaiverProblem[];
  readonly broad: readonly WaiverProblem[];
  readonly holds: boolean;
}

function weigh(
  entry: WaiverEntry,
  owner: Owner,
  byRule: ReadonlyMap<string, readonly Finding[]>,
  whole: readonly WaiverProblem[],
  now: Date | undefined,
): Weighed {
  const { waiver } = entry;
  const named = owner.is === 'this pack' ? (byRule.get(owner.rule.id) ?? []) : [];
  const within = named.filter(({ resource }) => isAbout(entry, resource));
  const about = within.filter(({ level }) => level !== 'fatal');
  const isStrict = owner.is === 'cdk-nag' ? isTransitRule(owner.rule.id) : about.some(isAboutClearText);
  const isOpen = waiver !== undefined && now !== undefined && daysLeft(waiver.expires, now) >= 0;
  // What is over is told as that, whatever else it lacks by now.
  const terms = isOpen ? missingTerms(waiver, now, isStrict) : [];
  const incomplete = [...entry.incomplete, ...ruleProblems(entry, owner), ...terms];
  const broad = [...entry.broad, ...whole];
  const holds = isOpen && incomplete.length === 0 && broad.length === 0;
  return { entry, owner, about, isAboutFatal: within.length > about.length, incomplete, broad, holds };
}

function isAboutClearText({ rule }: Finding): boolean {
  return isClearTextRule(rule.id);
}

function factOf(weighed: Weighed, covers: number): WaiverFact {
  const { entry, incomplete, broad } = weighed;
  return {
    fact: 'waiver',
    resource: entry.place,
    incomplete,
    broad,
    expires: entry.waiver?.expires,
    about: aboutOf(entry),
    use: useOf(weighed, covers),
    region: entry.place.template.region,
    when: undefined,
  };
}

function aboutOf({ given, scope, place }: WaiverEntry): string {
  const { construct, template, resources } = scope;
  const within = template ?? (resources === undefined ? place.template.name : undefined);
  const where = construct ?? [within, resources?.join(', ')].filter((part) => part !== undefined).join('/');
  return `waiver of ${given.rule ?? 'no rule'} on ${where === '' ? 'nothing' : where}`;
}

function useOf({ entry, owner, about, isAboutFatal }: Weighed, covers: number): WaiverUse {
  if (owner.is === 'unknown pack') {
    return { is: 'unknown', why: `no pack called ${owner.rule.pack} is known here` };
  }
  if (owner.is === 'cdk-nag') {
    // CDK suppresses what cdk-nag finds by constructs, and nothing else.
    if (entry.carrier === 'template' && entry.scope.construct !== undefined) return { is: 'elsewhere' };
    const got = 'of a rule of cdk-nag, which only Waivers.of(construct) can waive';
    return { is: 'unused', got };
  }
  if (covers > 0) return { is: 'used' };
  if (about.length > 0) return { is: 'unused', got: 'about what another waiver covers' };
  if (isAboutFatal) return { is: 'unused', got: 'about what could not be judged, which nothing waives' };
  return { is: 'unused', got: 'about nothing that is found' };
}

function exemptionOf({ entry, holds }: Weighed, findings: number): Exemption {
  const { id, carrier, given, scope } = entry;
  const { rule = '', reason = '', ...rest } = given;
  return { id, kind: 'waiver', carrier, rule, scope, reason, ...rest, holds, findings };
}
