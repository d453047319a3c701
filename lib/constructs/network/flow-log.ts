import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { admitDelivery, LogBucket, LogKind } from '../log-store';
import { ENCRYPTION_FLOW_LOG_FORMAT } from './vpc-encryption';

/** What flow logs tell of each flow, and where below the bucket they lie. */
export interface FlowLogRecords {
  readonly prefix: string;
  /** Absent where AWS's default is meant. */
  readonly logFormat?: string;
}

/** The fields that AWS records by default. */
export const FLOW_LOGS: FlowLogRecords = { prefix: 'vpc-flow-logs' };
/**
 * Whether a flow was encrypted too. Records of two formats never lie under one prefix: what reads them would have to
 * tell them apart.
 */
export const ENCRYPTION_FLOW_LOGS: FlowLogRecords = {
  prefix: 'vpc-flow-logs-encryption',
  logFormat: ENCRYPTION_FLOW_LOG_FORMAT,
};

/** A bucket for the flow logs of one network. */
export function createFlowLogBucket(scope: Construct, { prefix }: FlowLogRecords): s3.IBucket {
  return new LogBucket(scope, 'FlowLogs', { kind: LogKind.VPC_FLOW, prefix }).bucket;
}

/**
 * Logs every flow of a network, by the minute.
 *
 * By L1: the L2 spells the options in a way that CloudFormation's schema does not know, and lets the delivery service
 * in under a feature flag only.
 */
export function logFlows(
  scope: Construct,
  vpc: ec2.IVpc,
  bucket: s3.IBucket,
  { prefix, logFormat }: FlowLogRecords,
): void {
  admitDelivery(scope, bucket, { kind: LogKind.VPC_FLOW, prefix });
  const log = new ec2.CfnFlowLog(scope, 'FlowLog', {
    resourceType: 'VPC',
    resourceId: vpc.vpcId,
    trafficType: 'ALL',
    maxAggregationInterval: 60,
    logDestinationType: 's3',
    logDestination: bucket.arnForObjects(prefix),
    logFormat,
    destinationOptions: { FileFormat: 'parquet', HiveCompatiblePartitions: true, PerHourPartition: true },
  });
  if (bucket.policy !== undefined) log.node.addDependency(bucket.policy);
}
