import Ajv from 'ajv';
import { METRIC_NAMESPACE, type Measured, metricLine } from '../../lib/core/embedded-metrics';

const NOW = new Date('2026-12-01T00:00:00Z');

/**
 * What CloudWatch takes, in our words.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
const SCHEMA = {
  type: 'object',
  required: ['_aws'],
  properties: {
    _aws: {
      type: 'object',
      required: ['Timestamp', 'CloudWatchMetrics'],
      properties: {
        Timestamp: { type: 'integer' },
        CloudWatchMetrics: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['Namespace', 'Dimensions', 'Metrics'],
            properties: {
              Namespace: { type: 'string', minLength: 1, maxLength: 1024 },
              Dimensions: {
                type: 'array',
                minItems: 1,
                items: {
                  type: 'array',
                  maxItems: 30,
                  items: { type: 'string', minLength: 1, maxLength: 250 },
                },
              },
              Metrics: {
                type: 'array',
                minItems: 1,
                maxItems: 100,
                items: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['Name'],
                  properties: {
                    Name: { type: 'string', minLength: 1, maxLength: 1024 },
                    Unit: { enum: ['Count', 'Seconds', 'Milliseconds', 'Percent', 'None'] },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};

const MEASURED: Measured = {
  dimensions: { Host: 'pay.example.com', Region: 'eu-west-1' },
  metrics: [
    { name: 'DriftCount', unit: 'Count', value: 2 },
    { name: 'RemainingLifetimeRatio', unit: 'None', value: 0.25 },
  ],
  properties: { drift: ['TLSv1 accepted'] },
};

const parsed = (measured: Measured) => JSON.parse(metricLine(measured, NOW));

test('a line is what CloudWatch takes for metrics', () => {
  const validate = new Ajv().compile(SCHEMA);
  validate(parsed(MEASURED));
  expect(validate.errors).toBeNull();
});

test('every dimension and every metric that a line names has its value beside', () => {
  const line = parsed(MEASURED);
  const [directive] = line._aws.CloudWatchMetrics;
  expect(directive.Namespace).toBe(METRIC_NAMESPACE);
  expect(directive.Dimensions[0].map((name: string) => line[name])).toEqual(['pay.example.com', 'eu-west-1']);
  expect(directive.Metrics.map(({ Name }: { Name: string }) => line[Name])).toEqual([2, 0.25]);
});

test('the moment is the one given, in milliseconds', () => {
  expect(parsed(MEASURED)._aws.Timestamp).toBe(NOW.getTime());
});

test('it is one line, whatever is measured', () => {
  expect(metricLine({ ...MEASURED, properties: { page: 'a\nb\r\u2028' } }, NOW)).not.toMatch(/[\n\r]/);
});

test('properties never stand for a dimension or a metric', () => {
  const line = parsed({ ...MEASURED, properties: { Host: 'evil.example', DriftCount: 0 } });
  expect(line).toMatchObject({ Host: 'pay.example.com', DriftCount: 2 });
});

test('a dimension that is empty or too long is cut to what CloudWatch takes', () => {
  const line = parsed({ ...MEASURED, dimensions: { Host: 'x'.repeat(5000), Region: '' } });
  expect([line.Host.length, line.Region]).toEqual([1024, '-']);
});

test.each([
  ['no metric', { metrics: [] }, '2 dimensions and 0 metrics'],
  [
    'too many metrics',
    { metrics: Array(101).fill({ name: 'A', unit: 'Count', value: 1 }) },
    '2 dimensions and 101 metrics',
  ],
  [
    'a metric without a number',
    { metrics: [{ name: 'A', unit: 'None', value: Number.NaN }] },
    "no number for 'A'",
  ],
  [
    'too many dimensions',
    { dimensions: Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`D${i}`, 'x'])) },
    '31 dimensions and 2 metrics',
  ],
] as [string, Partial<Measured>, string][])(
  '%s is refused, since CloudWatch would drop the line without a word',
  (_, wrong, expected) => {
    expect(() => metricLine({ ...MEASURED, ...wrong }, NOW)).toThrow(expected);
  },
);
