import { type Duration, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkReason } from '../loosening';
import { checkSameRegion } from '../region';
import type { TlsProbeProps } from './tls-probe';

const HOUR = 3600;
/** An alarm looks back seven days at most (PutMetricAlarm): what runs more rarely cannot be missed. */
const LONGEST = 7 * 24 * HOUR;

/** Refuses what a `TlsProbe` cannot keep. */
export function checkTlsProbe(scope: Construct, props: TlsProbeProps, every: Duration): void {
  const { topic, privateAddressesReason: reason, vpc } = props;
  checkSameRegion(scope, {
    property: 'topic',
    resource: topic,
    arn: topic.topicArn,
    of: 'the probe',
    remedy: 'whose alarms reach topics of their own region only, create one there',
  });
  const seconds = every.isUnresolved() ? undefined : every.toSeconds({ integral: false });
  if (seconds === undefined || seconds < HOUR || seconds > LONGEST || seconds % HOUR !== 0) {
    const got = seconds === undefined ? 'an unresolved value' : `${seconds} seconds`;
    throw invalidProperty(
      scope,
      `'every' must be whole hours from one hour to seven days, got ${got}, correct it`,
    );
  }
  if (reason === undefined) return;
  if (!Token.isUnresolved(reason)) checkReason(scope, 'privateAddressesReason', reason);
  if (vpc === undefined) {
    throw invalidProperty(
      scope,
      "'privateAddressesReason' is for hosts inside of 'vpc', which is not given, add it or leave the reason out",
    );
  }
}
