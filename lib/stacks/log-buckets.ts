import { Duration } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { LogBucket, type LogKind } from '../constructs/log-store';
import { ACCEPTED_FINDINGS, accept } from './accepted-findings';
import type { BaselineConfiguration } from './configuration-file';

/** What is different about one bucket. */
export interface LogBucketChoice {
  readonly objectLock?: s3.ObjectLockRetention;
}

/** A bucket for one kind of log, kept for as long as the configuration says. */
export function logBucketIn(
  scope: Construct,
  id: string,
  kind: LogKind,
  { retentionDays }: BaselineConfiguration,
  choice: LogBucketChoice = {},
): LogBucket {
  const logBucket = new LogBucket(scope, id, { kind, retention: Duration.days(retentionDays), ...choice });
  accept(logBucket, ACCEPTED_FINDINGS.logBucket);
  return logBucket;
}
