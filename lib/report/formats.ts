import { reportFromRoot } from './checkout-paths';
import type { Format } from './format-names';
import { renderGithub } from './github';
import { renderGitlab } from './gitlab';
import { renderJson } from './json';
import { renderJunit } from './junit';
import { renderMarkdown } from './markdown';
import { reportWithoutSecrets } from './redact';
import type { CheckReport } from './report';
import { renderSarif } from './sarif';
import type { LinesOf } from './suggestion';
import { renderSummary } from './summary';
import { renderText, type TextOptions } from './text';

/** What formats can be told; each takes what concerns it. */
export interface RenderOptions extends TextOptions {
  /** What sets apart checks of the same target, such as the stage, for services that keep one report of each. */
  readonly category?: string;
  /** The folder that the check ran in, relative to the root of the checkout. @default - that root */
  readonly below?: string;
  /** Reads files for suggestions, by their path from that root. */
  readonly linesOf?: LinesOf;
}

/** What people and programs read where the check ran; services read the rest in a repository. */
const LOCAL: ReadonlySet<Format> = new Set(['text', 'json']);

const RENDERERS: Readonly<Record<Format, (report: CheckReport, options: RenderOptions) => string>> = {
  text: renderText,
  json: renderJson,
  sarif: renderSarif,
  github: renderGithub,
  summary: renderSummary,
  markdown: renderMarkdown,
  junit: renderJunit,
  gitlab: renderGitlab,
};

/** Writes a report in a format. Whatever the format, nothing that looks like a secret is in it. */
export function renderReport(report: CheckReport, format: Format, options: RenderOptions = {}): string {
  const { below = '' } = options;
  const placed = LOCAL.has(format) ? report : reportFromRoot(report, below);
  return RENDERERS[format](reportWithoutSecrets(placed), options);
}
