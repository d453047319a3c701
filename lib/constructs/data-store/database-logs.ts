import { type RemovalPolicy, Token } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { admitLogGroups } from '../log-store';

/** PCI DSS 10.5.1. */
const SHORTEST_RETENTION = logs.RetentionDays.ONE_YEAR;

/**
 * What a cluster exports: what PostgreSQL says, each connection among it, and logins by IAM that were turned away.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CloudwatchLogsExportConfiguration.html
 */
export const EXPORTED_LOGS = ['postgresql', 'iam-db-auth-error'] as const;

/** The kind of a log that a cluster exports. */
type ExportedLog = (typeof EXPORTED_LOGS)[number];

/** What log groups of a cluster need to know. */
export interface DatabaseLogsProps {
  readonly clusterIdentifier: string;
  readonly encryptionKey: kms.IKey;
  readonly retention: logs.RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** The log groups to which RDS will write, encrypted and with an end, by kind of log. */
export function databaseLogGroups(
  scope: Construct,
  props: DatabaseLogsProps,
): Readonly<Record<ExportedLog, logs.LogGroup>> {
  const { retention, encryptionKey, removalPolicy } = props;
  if (!Token.isUnresolved(retention) && retention < SHORTEST_RETENTION) {
    throw invalidProperty(
      scope,
      `'logRetention' must be at least ${SHORTEST_RETENTION} days, which PCI DSS 10.5.1 asks for, got ${retention}`,
    );
  }
  const prefix = `/aws/rds/cluster/${props.clusterIdentifier}/`;
  admitLogGroups(scope, encryptionKey, prefix);
  const logGroup = (id: string, log: ExportedLog) =>
    new logs.LogGroup(scope, id, {
      logGroupName: `${prefix}${log}`,
      encryptionKey,
      retention,
      removalPolicy,
    });
  return {
    postgresql: logGroup('Log', 'postgresql'),
    'iam-db-auth-error': logGroup('RefusedLoginsLog', 'iam-db-auth-error'),
  };
}
