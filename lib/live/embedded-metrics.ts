/**
 * What our functions measure, in CloudWatch's embedded metric format: a line of JSON in the log, from which
 * CloudWatch makes metrics. It needs no permission, no call and no client.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */

/** The namespace of everything that our functions measure. */
export const METRIC_NAMESPACE = 'SecureTransmission';

/** The units that we use, as CloudWatch spells them. */
export type MetricUnit = 'Count' | 'Seconds' | 'Milliseconds' | 'Percent' | 'None';

/** One value. */
export interface Metric {
  readonly name: string;
  readonly unit: MetricUnit;
  readonly value: number;
}

/** What was measured at one moment about one thing. */
export interface Measured {
  /** At most 30, each with a text of 1 to 1,024 characters. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** At most 100. */
  readonly metrics: readonly Metric[];
  /** Stands beside in the log, for searches; never what a visitor sent. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** The line that stands for it; it must reach standard output as it is, since `console.log` may wrap it. */
export function metricLine({ dimensions, metrics, properties }: Measured, now: Date): string {
  return JSON.stringify({
    ...properties,
    ...dimensions,
    ...Object.fromEntries(metrics.map(({ name, value }) => [name, value])),
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: METRIC_NAMESPACE,
          Dimensions: [Object.keys(dimensions)],
          Metrics: metrics.map(({ name, unit }) => ({ Name: name, Unit: unit })),
        },
      ],
    },
  });
}
