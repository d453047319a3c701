import type { Level } from '../judge/packs/pack';
import { acceptedAs, gravestFirst } from './accepted';
import { jsonText, visible } from './escape';
import { furtherFingerprint } from './fingerprint';
import { type CheckReport, isOpen } from './report';
import { type FindingView, placesOf, resourceName } from './view';

/** GitLab's words, between info and blocker. */
const SEVERITIES: Readonly<Record<Level, string>> = {
  fatal: 'blocker',
  error: 'critical',
  warning: 'major',
  info: 'minor',
};

/**
 * A report as GitLab's code quality report, the gravest first.
 *
 * GitLab has no word for what somebody accepted: it is *info*, and says so.
 */
export function renderGitlab(report: CheckReport): string {
  const fingerprints = new Map<string, number>();
  const entries = report.targets.flatMap(({ target, findings }) =>
    gravestFirst(findings).map((finding) => ({
      description: description(finding),
      check_name: finding.rule,
      fingerprint: uniqueIn(fingerprints, finding.fingerprint),
      severity: isOpen(finding) ? SEVERITIES[finding.level] : 'info',
      location: location(finding, target),
    })),
  );
  return jsonText(entries);
}

function description(finding: FindingView): string {
  const { message, counterexample, fix, repair } = finding;
  const accepted = acceptedAs(finding);
  const parts = [
    ...(accepted === undefined ? [] : [`${accepted.how} ${accepted.why}: ${finding.level}`]),
    `${resourceName(finding)}: ${message}.`,
    ...(counterexample === undefined ? [] : [`So: ${counterexample}.`]),
    `Fix: ${repair?.about ?? fix}`,
  ];
  return parts.map((part) => visible(part, 1000)).join(' ');
}

/** GitLab needs a file and a line. Where neither is known it is what was checked, and its beginning. */
function location(finding: FindingView, target: string) {
  const [place] = placesOf(finding);
  return { path: visible(place?.file ?? target, 1000), lines: { begin: place?.line ?? 1 } };
}

/** GitLab shows one of several findings with the same fingerprint: that of a second app gets another one. */
function uniqueIn(taken: Map<string, number>, fingerprint: string): string {
  const count = (taken.get(fingerprint) ?? 0) + 1;
  taken.set(fingerprint, count);
  return furtherFingerprint(fingerprint, count);
}
