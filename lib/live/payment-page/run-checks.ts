import type { Measured } from '../embedded-metrics';
import type { ApprovedList } from './approved';
import { checkPage, type PageResult } from './check-page';
import type { FetchOptions } from './fetch-page';
import { PAGE_METRICS } from './metrics';

/** Looks at the pages of a list, one after the other: a payment page is no place for a crowd. */
export async function checkPages(
  list: ApprovedList,
  options: FetchOptions = {},
): Promise<readonly PageResult[]> {
  const results: PageResult[] = [];
  for (const page of list.pages) results.push(await checkPage(page, options));
  return results;
}

/** What was found, as metrics of a function. */
export function measuredPages(results: readonly PageResult[], functionName: string): Measured {
  const findings = results.reduce((sum, result) => sum + result.findings.length, 0);
  const unchecked = results.filter((result) => result.unchecked.length > 0).length;
  // What was found counts. That nothing was, counts where all was looked at: a page that was changed, and then no longer
  // answers, must not switch an alarm off.
  const isKnown = findings > 0 || unchecked === 0;
  return {
    dimensions: { FunctionName: functionName },
    metrics: [
      { name: PAGE_METRICS.checked, unit: 'Count', value: results.length - unchecked },
      { name: PAGE_METRICS.unchecked, unit: 'Count', value: unchecked },
      ...(isKnown ? [{ name: PAGE_METRICS.findings, unit: 'Count' as const, value: findings }] : []),
    ],
  };
}
