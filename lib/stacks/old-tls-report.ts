import type { IConstruct } from 'constructs';
import type { OldTlsFinder } from '../constructs/old-tls-finder';
import type { Alarms } from './alarms';

/**
 * Has the search for old clients run every week, and tells the topic that was made for alarms: one that exists already
 * would have to let it in. Gives what reads the logs.
 */
export function reportWeekly(finder: OldTlsFinder, { alarmTopic }: Alarms): readonly IConstruct[] {
  if (alarmTopic === undefined) return [];
  finder.reportTo(alarmTopic);
  return [finder];
}

/** What the search finds: addresses and names, and who reads them. */
export function resultsOf({ resultBucket }: OldTlsFinder): readonly IConstruct[] {
  const { scope } = resultBucket.node;
  return scope === undefined ? [resultBucket] : [scope];
}
