import { placedFromRoot } from '../checkout-paths';
import { reportWithoutSecrets } from '../redact';
import type { TextOptions } from '../text';
import type { DiffReport } from './diff-report';
import type { DiffFormat } from './format-names';
import { renderDiffGithub } from './github';
import { renderDiffJson } from './json';
import { renderDiffMarkdown } from './markdown';
import { renderDiffSarif } from './sarif';
import { renderDiffText } from './text';

/** What forms can be told; each takes what concerns it. */
export interface DiffRenderOptions extends TextOptions {
  /** The folder that the comparison ran in, relative to the root of the checkout. @default - that root */
  readonly below?: string;
}

/** What people and programs read where the comparison ran; services read the rest in a repository. */
const LOCAL: ReadonlySet<DiffFormat> = new Set(['text', 'json']);

const RENDERERS: Readonly<Record<DiffFormat, (report: DiffReport, options: DiffRenderOptions) => string>> = {
  text: renderDiffText,
  json: renderDiffJson,
  sarif: renderDiffSarif,
  github: renderDiffGithub,
  markdown: renderDiffMarkdown,
};

/** Writes a comparison in a form. Whatever the form, nothing that looks like a secret is in it. */
export function renderDiff(report: DiffReport, format: DiffFormat, options: DiffRenderOptions = {}): string {
  const { below = '' } = options;
  const placed = LOCAL.has(format) || below === '' ? report : fromRoot(report, below);
  return RENDERERS[format](reportWithoutSecrets(placed), options);
}

function fromRoot(report: DiffReport, below: string): DiffReport {
  return {
    ...report,
    findings: report.findings.map((finding) => placedFromRoot(finding, below)),
    weakened: report.weakened.map((change) => placedFromRoot(change, below)),
  };
}
