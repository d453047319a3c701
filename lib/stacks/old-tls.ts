import { OldTlsFinder, type OldTlsFinderProps } from '../constructs/old-tls-finder';
import { acceptForFinder } from './accepted-findings';
import type { Alarms } from './alarms';
import type { BaselineStack } from './baseline-stack';
import type { BaselineConfiguration } from './configuration-file';

/**
 * The search for old clients in the logs of a stack, every week where there is a topic that was made for alarms: one that
 * exists already would have to let it in.
 *
 * It stands where the logs do: whoever reads a trail that names its auditors is one of them, and the key of the trail knows
 * them by name.
 */
export function findOldTls(
  stack: BaselineStack,
  { monitoring }: BaselineConfiguration,
  { alarmTopic }: Alarms,
  logs: OldTlsFinderProps,
): void {
  if (!monitoring.enabled || !monitoring.oldTlsFinder) return;
  const finder = new OldTlsFinder(stack, 'OldTls', logs);
  if (alarmTopic !== undefined) finder.reportTo(alarmTopic);
  acceptForFinder(finder);
  stack.readers.push(finder);
  // Addresses and names, and who reads them.
  stack.traces.push(finder.resultBucket.node.scope ?? finder.resultBucket);
}
