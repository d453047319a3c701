import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct, type IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import {
  type EndpointNetwork,
  type GatewayEndpointProps,
  gatewayEndpoint,
  type InterfaceEndpointProps,
  interfaceEndpoint,
} from './network-endpoint';

/** What Amazon EC2 takes for the description of a security group (API Reference, `CreateSecurityGroup`). */
const DESCRIPTION = /^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/;

/** A virtual private network in which nothing talks until it is asked to. */
export interface IPrivateNetwork extends IConstruct {
  /** The network. */
  readonly vpc: ec2.IVpc;

  /**
   * Leads from the private subnets to a service of AWS, without a way to the internet, for principals and resources
   * of the organisation, or account, only. Its name resolves to the endpoint in the whole network.
   *
   * @returns the endpoint, whose `connections` nobody may use but the peers, on port 443
   * @throws where the service is not on port 443, or an exception names everything or has no reason
   */
  addInterfaceEndpoint(id: string, props: InterfaceEndpointProps): ec2.InterfaceVpcEndpoint;
  /**
   * Leads from all subnets to Amazon S3 or Amazon DynamoDB, without a way to the internet, for principals and
   * resources of the organisation, or account, only.
   *
   * Security groups without egress need a rule for the service's prefix list.
   *
   * @throws where an exception names everything or has no reason
   */
  addGatewayEndpoint(id: string, props: GatewayEndpointProps): ec2.GatewayVpcEndpoint;
  /**
   * A security group that lets nothing in and nothing out until `connections` are allowed.
   *
   * @param description what belongs to it, in at most 255 characters of ASCII; a change replaces the group
   */
  addSecurityGroup(id: string, description: string): ec2.SecurityGroup;
}

/** What a network can do whether it is defined here or elsewhere. */
export abstract class PrivateNetworkBase extends Construct implements IPrivateNetwork {
  abstract readonly vpc: ec2.IVpc;
  protected abstract readonly organizationId: string | undefined;

  addInterfaceEndpoint(id: string, props: InterfaceEndpointProps): ec2.InterfaceVpcEndpoint {
    return interfaceEndpoint(this, id, this.endpointNetwork(), props);
  }

  addGatewayEndpoint(id: string, props: GatewayEndpointProps): ec2.GatewayVpcEndpoint {
    return gatewayEndpoint(this, id, this.endpointNetwork(), props);
  }

  addSecurityGroup(id: string, description: string): ec2.SecurityGroup {
    if (!Token.isUnresolved(description) && !DESCRIPTION.test(description)) {
      throw invalidProperty(
        this,
        "'description' must be 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, which is what Amazon EC2 takes, " +
          `got ${JSON.stringify(description.slice(0, 80))} of ${description.length} characters, say it shorter or in ASCII`,
      );
    }
    return new ec2.SecurityGroup(this, id, { vpc: this.vpc, description, allowAllOutbound: false });
  }

  private endpointNetwork(): EndpointNetwork {
    return { vpc: this.vpc, organizationId: this.organizationId };
  }
}
