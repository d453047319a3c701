import { renderGithub } from '../github';
import { reportWithoutSecrets } from '../redact';
import { asCheckReport } from './as-check-report';
import type { DiffReport } from './diff-report';

/** A comparison as annotations: only what is new or weaker, and exemptions that somebody has to look at first. */
export function renderDiffGithub(given: DiffReport): string {
  const report = reportWithoutSecrets(given);
  return renderGithub(
    asCheckReport(
      report,
      report.findings.filter(({ state }) => state === 'new'),
    ),
  );
}
