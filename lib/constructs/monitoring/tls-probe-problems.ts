import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { checkSameRegion } from '../region';
import { checkInterval, SEVEN_DAYS } from './interval';
import { checkLookFromNetwork } from './look-from-network';
import type { TlsProbeProps } from './tls-probe';

/** Refuses what a `TlsProbe` cannot keep. */
export function checkTlsProbe(scope: Construct, props: TlsProbeProps, every: Duration): void {
  const { topic } = props;
  checkSameRegion(scope, {
    property: 'topic',
    resource: topic,
    arn: topic.topicArn,
    of: 'the probe',
    remedy: 'whose alarms reach topics of their own region only, create one there',
  });
  checkInterval(scope, every, SEVEN_DAYS);
  checkLookFromNetwork(scope, props, 'hosts');
}
