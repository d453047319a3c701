import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { TlsProfile } from '../../core/tls';
import { TlsNetworkLoadBalancerBase } from './tls-network-load-balancer-base';

/** What identifies a network load balancer that exists already. */
export interface TlsNetworkLoadBalancerAttributes {
  /** The ARN of the load balancer. */
  readonly loadBalancerArn: string;
  /** The id of its security group. */
  readonly securityGroupId: string;
  /**
   * The network in which new targets live.
   *
   * @default - listeners take a `targetGroup` only
   */
  readonly vpc?: ec2.IVpc;
  /**
   * What clients of new listeners may negotiate.
   *
   * @default TlsProfile.TLS_1_2_OR_NEWER
   */
  readonly tlsProfile?: TlsProfile;
}

/** A load balancer that another stack or app defines. */
export class ImportedTlsNetworkLoadBalancer extends TlsNetworkLoadBalancerBase {
  readonly loadBalancerArn: string;
  readonly connections: ec2.Connections;
  readonly loadBalancer: elbv2.INetworkLoadBalancer;
  readonly tlsProfile: TlsProfile;

  constructor(scope: Construct, id: string, attributes: TlsNetworkLoadBalancerAttributes) {
    super(scope, id);
    const { loadBalancerArn, securityGroupId, vpc, tlsProfile } = attributes;
    this.loadBalancerArn = loadBalancerArn;
    this.tlsProfile = tlsProfile ?? TlsProfile.TLS_1_2_OR_NEWER;
    this.loadBalancer = elbv2.NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(this, 'LoadBalancer', {
      loadBalancerArn,
      loadBalancerSecurityGroups: [securityGroupId],
      vpc,
    });
    this.connections = new ec2.Connections({
      securityGroups: [
        ec2.SecurityGroup.fromSecurityGroupId(this, 'SecurityGroup', securityGroupId, {
          // It lets nothing out by itself: the way to new targets is opened with them.
          allowAllOutbound: false,
        }),
      ],
    });
  }
}
