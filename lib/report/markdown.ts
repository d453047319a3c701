import { findingsMarkdown } from './findings-markdown';
import { MOST_OF_COMMENT } from './markdown-text';
import type { CheckReport } from './report';
import type { LinesOf } from './suggestion';

/** By which a later run finds its comment again, instead of writing another one. */
const MARK = '<!-- secure-transmission -->';

/** A report for a comment on a pull request, with suggestions where a repair is known. */
export function renderMarkdown(report: CheckReport, options: { readonly linesOf?: LinesOf } = {}): string {
  const most = MOST_OF_COMMENT - MARK.length - 2;
  return `${MARK}\n\n${findingsMarkdown(report, { ...options, most, sizeOf: (text) => text.length })}`;
}
