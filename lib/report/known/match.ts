import { TransmissionError } from '../../core/errors';
import { daysLeft, NOTICE_DAYS } from '../../core/waivers';
import { isExemptionRule } from '../../judge/waivers';
import { visible } from '../escape';
import { withoutHash, withoutIndexes } from '../fingerprint';
import { isGraver } from '../graver';
import type { TargetReport } from '../report';
import { type FindingView, resourceName } from '../view';
import { KNOWN_DAYS, type KnownEntry, keyOf } from './entry';
import type { KnownState } from './known-report';
import type { KnownFindings } from './parse';

const DAY = 86_400_000;

/** The last day on which an entry covers its finding. */
export function lastDay({ since }: Pick<KnownEntry, 'since'>): string {
  const last = new Date(Date.parse(`${since}T00:00:00Z`) + KNOWN_DAYS * DAY);
  return last.toISOString().slice(0, 'yyyy-mm-dd'.length);
}

/**
 * Whether a finding can be known at all. What could not be judged cannot, since nobody knows what that would accept; nor
 * what is said about exceptions, which would then have no end; nor what something else accepts already.
 */
export function canBeKnown({ verdict, level, rule, suppressed }: FindingView): boolean {
  return verdict !== 'failed' && level !== 'fatal' && !isExemptionRule(rule) && suppressed === undefined;
}

/** A name of a template as the file holds it: on one line, in which nothing is hidden. */
export function shownName(name: string): string {
  return visible(visible(name), 2000);
}

/** For each finding that can be known its entry, and each entry for one finding at most. */
export function matched(
  targets: readonly TargetReport[],
  { file, entries }: KnownFindings,
): ReadonlyMap<FindingView, KnownEntry> {
  const open = new Map(entries.map((entry, index) => [keyOf(entry), { entry, index }]));
  const found = new Map<FindingView, KnownEntry>();
  for (const { target, findings } of targets) {
    for (const finding of findings) {
      if (!canBeKnown(finding)) continue;
      const { fingerprint } = finding;
      const keys = [keyOf({ fingerprint, target: shownName(target) }), keyOf({ fingerprint })];
      const key = keys.find((each) => open.has(each));
      const held = key === undefined ? undefined : open.get(key);
      if (key === undefined || held === undefined) continue;
      refuseOtherNames(held.entry, finding, `${file}: findings[${held.index}]`);
      open.delete(key);
      found.set(finding, held.entry);
    }
  }
  return found;
}

/** Who reviews the file reads the names: they must not say another thing than the fingerprint does. */
function refuseOtherNames(entry: KnownEntry, finding: FindingView, where: string): void {
  const { rule } = finding;
  const property = shownName(finding.property);
  const resource = shownName(resourceName(finding));
  const isSame =
    entry.rule === rule &&
    withoutHash(entry.resource) === withoutHash(resource) &&
    withoutIndexes(entry.property) === withoutIndexes(property);
  if (isSame) return;
  const names = `names ${entry.rule} on ${entry.resource} at ${entry.property}`;
  const message = `${names}, but its fingerprint is that of ${rule} on ${resource} at ${property}, correct or remove it`;
  throw new TransmissionError('InvalidConfiguration', message, where);
}

/** What has to be known of an entry whose finding is there; `undefined` where nothing has. */
export function stateOf(finding: FindingView, entry: KnownEntry, now: Date): KnownState | undefined {
  if (isGraver(finding, entry)) return 'graver';
  const left = daysLeft(lastDay(entry), now);
  if (left < 0) return 'ended';
  return left <= NOTICE_DAYS ? 'ending' : undefined;
}
