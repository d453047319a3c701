/** What our functions measure; it stands in the core, since functions outside monitoring measure too. */
export {
  METRIC_NAMESPACE,
  type Measured,
  type Metric,
  type MetricUnit,
  metricLine,
} from '../core/embedded-metrics';
