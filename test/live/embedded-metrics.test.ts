import * as core from '../../lib/core/embedded-metrics';
import * as live from '../../lib/live/embedded-metrics';

test('what monitoring writes is what all functions write', () => {
  expect(live.metricLine).toBe(core.metricLine);
  expect(live.METRIC_NAMESPACE).toBe(core.METRIC_NAMESPACE);
});
