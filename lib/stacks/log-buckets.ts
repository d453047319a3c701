import { Duration } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { LogBucket, type LogKind } from '../constructs/log-store';
import { ACCEPTED_FINDINGS, accept } from './accepted-findings';
import type { BaselineConfiguration } from './configuration-file';

/** How long a log group is kept that is the only place of its log: CloudWatch Logs takes certain numbers of days. */
export function logRetentionOf({ retentionDays }: BaselineConfiguration): logs.RetentionDays {
  const days = Object.values(logs.RetentionDays).filter((each) => typeof each === 'number');
  return Math.min(...days.filter((each) => each >= retentionDays));
}

/** A bucket for one kind of log, kept for as long as the configuration says. */
export function logBucketIn(
  scope: Construct,
  id: string,
  kind: LogKind,
  { retentionDays }: BaselineConfiguration,
): LogBucket {
  const logBucket = new LogBucket(scope, id, { kind, retention: Duration.days(retentionDays) });
  accept(logBucket, ACCEPTED_FINDINGS.logBucket);
  accept(logBucket, ACCEPTED_FINDINGS.logCopies);
  return logBucket;
}
