import { Duration, Names } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { TransmissionError } from '../../core/errors';
import { didYouMean } from '../../core/suggest';
import type { IAuditTrail } from '../audit-trail';
import { invalidProperty } from '../invalid-property';
import { checkReason, recordLoosening } from '../loosening';
import { checkSameRegion } from '../region';
import { isWholeNumber } from '../whole-number';
import { ACCOUNT_ALARMS, type AccountAlarm, runbookOf } from './watched-calls';

/** The alarm that speaks when the trail does not. */
const SILENCE = 'trail-silent';
const MOST_CALLS = 1_000_000;
/** CloudWatch takes dots, dashes, slashes, hashes, colons and underscores beside letters and digits, 255 in all. */
const LONGEST_NAME = 200;

/** Properties of `AccountAlarms`. */
export interface AccountAlarmsProps {
  /** The trail whose log group is watched. An imported one needs its `logGroup`. */
  readonly trail: IAuditTrail;
  /**
   * The topic that is told, in the same account and region. CloudWatch must be allowed to publish there: `AlarmTopic` has
   * let it in.
   */
  readonly topic: sns.ITopic;
  /**
   * How many such calls within five minutes raise the alarm, by the id of the alarm (`unauthorised-calls`), where one
   * would be noise.
   *
   * @default - 10 for calls that were refused, 3 for failed sign-ins, 1 for all others
   */
  readonly thresholds?: { readonly [id: string]: number };
  /**
   * Alarms that are not made, by id, each with a sentence of 20 to 500 characters that says why: because another account of
   * the organisation watches it. The reason is written into the template.
   *
   * @default - none
   */
  readonly leftOutReasons?: { readonly [id: string]: string };
}

/**
 * Tells a topic when the account is used as it should not be, or when its controls are changed: every event for which the
 * CIS AWS Foundations Benchmark asks an alarm, with the patterns that Security Hub looks for; calls that endpoints refuse,
 * and calls below TLS 1.2; and the silence of the trail itself.
 *
 * Each alarm names the runbook that says what to do. What a trail does not record raises no alarm: `endpoint-denials`
 * needs `refusedAtEndpoints` of the trail.
 */
export class AccountAlarms extends Construct {
  /** The ids of all alarms that there can be. */
  static readonly IDS: readonly string[] = [...ACCOUNT_ALARMS.map(({ id }) => id), SILENCE];

  /** The alarms that were made, by id. */
  readonly alarms: ReadonlyMap<string, cloudwatch.Alarm>;

  /**
   * @throws TransmissionError where an id is not known, a threshold is no whole number, a reason is no sentence, the trail
   * has no log group, or the topic is elsewhere
   */
  constructor(scope: Construct, id: string, props: AccountAlarmsProps) {
    super(scope, id);
    const { trail, topic, thresholds = {}, leftOutReasons = {} } = props;
    this.check(props);
    const namespace = `AccountAlarms/${Names.uniqueResourceName(this, { maxLength: LONGEST_NAME, separator: '-' })}`;
    const made = new Map<string, cloudwatch.Alarm>();
    for (const row of ACCOUNT_ALARMS) {
      if (leftOutReasons[row.id] !== undefined) continue;
      const metric = this.count(row, trail, namespace);
      made.set(row.id, this.alarmOn(row, metric, thresholds[row.id] ?? row.threshold));
    }
    if (leftOutReasons[SILENCE] === undefined) made.set(SILENCE, this.alarmOnSilence(trail));
    if (made.size === 0) throw this.invalid("'leftOutReasons' leaves no alarm, leave this construct out");
    const action = new SnsAction(topic);
    for (const alarm of made.values()) alarm.addAlarmAction(action);
    this.alarms = made;
    this.recordReasons(leftOutReasons);
  }

  private count(row: AccountAlarm, trail: IAuditTrail, namespace: string): cloudwatch.Metric {
    const { logGroup } = trail;
    if (logGroup === undefined) {
      throw this.invalid(
        "'trail' must have a log group, where its entries are counted, name it among the attributes of the imported trail",
      );
    }
    const filter = new logs.MetricFilter(this, row.metricName, {
      logGroup,
      filterPattern: logs.FilterPattern.literal(row.pattern),
      metricNamespace: namespace,
      metricName: row.metricName,
      metricValue: '1',
      // Without a value for all other entries, an alarm has no data to judge.
      defaultValue: 0,
    });
    return filter.metric({ statistic: cloudwatch.Stats.SUM, period: Duration.minutes(5) });
  }

  private alarmOn(row: AccountAlarm, metric: cloudwatch.IMetric, threshold: number): cloudwatch.Alarm {
    const asks = row.cis === undefined ? '' : ` (CIS ${row.cis})`;
    return new cloudwatch.Alarm(this, `${row.metricName}Alarm`, {
      alarmDescription: `${row.title}${asks}. Runbook: ${runbookOf(row.id)}`,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // No entry at all is told by the alarm on silence.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  /** PCI DSS 10.7.2: in an account in use something calls AWS every hour. */
  private alarmOnSilence(trail: IAuditTrail): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, 'TrailSilentAlarm', {
      alarmDescription: `The trail has written nothing for an hour: it is off, or cannot write. Runbook: ${runbookOf(SILENCE)}`,
      metric: trail.metricIncomingEvents({ statistic: cloudwatch.Stats.SUM, period: Duration.minutes(5) }),
      threshold: 1,
      // Short periods: CloudWatch looks two of them further back for data before it takes any for missing.
      evaluationPeriods: 12,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      // A log group into which nothing comes has no metric.
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }

  private recordReasons(reasons: NonNullable<AccountAlarmsProps['leftOutReasons']>): void {
    const [first] = this.alarms.values();
    const resource = first?.node.defaultChild as cloudwatch.CfnAlarm;
    for (const [id, reason] of Object.entries(reasons)) recordLoosening(resource, `leftOut:${id}`, reason);
  }

  private check({ topic, thresholds = {}, leftOutReasons = {} }: AccountAlarmsProps): void {
    checkSameRegion(this, {
      property: 'topic',
      resource: topic,
      arn: topic.topicArn,
      of: 'the alarms',
      remedy: 'which reach topics of their own region only, name one there',
    });
    for (const [id, count] of Object.entries(thresholds)) {
      this.checkId('thresholds', id);
      if (id === SILENCE) throw this.invalid(`'thresholds' must not hold ${SILENCE}, which counts nothing`);
      if (isWholeNumber(count, 1, MOST_CALLS)) continue;
      throw this.invalid(
        `'thresholds.${id}' must be a whole number from 1 to ${MOST_CALLS}, got ${count}, leave it out for its default`,
      );
    }
    for (const [id, reason] of Object.entries(leftOutReasons)) {
      this.checkId('leftOutReasons', id);
      checkReason(this, `leftOutReasons.${id}`, reason);
    }
  }

  private checkId(property: string, id: string): void {
    if (AccountAlarms.IDS.includes(id)) return;
    throw this.invalid(
      `'${property}' must name alarms by id, got ${JSON.stringify(id.slice(0, 80))}${didYouMean(id, AccountAlarms.IDS)}, use one of ${AccountAlarms.IDS.join(', ')}`,
    );
  }

  private invalid(message: string): TransmissionError {
    return invalidProperty(this, message);
  }
}
