import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { RENEWAL_OVERDUE } from '../../live/certificates/lifetime';
import { PROBE_METRICS } from '../../live/prober';
import { periodsOfOneLook } from './interval';
import type { TlsProbe } from './tls-probe';
import { alarmOn } from './transmission-monitor-measure';

/** The alarms of a `TlsProbe`. */
export interface TlsProbeAlarms {
  /** A host is not as promised, or wrong whatever was promised; in the order of the hosts. */
  readonly errors: readonly cloudwatch.Alarm[];
  /** A certificate should have been renewed; in the order of the hosts. */
  readonly expiry: readonly cloudwatch.Alarm[];
  /** Of some host something could not be told, twice. */
  readonly notTold: cloudwatch.Alarm;
  /** Nobody was asked in time. */
  readonly notRun: cloudwatch.Alarm;
  /** The function failed. */
  readonly failed: cloudwatch.Alarm;
}

/** Adds them. */
export function addTlsProbeAlarms(
  probe: TlsProbe,
  { topic, every, names }: { topic: sns.ITopic; every: Duration; names: readonly string[] },
): TlsProbeAlarms {
  const missingData = cloudwatch.TreatMissingData.IGNORE;
  const numbered = (id: string, index: number) => (index === 0 ? id : `${id}${index + 1}`);
  const kept = 'Without data the alarm keeps what it knows: others tell when nobody asks.';
  return {
    errors: names.map((name, index) =>
      alarmOn(probe, topic, {
        id: numbered('Errors', index),
        title: `What is wrong with ${name}`,
        metric: probe.metricErrors(name),
        threshold: 1,
        missingData,
        meaning: `${name} accepts what it should refuse, is not as promised, or shows a certificate that clients refuse. The log of the function names it. ${kept}`,
        runbook: 'docs/runbooks/tls-drift.md',
      }),
    ),
    expiry: names.map((name, index) =>
      alarmOn(probe, topic, {
        id: numbered('Expiry', index),
        title: `Life left of the certificate of ${name}`,
        metric: probe.metricOfHost(name, PROBE_METRICS.lifeLeft, { statistic: 'Minimum' }),
        // In percent.
        threshold: RENEWAL_OVERDUE * 100,
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        missingData,
        meaning: `Less than a sixth of the life of a certificate that ${name} shows is left: it should have been renewed, or the renewed one is not in use. ${kept}`,
        runbook: 'docs/runbooks/tls-certificate-expiry.md',
      }),
    ),
    notTold: alarmOn(probe, topic, {
      id: 'NotTold',
      title: 'Hosts of which something could not be told',
      metric: probe.metric(PROBE_METRICS.notTold),
      threshold: 1,
      missingData,
      meaning: `A host did not answer, or not so that a verdict follows, twice in a row. The log of the function says why. ${kept}`,
      runbook: 'docs/runbooks/tls-not-told.md',
    }),
    notRun: addNotRunAlarm(probe, topic, every),
    failed: alarmOn(probe, topic, {
      id: 'Failed',
      title: 'Runs that failed',
      metric: probe.fn.metricErrors({ statistic: 'Sum', period: Duration.minutes(5) }),
      threshold: 1,
      missingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      meaning: 'What asks servers for TLS failed. Without data it did not run, of which another alarm tells.',
      runbook: 'docs/runbooks/tls-probe-did-not-run.md',
    }),
  };
}

function addNotRunAlarm(probe: TlsProbe, topic: sns.ITopic, every: Duration): cloudwatch.Alarm {
  const { period, evaluationPeriods } = periodsOfOneLook(every);
  return alarmOn(probe, topic, {
    id: 'NotRun',
    title: 'Runs',
    // As the service counts them: a run that fails is told by another alarm.
    metric: probe.fn.metricInvocations({ statistic: 'Sum', period }),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods,
    missingData: cloudwatch.TreatMissingData.BREACHING,
    meaning:
      'No server was asked for TLS when it should have been. Without data nothing ran, which is what this alarm is for; it also goes off before the first run.',
    runbook: 'docs/runbooks/tls-probe-did-not-run.md',
  });
}
