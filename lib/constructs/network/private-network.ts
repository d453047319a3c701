import { Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { BaselineReference } from '../baseline';
import { invalidProperty } from '../invalid-property';
import { checkLogTarget, LogKind } from '../log-store';
import { createFlowLogBucket, ENCRYPTION_FLOW_LOGS, FLOW_LOGS, logFlows } from './flow-log';
import { ImportedPrivateNetwork, type PrivateNetworkAttributes } from './imported-private-network';
import { checkOrganizationId } from './network-endpoint';
import { type IPrivateNetwork, PrivateNetworkBase } from './private-network-base';
import type { PrivateNetworkProps } from './private-network-props';
import { checkExclusions, VpcEncryptionControl, type VpcEncryptionExclusions } from './vpc-encryption';

/**
 * A virtual private network in which nothing talks until it is asked to.
 *
 * The default security group is emptied, no subnet hands out public addresses, and every flow is logged. Its
 * subnets lie in the first availability zones of the stack: a stack with a region and without an account takes
 * them from `Fn::GetAZs`; a stack with both asks AWS for them, unless it overrides `availabilityZones`.
 */
export class PrivateNetwork extends PrivateNetworkBase {
  /**
   * A network that another stack or app defines, without asking AWS.
   *
   * Ids may be known at deployment only, how many subnets there are may not. Its flow logs, its default security group,
   * the routes of its subnets, and what VPC Encryption Controls do in it are not known here, and not checked.
   */
  static fromPrivateNetworkAttributes(
    scope: Construct,
    id: string,
    attributes: PrivateNetworkAttributes,
  ): IPrivateNetwork {
    return new ImportedPrivateNetwork(scope, id, attributes);
  }

  /**
   * The network of the baseline, for a stack in its region.
   *
   * Endpoints that are added here lead to principals and resources of the account only.
   *
   * @throws TransmissionError where there is no baseline, or the stack is elsewhere
   */
  static fromBaseline(scope: Construct, id: string): IPrivateNetwork {
    const baseline = BaselineReference.of(scope);
    const hasPublicSubnets = baseline.has('network/public-subnet-ids');
    return new ImportedPrivateNetwork(scope, id, {
      vpcId: baseline.value(scope, 'network/vpc-id'),
      availabilityZones: baseline.list(scope, 'network/availability-zones'),
      privateSubnetIds: baseline.list(scope, 'network/private-subnet-ids'),
      privateSubnetRouteTableIds: baseline.list(scope, 'network/private-route-table-ids'),
      privateSubnetsHaveEgress: baseline.document.privateSubnetsHaveEgress,
      ...(hasPublicSubnets
        ? {
            publicSubnetIds: baseline.list(scope, 'network/public-subnet-ids'),
            publicSubnetRouteTableIds: baseline.list(scope, 'network/public-route-table-ids'),
          }
        : {}),
    });
  }

  readonly vpc: ec2.Vpc;
  /** The bucket that receives the flow logs. */
  readonly flowLogBucket: s3.IBucket;

  protected readonly organizationId: string | undefined;

  constructor(scope: Construct, id: string, props: PrivateNetworkProps = {}) {
    super(scope, id);
    const { availabilityZoneCount = 2, publicSubnets = false, natGateways = 0 } = props;
    this.checkRange(props.cidr);
    this.checkAvailabilityZones(availabilityZoneCount);
    this.checkNatGateways(publicSubnets, natGateways, availabilityZoneCount);
    checkExclusions(this, props.vpcEncryptionControl, props.vpcEncryptionExclusions ?? {});
    checkOrganizationId(this, props.organizationId);
    this.checkFlowLogBucket(props.flowLogBucket);

    this.organizationId = props.organizationId;
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr(props.cidr ?? '10.0.0.0/16'),
      maxAzs: availabilityZoneCount,
      natGateways,
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: subnets(publicSubnets, natGateways > 0),
    });
    // Public subnets bring one along.
    if (props.vpcOrigins === true && !publicSubnets) this.attachInternetGateway();
    const records = props.vpcEncryptionControl === undefined ? FLOW_LOGS : ENCRYPTION_FLOW_LOGS;
    this.flowLogBucket = props.flowLogBucket ?? createFlowLogBucket(this, records);
    logFlows(this, this.vpc, this.flowLogBucket, records);
    this.controlEncryption(props);
  }

  private attachInternetGateway(): void {
    const { ref: internetGatewayId } = new ec2.CfnInternetGateway(this, 'InternetGateway');
    new ec2.CfnVPCGatewayAttachment(this, 'InternetGatewayAttachment', {
      vpcId: this.vpc.vpcId,
      internetGatewayId,
    });
  }

  private controlEncryption(props: PrivateNetworkProps): void {
    const { vpcEncryptionControl: mode, vpcEncryptionExclusions: exclusions = {} } = props;
    if (mode === undefined) return;
    const present: (keyof VpcEncryptionExclusions)[] = [];
    if (props.publicSubnets || props.vpcOrigins) present.push('internetGateway');
    if ((props.natGateways ?? 0) > 0) present.push('natGateway');
    new VpcEncryptionControl(this, 'EncryptionControl', { vpc: this.vpc, mode, exclusions, present });
  }

  private checkRange(cidr: string | undefined): void {
    if (cidr === undefined) return;
    if (Token.isUnresolved(cidr)) throw this.notLiteral('cidr', 'since the subnets are cut out of it');
    const [, length] = /^\d{1,3}(?:\.\d{1,3}){3}\/(\d{1,2})$/.exec(cidr) ?? [];
    if (Number(length) >= 16 && Number(length) <= 28) return;
    throw invalidProperty(
      this,
      `'cidr' must be a range of IPv4 addresses from /16 to /28, which is what a network can have, got ${JSON.stringify(cidr.slice(0, 80))}, such as 10.0.0.0/16`,
    );
  }

  /** The CDK takes any number, and makes as many as it can. */
  private checkAvailabilityZones(count: number): void {
    if (Token.isUnresolved(count)) {
      throw this.notLiteral('availabilityZoneCount', 'since each has subnets in the template');
    }
    if (!Number.isInteger(count) || count < 1) {
      throw invalidProperty(
        this,
        `'availabilityZoneCount' must be a whole number of at least 1, got ${count}`,
      );
    }
    const known = Stack.of(this).availabilityZones.length;
    if (count <= known) return;
    throw invalidProperty(
      this,
      `'availabilityZoneCount' must be at most ${known}, the availability zones that the stack knows, got ${count}, ` +
        "override 'availabilityZones' of the stack",
    );
  }

  private checkNatGateways(publicSubnets: boolean, count: number, most: number): void {
    if (Token.isUnresolved(count)) throw this.notLiteral('natGateways', 'since each stands in the template');
    if (!Number.isInteger(count) || count < 0 || count > most) {
      throw invalidProperty(
        this,
        `'natGateways' must be a whole number from 0 to ${most}, one for each availability zone, got ${count}`,
      );
    }
    if (count === 0 || publicSubnets) return;
    throw invalidProperty(
      this,
      `'natGateways' must be 0 where 'publicSubnets' is false, since they stand in public subnets, got ${count}`,
    );
  }

  private checkFlowLogBucket(bucket: s3.IBucket | undefined): void {
    if (bucket === undefined) return;
    checkLogTarget(this, { property: 'flowLogBucket', bucket, kinds: [LogKind.VPC_FLOW] });
  }

  private notLiteral(property: string, why: string) {
    return invalidProperty(
      this,
      `'${property}' must be a literal, ${why}, got an unresolved value, read it from configuration`,
    );
  }
}

function subnets(publicSubnets: boolean, egress: boolean): ec2.SubnetConfiguration[] {
  const { PUBLIC, PRIVATE_WITH_EGRESS, PRIVATE_ISOLATED } = ec2.SubnetType;
  const open = { name: 'Public', subnetType: PUBLIC, mapPublicIpOnLaunch: false };
  const closed = { name: 'Private', subnetType: egress ? PRIVATE_WITH_EGRESS : PRIVATE_ISOLATED };
  return publicSubnets ? [open, closed] : [closed];
}
