import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkWholeNumber } from '../whole-number';

/** What CloudWatch takes as the description of an alarm (API Reference, PutMetricAlarm). */
const LONGEST_DESCRIPTION = 1024;

/** What a day has of seconds: an alarm looks at no more, unless its period is an hour or longer (PutMetricAlarm). */
const A_DAY = 86_400;
const A_WEEK = 7 * A_DAY;

/** A measure of anything, whose alarm tells the topic of the monitor. */
export interface MonitoredMeasure {
  /** Names its alarm among the constructs of the group. */
  readonly id: string;
  /** One line over its graph. */
  readonly title: string;
  /** What is measured, in the region of the monitor. */
  readonly metric: cloudwatch.IMetric;
  /** What it is compared with. */
  readonly threshold: number;
  /**
   * How it is compared.
   *
   * @default ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
   */
  readonly comparisonOperator?: cloudwatch.ComparisonOperator;
  /**
   * How many periods are looked at.
   *
   * @default 1
   */
  readonly evaluationPeriods?: number;
  /**
   * How many of them must be beyond the threshold.
   *
   * @default - all of them
   */
  readonly datapointsToAlarm?: number;
  /**
   * What a period without a value says. There is no default: `NOT_BREACHING` for what is counted only when it happens,
   * `BREACHING` for what must be heard, `IGNORE` for what is measured more rarely than it is looked at.
   */
  readonly missingData: cloudwatch.TreatMissingData;
  /** What it means when the alarm goes off, in sentences: whoever is told reads this. */
  readonly meaning: string;
  /**
   * Where it stands what to do, such as `docs/runbooks/function-errors.md` or the address of a page of yours.
   *
   * @default - none is named
   */
  readonly runbook?: string;
}

/** What stands in an alarm for whoever is told of it. */
export function alarmText(scope: Construct, meaning: string, runbook: string | undefined): string {
  const text = runbook === undefined ? meaning : `${meaning} Runbook: ${runbook}`;
  if (Token.isUnresolved(text)) return text;
  if (meaning.trim() === '') {
    throw invalidProperty(
      scope,
      "'meaning' must say what it means when the alarm goes off, got nothing, write it",
    );
  }
  if (text.length <= LONGEST_DESCRIPTION) return text;
  throw invalidProperty(
    scope,
    `'meaning' and 'runbook' must have at most ${LONGEST_DESCRIPTION} characters together, got ${text.length}, shorten them`,
  );
}

/** The alarm of a measure. */
export function alarmOn(scope: Construct, topic: sns.ITopic, measure: MonitoredMeasure): cloudwatch.Alarm {
  const { id, metric, threshold, evaluationPeriods = 1, datapointsToAlarm, missingData } = measure;
  checkPeriods(scope, metric, evaluationPeriods, datapointsToAlarm);
  if (!Token.isUnresolved(threshold) && !Number.isFinite(threshold)) {
    throw invalidProperty(scope, `'threshold' must be a number, got ${threshold}, correct it`);
  }
  const alarm = new cloudwatch.Alarm(scope, id, {
    alarmDescription: alarmText(scope, measure.meaning, measure.runbook),
    metric,
    threshold,
    comparisonOperator:
      measure.comparisonOperator ?? cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods,
    datapointsToAlarm,
    treatMissingData: missingData,
  });
  alarm.addAlarmAction(new actions.SnsAction(topic));
  return alarm;
}

/** An alarm that learns what is usual, and goes off above that. */
export function anomalyAlarmOn(
  scope: Construct,
  topic: sns.ITopic,
  measure: Omit<MonitoredMeasure, 'threshold' | 'comparisonOperator'> & { readonly bandWidth: number },
): cloudwatch.Alarm {
  const { id, metric, bandWidth, evaluationPeriods = 1, datapointsToAlarm, missingData } = measure;
  checkPeriods(scope, metric, evaluationPeriods, datapointsToAlarm);
  if (!Token.isUnresolved(bandWidth) && !(bandWidth > 0 && bandWidth <= 10)) {
    throw invalidProperty(
      scope,
      `'bandWidth' must be a number of standard deviations above 0 and up to 10, got ${bandWidth}, correct it`,
    );
  }
  const alarm = new cloudwatch.AnomalyDetectionAlarm(scope, id, {
    alarmDescription: alarmText(scope, measure.meaning, measure.runbook),
    metric,
    stdDevs: bandWidth,
    // Fewer errors than usual are no trouble.
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
    evaluationPeriods,
    datapointsToAlarm,
    treatMissingData: missingData,
  });
  alarm.addAlarmAction(new actions.SnsAction(topic));
  return alarm;
}

function checkPeriods(scope: Construct, metric: cloudwatch.IMetric, periods: number, toAlarm?: number): void {
  checkWholeNumber(scope, 'evaluationPeriods', periods, 1, A_WEEK / 60);
  if (toAlarm !== undefined) checkWholeNumber(scope, 'datapointsToAlarm', toAlarm, 1, periods);
  const { metricStat, mathExpression } = metric.toMetricConfig();
  const length = metricStat?.period.toSeconds() ?? mathExpression?.period ?? 300;
  const longest = length >= 3600 ? A_WEEK : A_DAY;
  if (Token.isUnresolved(periods) || periods * length <= longest) return;
  throw invalidProperty(
    scope,
    `'evaluationPeriods' of ${length} seconds must be ${longest} seconds or less together, got ${periods * length}, look at fewer`,
  );
}
