import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../../core/embedded-metrics';
import { countedAlarm } from '../counted-alarm';
import { checkWholeNumber } from '../whole-number';
import type { Decision } from './runtime/authorize';

const DIMENSION = 'SignedRequestsFunction';
const PERIOD = Duration.minutes(5);

/** The metric of each decision. */
const METRICS: Readonly<Record<Decision['decision'], string>> = {
  admitted: 'SignedRequestsAdmitted',
  refused: 'SignedRequestsRefused',
  unavailable: 'SignedRequestsUnavailable',
};

/** Counts what the function decides, by the lines that it writes. */
export class SignedRequestsMetrics extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly fn: lambda.IFunction,
    logGroup: logs.ILogGroup,
  ) {
    super(scope, id);
    for (const [decision, metricName] of Object.entries(METRICS)) {
      new logs.MetricFilter(this, metricName, {
        logGroup,
        metricNamespace: METRIC_NAMESPACE,
        metricName,
        filterPattern: logs.FilterPattern.stringValue('$.decision', '=', decision),
        metricValue: '1',
        unit: cloudwatch.Unit.COUNT,
        dimensions: { [DIMENSION]: '$.function' },
      });
    }
  }

  /** How many requests ended in a decision. */
  metric(decision: Decision['decision'], options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: METRIC_NAMESPACE,
      metricName: METRICS[decision],
      dimensionsMap: { [DIMENSION]: this.fn.functionName },
      statistic: cloudwatch.Stats.SUM,
      unit: cloudwatch.Unit.COUNT,
      ...options,
    }).attachTo(this);
  }

  /** Tells a topic when requests are refused, and when nothing can be decided. */
  addAlarms(topic: sns.ITopic, refusedThreshold: number): void {
    checkWholeNumber(this, 'refusedThreshold', refusedThreshold, 1, 1_000_000);
    countedAlarm(this, 'RefusedAlarm', topic, {
      metric: this.metric('refused', { period: PERIOD }),
      threshold: refusedThreshold,
      alarmDescription:
        "Partners' requests are refused: a key ended, a clock is wrong, or somebody tries. Runbook: docs/runbooks/signature-refused.md",
    });
    countedAlarm(this, 'UnavailableAlarm', topic, {
      metric: this.metric('unavailable', { period: PERIOD }),
      threshold: 1,
      alarmDescription:
        "The store of seen signatures does not answer: every partner's request is refused. Runbook: docs/runbooks/signature-store-unavailable.md",
    });
    countedAlarm(this, 'ErrorsAlarm', topic, {
      metric: this.fn.metricErrors({ period: PERIOD }),
      threshold: 1,
      alarmDescription:
        "The function that verifies signatures fails: partners' requests are refused. Runbook: docs/runbooks/signature-store-unavailable.md",
    });
  }
}
