import { FilterPattern, type ILogGroup, type JsonPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** What is counted among the entries of a trail: the name of the metric, and which entries. */
interface Counted {
  readonly id: string;
  readonly metricName: string;
  readonly pattern: () => JsonPattern;
}

/** Calls that switch a trail off, or change what it records and where (PCI DSS 10.2.1.6). */
const TRAIL_CHANGES = [
  'CreateTrail',
  'UpdateTrail',
  'DeleteTrail',
  'StartLogging',
  'StopLogging',
  'PutEventSelectors',
  'PutInsightSelectors',
];

/** Versions of TLS below 1.2, as `tlsDetails.tlsVersion` spells them. */
const OLD_TLS = ['TLSv1', 'TLSv1.1'];

/** Calls that change a trail. */
export const CHANGES: Counted = {
  id: 'TrailChanges',
  metricName: 'TrailChanges',
  pattern: () =>
    FilterPattern.all(
      equals('$.eventSource', ['cloudtrail.amazonaws.com']),
      equals('$.eventName', TRAIL_CHANGES),
    ),
};

/** Calls over TLS 1.0 or 1.1. */
export const BELOW_TLS12: Counted = {
  id: 'CallsBelowTls12',
  metricName: 'CallsBelowTls12',
  pattern: () => equals('$.tlsDetails.tlsVersion', OLD_TLS),
};

/** Where the metrics of a trail stand. */
export function namespaceOf(trailName: string): string {
  return `AuditTrail/${trailName}`;
}

/** Counts entries of a log group. */
export function count(scope: Construct, logGroup: ILogGroup, trailName: string, counted: Counted): void {
  new MetricFilter(scope, counted.id, {
    logGroup,
    filterPattern: counted.pattern(),
    metricNamespace: namespaceOf(trailName),
    metricName: counted.metricName,
    metricValue: '1',
    // Without a value for all other entries, an alarm has no data to judge.
    defaultValue: 0,
  });
}

function equals(field: string, values: readonly string[]): JsonPattern {
  return FilterPattern.any(...values.map((value) => FilterPattern.stringValue(field, '=', value)));
}
