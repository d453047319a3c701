import { findingsMarkdown } from './findings-markdown';
import type { CheckReport } from './report';
import type { LinesOf } from './suggestion';

/** GitHub takes 65,536 characters of a comment; what counts as one is not said, so it is the smaller unit. */
const MOST_CHARACTERS = 65_536;

/** By which a later run finds its comment again, instead of writing another one. */
const MARK = '<!-- secure-transmission -->';

/** A report for a comment on a pull request, with suggestions where a repair is known. */
export function renderMarkdown(report: CheckReport, options: { readonly linesOf?: LinesOf } = {}): string {
  const most = MOST_CHARACTERS - MARK.length - 2;
  return `${MARK}\n\n${findingsMarkdown(report, { ...options, most, sizeOf: (text) => text.length })}`;
}
