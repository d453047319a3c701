import { renderGithub } from '../github';
import { asCheckReport } from './as-check-report';
import type { DiffReport } from './diff-report';

/** A comparison as annotations: only what is new or weaker, and exemptions that somebody has to look at first. */
export function renderDiffGithub(report: DiffReport): string {
  return renderGithub(
    asCheckReport(
      report,
      report.findings.filter(({ state }) => state === 'new'),
    ),
  );
}
