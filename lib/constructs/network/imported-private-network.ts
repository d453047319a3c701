import { Annotations, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkOrganizationId, type GatewayEndpointProps } from './network-endpoint';
import { PrivateNetworkBase } from './private-network-base';

/** What identifies a network that exists already. */
export interface PrivateNetworkAttributes {
  /** The id of the network. */
  readonly vpcId: string;
  /**
   * Its availability zones, in the order of the subnets. The list is a literal, what is in it may be known at
   * deployment only (`Fn.select`).
   */
  readonly availabilityZones: string[];
  /** The ids of its private subnets, one or more for each availability zone, zone by zone in their order. */
  readonly privateSubnetIds: string[];
  /**
   * The ids of the route tables of its private subnets, in their order.
   *
   * @default - `addGatewayEndpoint` cannot be used
   */
  readonly privateSubnetRouteTableIds?: string[];
  /**
   * Whether the private subnets have a way to the internet, by NAT gateways. It decides how they are found:
   * `SubnetType.PRIVATE_WITH_EGRESS`, or `PRIVATE_ISOLATED`.
   *
   * @default false
   */
  readonly privateSubnetsHaveEgress?: boolean;
  /**
   * The ids of its public subnets, one or more for each availability zone, zone by zone in their order.
   *
   * @default - it has none: no load balancer in it can face the internet
   */
  readonly publicSubnetIds?: string[];
  /**
   * The ids of the route tables of its public subnets, in their order.
   *
   * @default - `addGatewayEndpoint` cannot be used where there are public subnets
   */
  readonly publicSubnetRouteTableIds?: string[];
  /**
   * Its range of addresses, in CIDR notation.
   *
   * @default - what asks for `vpc.vpcCidrBlock` fails
   */
  readonly cidr?: string;
  /**
   * The id of the organisation, such as `o-a1b2c3d4e5`, whose principals may reach its resources through endpoints that
   * are added here.
   *
   * @default - they lead only from principals of this account to resources of this account
   */
  readonly organizationId?: string;
}

/** A network that another stack or app defines. */
export class ImportedPrivateNetwork extends PrivateNetworkBase {
  readonly vpc: ec2.IVpc;
  protected readonly organizationId: string | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly attributes: PrivateNetworkAttributes,
  ) {
    super(scope, id);
    checkOrganizationId(this, attributes.organizationId);
    this.checkLists(attributes);
    this.organizationId = attributes.organizationId;
    const { vpcId, availabilityZones, publicSubnetIds, publicSubnetRouteTableIds, cidr } = attributes;
    this.vpc = ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId,
      availabilityZones,
      vpcCidrBlock: cidr,
      publicSubnetIds,
      publicSubnetRouteTableIds,
      ...privateSubnets(attributes),
    });
    // Where they are needed, `addGatewayEndpoint` says so.
    Annotations.of(this).acknowledgeWarning('@aws-cdk/aws-ec2:noSubnetRouteTableId');
  }

  override addGatewayEndpoint(id: string, props: GatewayEndpointProps): ec2.GatewayVpcEndpoint {
    const { privateSubnetRouteTableIds, publicSubnetIds, publicSubnetRouteTableIds } = this.attributes;
    if (privateSubnetRouteTableIds === undefined) throw this.lacks('privateSubnetRouteTableIds');
    if (publicSubnetIds !== undefined && publicSubnetRouteTableIds === undefined) {
      throw this.lacks('publicSubnetRouteTableIds');
    }
    return super.addGatewayEndpoint(id, props);
  }

  private checkLists(attributes: PrivateNetworkAttributes): void {
    const { availabilityZones, privateSubnetIds, publicSubnetIds } = attributes;
    this.checkList('availabilityZones', availabilityZones);
    this.checkSubnets('privateSubnetIds', privateSubnetIds, availabilityZones.length);
    if (publicSubnetIds !== undefined) {
      this.checkSubnets('publicSubnetIds', publicSubnetIds, availabilityZones.length);
    }
    this.checkTables('private', privateSubnetIds, attributes.privateSubnetRouteTableIds);
    this.checkTables('public', publicSubnetIds ?? [], attributes.publicSubnetRouteTableIds);
  }

  /** The CDK takes such a list for one of a single subnet, and warns. */
  private checkList(property: string, list: string[]): void {
    if (Token.isUnresolved(list)) {
      throw invalidProperty(
        this,
        `'${property}' must be a list whose length is known at synthesis, got an unresolved value, split it into a list ` +
          'of known length: Fn.split(",", text, 2)',
      );
    }
    if (list.length === 0) throw invalidProperty(this, `'${property}' must not be empty, name at least one`);
  }

  private checkSubnets(property: string, subnets: string[], zones: number): void {
    this.checkList(property, subnets);
    if (subnets.length % zones === 0) return;
    throw invalidProperty(
      this,
      `'${property}' must hold as many subnets for each of the ${zones} availability zones, got ${subnets.length}, name them zone by zone`,
    );
  }

  private checkTables(kind: 'private' | 'public', subnets: string[], tables: string[] | undefined): void {
    if (tables === undefined) return;
    const property = `${kind}SubnetRouteTableIds`;
    this.checkList(property, tables);
    if (tables.length === subnets.length) return;
    throw invalidProperty(
      this,
      `'${property}' must hold one route table for each of '${kind}SubnetIds', got ${tables.length} for ${subnets.length}, repeat one that several subnets share`,
    );
  }

  private lacks(property: string) {
    return invalidProperty(
      this,
      `'${property}' must be among the attributes of an imported network to add a gateway endpoint`,
    );
  }
}

function privateSubnets(attributes: PrivateNetworkAttributes) {
  const { privateSubnetIds, privateSubnetRouteTableIds, privateSubnetsHaveEgress = false } = attributes;
  return privateSubnetsHaveEgress
    ? { privateSubnetIds, privateSubnetRouteTableIds }
    : { isolatedSubnetIds: privateSubnetIds, isolatedSubnetRouteTableIds: privateSubnetRouteTableIds };
}
