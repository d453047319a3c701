import { TransmissionError } from '../../core/errors';
import { byCodeUnit } from '../../core/order';
import { schemaProblems } from '../../core/schema';
import { jsonText } from '../escape';
import { isGraver } from '../graver';
import { counted } from '../phrase';
import type { TargetReport } from '../report';
import { type FindingView, resourceName } from '../view';
import { KNOWN_FINDINGS_VERSION, KNOWN_OWNER, type KnownEntry, MOST_KNOWN_FINDINGS } from './entry';
import { canBeKnown, matched, shownName } from './match';
import type { KnownFindings } from './parse';

/** Who accepts, and when. */
export interface Accepting {
  readonly owner: string;
  readonly now: Date;
}

/**
 * Known findings as they are now: those that stay keep owner and day, those that are gone are dropped, and what is new is
 * accepted by `owner` today; so is what got graver.
 *
 * @throws TransmissionError where something could not be judged, since nobody knows what that would accept
 */
export function updateKnown(
  targets: readonly TargetReport[],
  known: KnownFindings,
  { owner, now }: Accepting,
): KnownFindings {
  const failed = whatFailed(targets);
  if (failed !== undefined) {
    const message = `is not written, since ${failed}, only what was judged can be accepted, repair that first`;
    throw new TransmissionError('RuleFailed', message, known.file);
  }
  const [problem] = schemaProblems(KNOWN_OWNER, owner);
  if (problem !== undefined)
    throw new TransmissionError('InvalidArgument', problem.replace(/^it /, ''), '--owner');
  const kept = matched(targets, known);
  const today = now.toISOString().slice(0, 'yyyy-mm-dd'.length);
  const shared = fingerprintsOfSeveral(targets);
  const entries = targets.flatMap(({ target, findings }) =>
    findings.filter(canBeKnown).map((finding) => {
      const old = kept.get(finding);
      const isKept = old !== undefined && !isGraver(finding, old);
      const where = shared.has(finding.fingerprint) ? { target: shownName(target) } : {};
      return isKept
        ? { ...entryOf(finding, old), ...where }
        : { ...entryOf(finding, { owner, since: today }), ...where };
    }),
  );
  if (entries.length > MOST_KNOWN_FINDINGS) {
    const message = `would hold ${counted(entries.length, 'finding')}, at most ${MOST_KNOWN_FINDINGS} are allowed, repair some`;
    throw new TransmissionError('InvalidConfiguration', message, known.file);
  }
  return { ...known, entries: entries.sort(byNames) };
}

/** Whether something could not be judged, in words; `undefined` where everything was. */
function whatFailed(targets: readonly TargetReport[]): string | undefined {
  const failed = targets.flatMap(({ findings }) =>
    findings.filter(({ verdict, level }) => verdict === 'failed' || level === 'fatal'),
  ).length;
  return failed === 0 ? undefined : `${counted(failed, 'check')} could not run`;
}

/** The file as text: the same findings give the same bytes. */
export function knownText({ schema, entries }: KnownFindings): string {
  return jsonText({
    ...(schema === undefined ? {} : { $schema: schema }),
    version: KNOWN_FINDINGS_VERSION,
    findings: entries,
  });
}

function entryOf(
  finding: FindingView,
  { owner, since, note }: { owner: string; since: string; note?: string },
): KnownEntry {
  const { fingerprint, rule, property, level, verdict } = finding;
  return {
    fingerprint,
    rule,
    resource: shownName(resourceName(finding)),
    property: shownName(property),
    level: level as KnownEntry['level'],
    verdict: verdict as KnownEntry['verdict'],
    owner,
    since,
    ...(note === undefined ? {} : { note }),
  };
}

/** Several apps may have a finding of the same name. */
function fingerprintsOfSeveral(targets: readonly TargetReport[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const several = new Set<string>();
  for (const { findings } of targets) {
    for (const { fingerprint } of findings.filter(canBeKnown)) {
      if (seen.has(fingerprint)) several.add(fingerprint);
      seen.add(fingerprint);
    }
  }
  return several;
}

function byNames(a: KnownEntry, b: KnownEntry): number {
  return (
    byCodeUnit(a.resource, b.resource) ||
    byCodeUnit(a.rule, b.rule) ||
    byCodeUnit(a.property, b.property) ||
    byCodeUnit(a.target ?? '', b.target ?? '') ||
    byCodeUnit(a.fingerprint, b.fingerprint)
  );
}
