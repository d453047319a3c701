import { TransmissionError } from './errors';

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

/** CloudWatch drops the whole line when a dimension is empty or longer. */
const LONGEST_DIMENSION = 1024;
const MOST_DIMENSIONS = 30;
const MOST_METRICS = 100;

/**
 * The line that stands for it; it must reach standard output as it is, since `console.log` may wrap it.
 *
 * @throws TransmissionError for what CloudWatch would drop without a word: too many, none, or no number
 */
export function metricLine({ dimensions, metrics, properties }: Measured, now: Date): string {
  const names = Object.keys(dimensions);
  if (names.length > MOST_DIMENSIONS || metrics.length === 0 || metrics.length > MOST_METRICS) {
    throw lost(
      `has ${names.length} dimensions and ${metrics.length} metrics, a line holds ${MOST_DIMENSIONS} and 1 to ${MOST_METRICS}`,
    );
  }
  const infinite = metrics.find(({ value }) => !Number.isFinite(value));
  if (infinite !== undefined) throw lost(`has no number for '${infinite.name}'`);
  return JSON.stringify({
    ...properties,
    ...Object.fromEntries(names.map((name) => [name, dimensionText(dimensions[name] ?? '')])),
    ...Object.fromEntries(metrics.map(({ name, value }) => [name, value])),
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: METRIC_NAMESPACE,
          Dimensions: [names],
          Metrics: metrics.map(({ name, unit }) => ({ Name: name, Unit: unit })),
        },
      ],
    },
  });
}

function lost(problem: string): TransmissionError {
  return new TransmissionError('MetricLost', `${problem}, measure something else`, 'embedded metrics');
}

function dimensionText(text: string): string {
  return text === '' ? '-' : text.slice(0, LONGEST_DIMENSION);
}
