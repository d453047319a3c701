import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { LogBucket } from '../log-store';

const FLOW_LOG_PREFIX = 'vpc-flow-logs';

/** Properties of a `PrivateNetwork`. */
export interface PrivateNetworkProps {
  /**
   * The range of addresses, in CIDR notation.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;
  /**
   * How many availability zones have subnets.
   *
   * @default 2
   */
  readonly availabilityZoneCount?: number;
  /**
   * Whether there are subnets that can be reached from the internet, for load balancers that face it.
   *
   * Nothing in them gets a public address of its own accord.
   *
   * @default false
   */
  readonly publicSubnets?: boolean;
  /**
   * How many NAT gateways let the private subnets reach the internet: at most one for each availability zone. They
   * stand in public subnets.
   *
   * @default 0, private subnets have no way out
   */
  readonly natGateways?: number;
  /**
   * The bucket that receives the flow logs. Its policy is extended for the service that delivers them.
   *
   * @default - a new `LogBucket`
   */
  readonly flowLogBucket?: s3.IBucket;
}

/**
 * A virtual private network in which nothing talks until it is asked to.
 *
 * The default security group is emptied, no subnet hands out public addresses, and every flow is logged. Its
 * subnets lie in the first availability zones of the stack: a stack with a region and without an account takes
 * them from `Fn::GetAZs`; a stack with both asks AWS for them, unless it overrides `availabilityZones`.
 */
export class PrivateNetwork extends Construct {
  /** The network. */
  readonly vpc: ec2.Vpc;
  /** The bucket that receives the flow logs. */
  readonly flowLogBucket: s3.IBucket;

  constructor(scope: Construct, id: string, props: PrivateNetworkProps = {}) {
    super(scope, id);
    const { availabilityZoneCount = 2, publicSubnets = false, natGateways = 0 } = props;
    this.checkAvailabilityZones(availabilityZoneCount);
    this.checkNatGateways(publicSubnets, natGateways, availabilityZoneCount);

    this.vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr(props.cidr ?? '10.0.0.0/16'),
      maxAzs: availabilityZoneCount,
      natGateways,
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: subnets(publicSubnets, natGateways > 0),
    });
    this.flowLogBucket = props.flowLogBucket ?? new LogBucket(this, 'FlowLogs').bucket;
    this.logFlows();
  }

  /** By L1: the L2 spells the options in a way that CloudFormation's schema does not know. */
  private logFlows(): void {
    this.admitFlowLogs();
    const log = new ec2.CfnFlowLog(this, 'FlowLog', {
      resourceType: 'VPC',
      resourceId: this.vpc.vpcId,
      trafficType: 'ALL',
      maxAggregationInterval: 60,
      logDestinationType: 's3',
      logDestination: this.flowLogBucket.arnForObjects(FLOW_LOG_PREFIX),
      destinationOptions: { FileFormat: 'parquet', HiveCompatiblePartitions: true, PerHourPartition: true },
    });
    if (this.flowLogBucket.policy !== undefined) log.node.addDependency(this.flowLogBucket.policy);
  }

  private admitFlowLogs(): void {
    const stack = Stack.of(this);
    const delivery = new iam.ServicePrincipal('delivery.logs.amazonaws.com');
    const sourceAccount = { 'aws:SourceAccount': stack.account };
    const sourceArn = { 'aws:SourceArn': stack.formatArn({ service: 'logs', resource: '*' }) };
    const objects = `${FLOW_LOG_PREFIX}/AWSLogs/aws-account-id=${stack.account}/*`;
    this.flowLogBucket.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [delivery],
        actions: ['s3:PutObject'],
        resources: [this.flowLogBucket.arnForObjects(objects)],
        conditions: {
          StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', ...sourceAccount },
          ArnLike: sourceArn,
        },
      }),
    );
    this.flowLogBucket.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [delivery],
        actions: ['s3:GetBucketAcl', 's3:ListBucket'],
        resources: [this.flowLogBucket.bucketArn],
        conditions: { StringEquals: sourceAccount, ArnLike: sourceArn },
      }),
    );
  }

  /** The CDK takes any number, and makes as many as it can. */
  private checkAvailabilityZones(count: number): void {
    if (!Number.isInteger(count) || count < 1) {
      throw this.invalid(`'availabilityZoneCount' must be a whole number of at least 1, got ${count}`);
    }
    const known = Stack.of(this).availabilityZones.length;
    if (count <= known) return;
    throw this.invalid(
      `'availabilityZoneCount' must be at most ${known}, the availability zones that the stack knows, got ${count}, ` +
        "override 'availabilityZones' of the stack",
    );
  }

  private checkNatGateways(publicSubnets: boolean, count: number, most: number): void {
    if (!Number.isInteger(count) || count < 0 || count > most) {
      throw this.invalid(
        `'natGateways' must be a whole number from 0 to ${most}, one for each availability zone, got ${count}`,
      );
    }
    if (count === 0 || publicSubnets) return;
    throw this.invalid(
      `'natGateways' must be 0 where 'publicSubnets' is false, since they stand in public subnets, got ${count}`,
    );
  }

  private invalid(message: string): TransmissionError {
    return new TransmissionError('InvalidProperty', message, this.node.path);
  }
}

function subnets(publicSubnets: boolean, egress: boolean): ec2.SubnetConfiguration[] {
  const { PUBLIC, PRIVATE_WITH_EGRESS, PRIVATE_ISOLATED } = ec2.SubnetType;
  const open = { name: 'Public', subnetType: PUBLIC, mapPublicIpOnLaunch: false };
  const closed = { name: 'Private', subnetType: egress ? PRIVATE_WITH_EGRESS : PRIVATE_ISOLATED };
  return publicSubnets ? [open, closed] : [closed];
}
