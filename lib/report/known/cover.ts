import { countsOf, type TargetReport } from '../report';
import type { FindingView } from '../view';
import type { KnownEntry } from './entry';
import type { KnownNote, KnownReport } from './known-report';
import { lastDay, matched, stateOf } from './match';
import type { KnownFindings } from './parse';

/** Reports with known findings, and what their file did. */
export interface Covered {
  readonly targets: readonly TargetReport[];
  readonly known: KnownReport;
}

/** Lays a file of known findings over reports: what it covers is told, and does not count. */
export function coverKnown(targets: readonly TargetReport[], known: KnownFindings, now: Date): Covered {
  const entries = matched(targets, known);
  const states = new Map([...entries].map(([finding, entry]) => [entry, stateOf(finding, entry, now)]));
  const notes = known.entries.flatMap((entry): KnownNote[] => {
    const state = states.has(entry) ? states.get(entry) : 'gone';
    return state === undefined ? [] : [{ ...entry, state, expires: lastDay(entry) }];
  });
  return {
    targets: targets.map((target) => {
      const findings = target.findings.map((finding) => {
        const entry = entries.get(finding);
        return entry === undefined ? finding : covered(finding, entry, states.get(entry));
      });
      return { ...target, findings, counts: countsOf(findings) };
    }),
    known: { file: known.file, entries: known.entries.length, notes },
  };
}

function covered(
  finding: FindingView,
  entry: KnownEntry,
  state: KnownNote['state'] | undefined,
): FindingView {
  const { owner, since, level, verdict } = entry;
  const expires = lastDay(entry);
  // Every format prints the sentence: who reads it must learn why an old finding is back.
  const told = (what: string) => ({
    ...finding,
    message: `${finding.message} (accepted by ${owner} on ${since} ${what})`,
  });
  if (state === 'ended') return told(`until ${expires}, which is over`);
  if (state === 'graver')
    return told(`as ${verdict === 'unknown' ? `an unknown ${level}` : `a lighter ${level}`}`);
  return { ...finding, known: { owner, since, expires } };
}
