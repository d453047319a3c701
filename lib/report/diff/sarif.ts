import { jsonText } from '../escape';
import { reportWithoutSecrets } from '../redact';
import { renderSarif } from '../sarif';
import { asCheckReport } from './as-check-report';
import type { DiffReport } from './diff-report';

/** What a result of SARIF is in comparison with the run before (2.1.0, 3.27.24). */
const STATES = { new: 'new', unchanged: 'unchanged', fixed: 'absent' } as const;

/** A comparison in SARIF 2.1.0, with the state of each result. */
export function renderDiffSarif(given: DiffReport): string {
  const report = reportWithoutSecrets(given);
  const { findings } = report;
  const states = new Map(findings.map(({ fingerprint, state }) => [fingerprint, STATES[state]]));
  const log = JSON.parse(renderSarif(asCheckReport(report, findings))) as SarifLog;
  return jsonText({
    ...log,
    runs: log.runs.map((run) => ({
      ...run,
      results: run.results.map((result) => {
        const name = result.partialFingerprints['findingIdentity/v2'] ?? '';
        return { ...result, baselineState: states.get(name) ?? 'new' };
      }),
    })),
  });
}

/** As much of SARIF as is changed here. */
interface SarifLog {
  readonly runs: readonly {
    readonly results: readonly { readonly partialFingerprints: Readonly<Record<string, string>> }[];
  }[];
}
