import { LEVELS, type Level } from '../judge/packs/pack';
import { gravestFirst } from './accepted';
import { counted } from './phrase';
import { isOpen, type TargetReport } from './report';
import type { FindingView } from './view';

/**
 * What GitHub takes of a SARIF file; above it the whole file is refused. Rules (25,000 of a run), places (1,000 of a
 * result) and tool extensions (100) cannot come near: <https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit>.
 */
const MOST_RUNS = 20;
const MOST_RESULTS = 25_000;
const MOST_COMPRESSED_BYTES = 10 * 1000 * 1000;

/** So many of the results GitHub keeps, and not always the gravest (github/docs issue 38085): they have to stand first. */
const SHOWN_RESULTS = 5000;

/** GitHub takes 20 tags of a rule. */
export const MOST_TAGS = 20;

/** What SARIF knows besides *none*. */
export const SARIF_LEVELS: Readonly<Record<Level, 'error' | 'warning' | 'note'>> = {
  fatal: 'error',
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** What goes into a file, and what must be said of what does not. */
export interface SarifPart {
  readonly targets: readonly TargetReport[];
  /** As many results of each run. */
  readonly most: number;
  readonly notes: readonly string[];
}

/** Writes as much as a service takes, the gravest first. */
export function withinLimits(targets: readonly TargetReport[], write: (part: SarifPart) => string): string {
  const part = mostGraveTargets(targets);
  for (let most = MOST_RESULTS; ; most = Math.floor(most / 2)) {
    const text = write({ ...part, most });
    if (most === 0 || isSmall(text)) return text;
  }
}

function isSmall(text: string): boolean {
  const bytes = Buffer.from(text);
  if (bytes.length <= MOST_COMPRESSED_BYTES) return true;
  // Loaded where it is needed: every check would start later for it.
  const { gzipSync } = require('node:zlib') as typeof import('node:zlib');
  return gzipSync(bytes).length <= MOST_COMPRESSED_BYTES;
}

/** In the order given, those with the gravest findings. */
function mostGraveTargets(targets: readonly TargetReport[]): Omit<SarifPart, 'most'> {
  if (targets.length <= MOST_RUNS) return { targets, notes: [] };
  const rank = ({ findings }: TargetReport) =>
    Math.min(LEVELS.length, ...new Set(findings.filter(isOpen).map(({ level }) => LEVELS.indexOf(level))));
  const kept = new Set([...targets].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_RUNS));
  const left = targets.filter((target) => !kept.has(target)).map(({ target }) => target);
  const why = `since code scanning takes ${MOST_RUNS} runs of a file: check fewer targets at a time`;
  return {
    targets: targets.filter((target) => kept.has(target)),
    notes: [
      `left out: ${counted(left.length, 'target')} with the least grave findings, ${why}: ${left.join(', ')}`,
    ],
  };
}

/** The findings that go into a run, and what must be said of the others. */
export function mostGrave(
  findings: readonly FindingView[],
  most: number,
): { readonly findings: readonly FindingView[]; readonly notes: readonly string[] } {
  if (findings.length <= Math.min(most, SHOWN_RESULTS)) return { findings, notes: [] };
  const kept = gravestFirst(findings).slice(0, most);
  const left = findings.length - kept.length;
  return {
    findings: kept,
    notes: [
      ...(left === 0
        ? []
        : [
            `left out: ${left} of ${findings.length} findings, the least grave, since code scanning takes ${MOST_RESULTS} results of a run and 10 MB of a file`,
          ]),
      ...(kept.length > SHOWN_RESULTS
        ? [`code scanning shows ${SHOWN_RESULTS} of the ${kept.length} results: the gravest stand first`]
        : []),
    ],
  };
}
