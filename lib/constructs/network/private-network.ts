import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { LogBucket } from '../log-store';
import {
  checkOrganizationId,
  type GatewayEndpointProps,
  gatewayEndpoint,
  type InterfaceEndpointProps,
  interfaceEndpoint,
} from './network-endpoint';
import {
  checkExclusions,
  ENCRYPTION_FLOW_LOG_FORMAT,
  VpcEncryptionControl,
  type VpcEncryptionExclusions,
  type VpcEncryptionMode,
} from './vpc-encryption';

/** Records of two formats never lie under one prefix: what reads them would have to tell them apart. */
const FLOW_LOGS: FlowLogRecords = { prefix: 'vpc-flow-logs' };
const ENCRYPTION_FLOW_LOGS: FlowLogRecords = {
  prefix: 'vpc-flow-logs-encryption',
  logFormat: ENCRYPTION_FLOW_LOG_FORMAT,
};

interface FlowLogRecords {
  readonly prefix: string;
  /** Absent where AWS's default is meant. */
  readonly logFormat?: string;
}

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
  /**
   * Whether VPC Encryption Controls watch over the network, or enforce encryption in it.
   *
   * The flow logs then tell of each flow whether it was encrypted: they are replaced, and written under
   * `vpc-flow-logs-encryption` in place of `vpc-flow-logs`. AWS bills it.
   *
   * @default - neither, flow logs do not tell
   */
  readonly vpcEncryptionControl?: VpcEncryptionMode;
  /**
   * What encryption is not enforced for, each with a sentence that says why. Only with `VpcEncryptionMode.ENFORCE`,
   * under which a network with public subnets has to exclude its internet gateway, and its NAT gateways.
   *
   * @default - nothing
   */
  readonly vpcEncryptionExclusions?: VpcEncryptionExclusions;
  /**
   * The id of the organisation, such as `o-a1b2c3d4e5`, whose principals may reach its resources through endpoints.
   *
   * @default - endpoints lead only from principals of this account to resources of this account
   */
  readonly organizationId?: string;
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

  private readonly organizationId: string | undefined;

  constructor(scope: Construct, id: string, props: PrivateNetworkProps = {}) {
    super(scope, id);
    const { availabilityZoneCount = 2, publicSubnets = false, natGateways = 0 } = props;
    this.checkAvailabilityZones(availabilityZoneCount);
    this.checkNatGateways(publicSubnets, natGateways, availabilityZoneCount);
    checkExclusions(this, props.vpcEncryptionControl, props.vpcEncryptionExclusions ?? {});
    checkOrganizationId(this, props.organizationId);

    this.organizationId = props.organizationId;
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr(props.cidr ?? '10.0.0.0/16'),
      maxAzs: availabilityZoneCount,
      natGateways,
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: subnets(publicSubnets, natGateways > 0),
    });
    this.flowLogBucket = props.flowLogBucket ?? new LogBucket(this, 'FlowLogs').bucket;
    const tells = props.vpcEncryptionControl !== undefined;
    this.logFlows(tells ? ENCRYPTION_FLOW_LOGS : FLOW_LOGS);
    this.controlEncryption(props);
  }

  /**
   * Leads from the private subnets to a service of AWS, without a way to the internet, for principals and resources
   * of the organisation, or account, only. Its name resolves to the endpoint in the whole network.
   *
   * @returns the endpoint, whose `connections` nobody may use but the peers, on port 443
   * @throws where the service is not on port 443, or an exception names everything or has no reason
   */
  addInterfaceEndpoint(id: string, props: InterfaceEndpointProps): ec2.InterfaceVpcEndpoint {
    return interfaceEndpoint(this, id, { vpc: this.vpc, organizationId: this.organizationId }, props);
  }

  /**
   * Leads from all subnets to Amazon S3 or Amazon DynamoDB, without a way to the internet, for principals and
   * resources of the organisation, or account, only.
   *
   * Security groups without egress need a rule for the service's prefix list.
   *
   * @throws where an exception names everything or has no reason
   */
  addGatewayEndpoint(id: string, props: GatewayEndpointProps): ec2.GatewayVpcEndpoint {
    return gatewayEndpoint(this, id, { vpc: this.vpc, organizationId: this.organizationId }, props);
  }

  /**
   * A security group that lets nothing in and nothing out until `connections` are allowed.
   *
   * @param description what belongs to it; a change replaces the group
   */
  addSecurityGroup(id: string, description: string): ec2.SecurityGroup {
    return new ec2.SecurityGroup(this, id, { vpc: this.vpc, description, allowAllOutbound: false });
  }

  private controlEncryption(props: PrivateNetworkProps): void {
    const { vpcEncryptionControl: mode, vpcEncryptionExclusions: exclusions = {} } = props;
    if (mode === undefined) return;
    const present: (keyof VpcEncryptionExclusions)[] = [];
    if (props.publicSubnets) present.push('internetGateway');
    if ((props.natGateways ?? 0) > 0) present.push('natGateway');
    new VpcEncryptionControl(this, 'EncryptionControl', { vpc: this.vpc, mode, exclusions, present });
  }

  /** By L1: the L2 spells the options in a way that CloudFormation's schema does not know. */
  private logFlows({ prefix, logFormat }: FlowLogRecords): void {
    this.admitFlowLogs(prefix);
    const log = new ec2.CfnFlowLog(this, 'FlowLog', {
      resourceType: 'VPC',
      resourceId: this.vpc.vpcId,
      trafficType: 'ALL',
      maxAggregationInterval: 60,
      logDestinationType: 's3',
      logDestination: this.flowLogBucket.arnForObjects(prefix),
      logFormat,
      destinationOptions: { FileFormat: 'parquet', HiveCompatiblePartitions: true, PerHourPartition: true },
    });
    if (this.flowLogBucket.policy !== undefined) log.node.addDependency(this.flowLogBucket.policy);
  }

  private admitFlowLogs(prefix: string): void {
    const stack = Stack.of(this);
    const delivery = new iam.ServicePrincipal('delivery.logs.amazonaws.com');
    const sourceAccount = { 'aws:SourceAccount': stack.account };
    const sourceArn = { 'aws:SourceArn': stack.formatArn({ service: 'logs', resource: '*' }) };
    const objects = `${prefix}/AWSLogs/aws-account-id=${stack.account}/*`;
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
