import { findingsMarkdown } from './findings-markdown';
import type { CheckReport } from './report';

/** GitHub refuses the whole summary of a step above 1 MiB; other commands of the step may have written before. */
const MOST_BYTES = 1024 * 1024 - 64 * 1024;

/** A report for `$GITHUB_STEP_SUMMARY`: what a reviewer opens on a phone. */
export function renderSummary(report: CheckReport): string {
  return findingsMarkdown(report, { most: MOST_BYTES, sizeOf: (text) => Buffer.byteLength(text) });
}
