import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, type JsonPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** What is counted in an access log: API Gateway has no metric of its own for either. */
interface Counted {
  readonly id: string;
  readonly metricName: string;
  readonly statuses: readonly string[];
}

/** Requests beyond the limits of the stage, or of the account. */
export const THROTTLES: Counted = { id: 'Throttles', metricName: 'Throttles', statuses: ['429'] };

/** Requests of callers who did not say who they are, or may not. API Gateway answers 403 to unknown paths too. */
export const AUTHORIZATION_FAILURES: Counted = {
  id: 'AuthorizationFailures',
  metricName: 'AuthorizationFailures',
  statuses: ['401', '403'],
};

/** The metrics of API Gateway itself. */
export const NAMESPACE = 'AWS/ApiGateway';
export const SUM = Stats.SUM;

/** Where the metrics of an access log stand. */
export function accessNamespaceOf(restApiId: string): string {
  return `ApiAccess/${restApiId}`;
}

/** Counts lines of an access log, whose fields are texts. */
export function countAccess(
  scope: Construct,
  logGroup: ILogGroup,
  restApiId: string,
  { id, metricName, statuses }: Counted,
): void {
  const patterns: JsonPattern[] = statuses.map((status) =>
    FilterPattern.stringValue('$.status', '=', status),
  );
  const [only] = patterns;
  new MetricFilter(scope, id, {
    logGroup,
    filterPattern: only !== undefined && patterns.length === 1 ? only : FilterPattern.any(...patterns),
    metricNamespace: accessNamespaceOf(restApiId),
    metricName,
    metricValue: '1',
    // Without a value for all other lines, an alarm has no data to judge.
    defaultValue: 0,
  });
}
