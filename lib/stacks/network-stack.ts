import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { LogKind } from '../constructs/log-store';
import { PrivateNetwork, VpcEncryptionMode } from '../constructs/network';
import { BaselineStack } from './baseline-stack';
import type { BaselineConfiguration } from './configuration-file';
import { logBucketIn } from './log-buckets';

const GATEWAYS: Readonly<Record<string, ec2.GatewayVpcEndpointAwsService>> = {
  s3: ec2.GatewayVpcEndpointAwsService.S3,
  dynamodb: ec2.GatewayVpcEndpointAwsService.DYNAMODB,
};
const MODES = { monitor: VpcEncryptionMode.MONITOR, enforce: VpcEncryptionMode.ENFORCE } as const;

/** The network in which the baseline stands. */
export class NetworkStack extends BaselineStack {
  readonly network: PrivateNetwork;

  constructor(scope: Construct, id: string, configuration: BaselineConfiguration) {
    super(scope, id, configuration, { description: 'Network: closed by default, with flow logs' });
    const { network, loadBalancer, distribution } = configuration;
    const flowLogs = logBucketIn(this, 'FlowLogs', LogKind.VPC_FLOW, configuration);
    this.network = new PrivateNetwork(this, 'Network', {
      cidr: network.cidr,
      availabilityZoneCount: network.availabilityZoneCount,
      natGateways: network.natGateways,
      publicSubnets: loadBalancer.internetFacing || network.natGateways > 0,
      vpcOrigins: distribution !== undefined,
      organizationId: network.organizationId,
      vpcEncryptionControl: network.encryptionControl && MODES[network.encryptionControl],
      vpcEncryptionExclusions: network.encryptionExclusions,
      flowLogBucket: flowLogs.bucket,
    });
    this.traces.push(flowLogs);
    this.addEndpoints(configuration);
    this.handOver();
    this.handedOver.publish({
      'network/flow-log-bucket-arn': flowLogs.bucket.bucketArn,
      'network/flow-log-key-arn': flowLogs.encryptionKey?.keyArn,
    });
  }

  private addEndpoints({ network }: BaselineConfiguration): void {
    for (const name of network.gatewayEndpoints) {
      const service = GATEWAYS[name];
      if (service !== undefined) this.network.addGatewayEndpoint(`Gateway-${name}`, { service });
    }
    for (const name of network.interfaceEndpoints) {
      const service = new ec2.InterfaceVpcEndpointAwsService(name);
      this.network.addInterfaceEndpoint(`Endpoint-${name}`, { service });
    }
  }

  private handOver(): void {
    const { vpc } = this.network;
    const { availabilityZones, privateSubnets, isolatedSubnets, publicSubnets } = vpc;
    // Without a way out the private subnets are what the CDK calls isolated.
    const inner = privateSubnets.length > 0 ? privateSubnets : isolatedSubnets;
    this.handedOver.publish({
      'network/vpc-id': vpc.vpcId,
      'network/availability-zones': availabilityZones,
      'network/private-subnet-ids': inner.map(({ subnetId }) => subnetId),
      'network/private-route-table-ids': inner.map(({ routeTable }) => routeTable.routeTableId),
      'network/public-subnet-ids': publicSubnets.map(({ subnetId }) => subnetId),
      'network/public-route-table-ids': publicSubnets.map(({ routeTable }) => routeTable.routeTableId),
    });
  }
}
