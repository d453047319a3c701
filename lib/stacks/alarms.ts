import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { EDGE_REGION } from '../constructs/edge-region';
import { AlarmTopic } from '../constructs/messaging';
import { ACCEPTED_FINDINGS, accept } from './accepted-findings';
import type { BaselineConfiguration } from './configuration-file';

/** Where alarms of one region go. */
export interface Alarms {
  readonly topic: sns.ITopic;
  /** Absent where the topic exists already. */
  readonly alarmTopic?: AlarmTopic;
}

/** Alarms of the region of the baseline. */
export function homeAlarmsIn(scope: Construct, { alarms }: BaselineConfiguration): Alarms {
  return alarmsIn(scope, alarms.topicArn, alarms.email);
}

/** Alarms of the region of the edge, which may be the same. */
export function edgeAlarmsIn(scope: Construct, { alarms, region }: BaselineConfiguration): Alarms {
  const { topicArn, edgeTopicArn, email } = alarms;
  return alarmsIn(scope, edgeTopicArn ?? (region === EDGE_REGION ? topicArn : undefined), email);
}

/** The topic that exists, or a new one to which the address is subscribed. */
function alarmsIn(scope: Construct, topicArn: string | undefined, email: string | undefined): Alarms {
  if (topicArn !== undefined) return { topic: sns.Topic.fromTopicArn(scope, 'AlarmTopic', topicArn) };
  const alarmTopic = new AlarmTopic(scope, 'AlarmTopic');
  accept(alarmTopic, ACCEPTED_FINDINGS.alarmDeliveries);
  if (email !== undefined) {
    alarmTopic.addEmailSubscription(email);
    accept(alarmTopic, ACCEPTED_FINDINGS.mail);
  }
  return { topic: alarmTopic.topic, alarmTopic };
}
