import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkJwtValidation, type JwtValidation } from './jwt-validation';
import { TlsLoadBalancerBase } from './tls-load-balancer-base';

const HTTPS = 443;

/** What identifies a load balancer that exists already. */
export interface TlsLoadBalancerAttributes {
  /** The ARN of the load balancer. */
  readonly loadBalancerArn: string;
  /** The ARN of its TLS listener. */
  readonly listenerArn: string;
  /** The id of its security group. */
  readonly securityGroupId: string;
  /**
   * The network in which new targets live.
   *
   * @default - `addTargets` cannot be used, `addTargetGroup` can
   */
  readonly vpc?: ec2.IVpc;
  /**
   * Which clients get in by their tokens, on the routes that are added here: what the load balancer asks for elsewhere
   * does not hold for them.
   *
   * @default - clients are not asked for a token
   */
  readonly jwtValidation?: JwtValidation;
}

/** A load balancer that another stack or app defines. */
export class ImportedTlsLoadBalancer extends TlsLoadBalancerBase {
  readonly loadBalancerArn: string;
  readonly listenerArn: string;
  readonly connections: ec2.Connections;
  readonly loadBalancer: elbv2.IApplicationLoadBalancer;
  readonly listener: elbv2.IApplicationListener;
  protected readonly jwtValidation: JwtValidation | undefined;

  constructor(scope: Construct, id: string, attributes: TlsLoadBalancerAttributes) {
    super(scope, id);
    const { loadBalancerArn, listenerArn, securityGroupId, vpc } = attributes;
    checkJwtValidation(this, attributes.jwtValidation);
    this.jwtValidation = attributes.jwtValidation;
    this.loadBalancerArn = loadBalancerArn;
    this.listenerArn = listenerArn;
    this.loadBalancer = elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(
      this,
      'LoadBalancer',
      {
        loadBalancerArn,
        securityGroupId,
        vpc,
      },
    );
    // It lets nothing out by itself: the way to new targets is opened with them.
    const securityGroup = ec2.SecurityGroup.fromSecurityGroupId(this, 'SecurityGroup', securityGroupId, {
      allowAllOutbound: false,
    });
    this.connections = new ec2.Connections({
      securityGroups: [securityGroup],
      defaultPort: ec2.Port.tcp(HTTPS),
    });
    this.listener = elbv2.ApplicationListener.fromApplicationListenerAttributes(this, 'Listener', {
      listenerArn,
      securityGroup,
      defaultPort: HTTPS,
    });
  }

  protected override routeByDefault(): void {
    throw invalidProperty(
      this,
      "'priority' and 'conditions' must be set, the default route belongs to the stack that defines the load balancer",
    );
  }
}
