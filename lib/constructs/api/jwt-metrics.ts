import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../../core/embedded-metrics';

const DIMENSION = 'JwtAuthorizerFunction';
const PERIOD = Duration.minutes(5);

/** What is counted, and the field of a line that says it. */
const COUNTED = {
  admitted: { metricName: 'JwtAdmitted', field: '$.decision', value: 'admitted' },
  refused: { metricName: 'JwtRefused', field: '$.decision', value: 'refused' },
  unavailable: { metricName: 'JwtUnavailable', field: '$.decision', value: 'unavailable' },
  keysNotFetched: { metricName: 'JwtKeysNotFetched', field: '$.keys', value: 'not-fetched' },
} as const;

/** Counts what the function decides, by the lines that it writes. */
export class JwtMetrics extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly fn: lambda.IFunction,
    logGroup: logs.ILogGroup,
  ) {
    super(scope, id);
    for (const { metricName, field, value } of Object.values(COUNTED)) {
      new logs.MetricFilter(this, metricName, {
        logGroup,
        metricNamespace: METRIC_NAMESPACE,
        metricName,
        filterPattern: logs.FilterPattern.stringValue(field, '=', value),
        metricValue: '1',
        unit: cloudwatch.Unit.COUNT,
        dimensions: { [DIMENSION]: '$.function' },
      });
    }
  }

  /** How often it was written. */
  metric(counted: keyof typeof COUNTED, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: METRIC_NAMESPACE,
      metricName: COUNTED[counted].metricName,
      dimensionsMap: { [DIMENSION]: this.fn.functionName },
      statistic: cloudwatch.Stats.SUM,
      unit: cloudwatch.Unit.COUNT,
      ...options,
    }).attachTo(this);
  }

  /** Tells a topic when keys cannot be fetched, where they are, and when nothing can be decided. */
  addAlarms(topic: sns.ITopic, fetchesKeys: boolean): void {
    this.addAlarm(
      'Unavailable',
      topic,
      'unavailable',
      'Nobody knows whether tokens are good, and requests are refused (500).',
    );
    if (!fetchesKeys) return;
    this.addAlarm(
      'KeysNotFetched',
      topic,
      'keysNotFetched',
      'The keys of the issuer of tokens cannot be fetched; those that were are taken for two hours at most.',
    );
  }

  private addAlarm(id: string, topic: sns.ITopic, counted: keyof typeof COUNTED, text: string): void {
    const alarm = new cloudwatch.Alarm(this, `${id}Alarm`, {
      metric: this.metric(counted, { period: PERIOD }),
      threshold: 1,
      alarmDescription: `${text} Runbook: docs/runbooks/jwt-keys.md`,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Without requests there are no lines.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new actions.SnsAction(topic));
  }
}
