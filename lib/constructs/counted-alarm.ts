import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** Something that should not happen, or not so often. */
export interface Counted {
  /** How often it happened. A period without a value says that it did not. */
  readonly metric: cloudwatch.IMetric;
  /** From how many on somebody is told, in one period of the metric. */
  readonly threshold: number;
  /** What it means and where it stands what to do: whoever is told reads this. */
  readonly alarmDescription: string;
}

/** An alarm on something that is counted only when it happens, which tells a topic. */
export function countedAlarm(
  scope: Construct,
  id: string,
  topic: sns.ITopic,
  counted: Counted,
): cloudwatch.Alarm {
  const alarm = new cloudwatch.Alarm(scope, id, {
    ...counted,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new actions.SnsAction(topic));
  return alarm;
}
