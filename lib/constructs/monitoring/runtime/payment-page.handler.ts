import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metricLine } from '../../../live/embedded-metrics';
import { checkPages, measuredPages, parseApproved } from '../../../live/payment-page';

/** The list that was deployed with this code. */
const APPROVED = 'approved.json';

const TIME_TO_TELL = 10_000;

/** What Lambda says of a run, as far as it matters here. */
interface Context {
  getRemainingTimeInMillis(): number;
}

/**
 * Looks at the payment pages of the list beside it. What is wrong stands in the log, a line for each; metrics say how
 * much that is, and wake the alarms.
 */
export async function handler(_event: unknown, context: Context): Promise<void> {
  const { AWS_LAMBDA_FUNCTION_NAME: name = 'payment-page', PRIVATE_ADDRESSES } = process.env;
  const list = parseApproved(JSON.parse(readFileSync(join(__dirname, APPROVED), 'utf8')), APPROVED);
  const results = await checkPages(list, {
    reach: PRIVATE_ADDRESSES === 'true' ? 'network' : 'public',
    // What was found must still be told when slow servers have taken the rest.
    remaining: () => context.getRemainingTimeInMillis() - TIME_TO_TELL,
  });
  for (const { url, findings, unchecked } of results) {
    for (const finding of findings)
      print({ level: 'ERROR', page: url, owner: list.owner, ...short(finding) });
    for (const why of unchecked)
      print({ level: 'ERROR', page: url, owner: list.owner, notChecked: why.slice(0, 2000) });
  }
  process.stdout.write(`${metricLine(measuredPages(results, name), new Date())}\n`);
}

/** A page may hold texts of megabytes; a line of the log holds 256 KB. */
function short(finding: object): Record<string, string> {
  return Object.fromEntries(Object.entries(finding).map(([key, text]) => [key, String(text).slice(0, 2000)]));
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
