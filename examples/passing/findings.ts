import type { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import { AlarmTopic, AuditTrail, DataClassification } from 'cdk-secure-transmission';
import { samplesOf } from './passing-code';

/** A detector of intruders whose findings somebody reads. */
export function detector(stack: Stack): void {
  // #region detector
  const alarms = new AlarmTopic(stack, 'Alarms');
  alarms.addEmailSubscription('security@shop.example');
  DataClassification.of(alarms).holdsInternalData({ owner: 'security@shop.example' });
  new guardduty.CfnDetector(stack, 'Detector', { enable: true });
  new events.Rule(stack, 'Findings', {
    eventPattern: { source: ['aws.guardduty'] },
    targets: [new targets.SnsTopic(alarms.topic)],
  });
  // #endregion detector
}

/** A trail, and somebody who is told when it, or another control, is switched off. */
export function controlFailures(stack: Stack): void {
  // #region controlFailures
  new AuditTrail(stack, 'Trail');
  const alarms = new AlarmTopic(stack, 'Alarms');
  const calls = {
    'aws.cloudtrail': ['StopLogging', 'DeleteTrail', 'UpdateTrail'],
    'aws.kms': ['DisableKey', 'ScheduleKeyDeletion'],
  };
  for (const [source, eventName] of Object.entries(calls)) {
    new events.Rule(stack, `Failures of ${source}`, {
      eventPattern: {
        source: [source],
        detailType: ['AWS API Call via CloudTrail'],
        detail: { eventName },
      },
      targets: [new targets.SnsTopic(alarms.topic)],
    });
  }
  // #endregion controlFailures
}

/** Samples of this file. */
export const FINDINGS = samplesOf('findings.ts', {
  'A detector of intruders': { detector },
  'Alarms for controls that fail': { controlFailures },
});
