import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { METRIC_NAMESPACE } from '../../core/embedded-metrics';

/** A metric that a function of ours writes about all that it looked at. */
export function functionMetric(
  fn: lambda.IFunction,
  metricName: string,
  options?: cloudwatch.MetricOptions,
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { FunctionName: fn.functionName },
    statistic: 'Maximum',
    period: Duration.minutes(5),
    ...options,
  });
}
