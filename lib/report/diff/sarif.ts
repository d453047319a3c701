import { type BaselineState, renderSarif } from '../sarif';
import { asCheckReport } from './as-check-report';
import type { DiffReport, FindingState } from './diff-report';

const STATES: Readonly<Record<FindingState, BaselineState>> = {
  new: 'new',
  unchanged: 'unchanged',
  fixed: 'absent',
};

/** A comparison in SARIF 2.1.0, with the state of each result. */
export function renderDiffSarif(report: DiffReport): string {
  const { findings } = report;
  const baselineStates = new Map(findings.map(({ fingerprint, state }) => [fingerprint, STATES[state]]));
  return renderSarif(asCheckReport(report, findings), { baselineStates });
}
