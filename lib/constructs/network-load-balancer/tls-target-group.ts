import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { checkTargetGroup } from '../target-group';

/** Properties of a `TlsTargetGroup`: those of a network target group, without a choice of protocol. */
export interface TlsTargetGroupProps extends elbv2.BaseTargetGroupProps {
  /**
   * The port on which targets speak TLS.
   *
   * @default 443
   */
  readonly port?: number;
  /**
   * The targets.
   *
   * @default - none, or those that register themselves
   */
  readonly targets?: elbv2.INetworkLoadBalancerTarget[];
  /**
   * Whether targets see the address of the client in place of the load balancer's.
   *
   * Targets must then lie in its network or a peered one, and must not be clients themselves. Their security groups
   * can name that of the load balancer either way.
   *
   * @default - instances see the address of the client, IP addresses that of the load balancer
   */
  readonly preserveClientIp?: boolean;
  /**
   * Whether the load balancer puts the address of the client before each connection (proxy protocol, version 2), which
   * targets must expect.
   *
   * @default false
   */
  readonly proxyProtocolV2?: boolean;
  /**
   * Whether connections are ended when the time for deregistration is over.
   *
   * @default false
   */
  readonly connectionTermination?: boolean;
}

/**
 * Targets of a network load balancer that are reached over TLS, behind a TLS listener.
 *
 * This encrypts and does not authenticate: the load balancer does not verify the certificates of its targets, and the
 * TLS versions that it offers them begin at 1.0 and cannot be chosen. Restrict them on the targets.
 *
 * Health checks are HTTPS, or TCP where targets speak another protocol inside TLS: that opens a connection and sends
 * nothing. There are no checks that speak TLS alone.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 */
export class TlsTargetGroup extends elbv2.NetworkTargetGroup {
  constructor(scope: Construct, id: string, props: TlsTargetGroupProps = {}) {
    super(scope, id, {
      ...props,
      // A group that stands alone would be TCP.
      protocol: elbv2.Protocol.TLS,
      port: props.port ?? 443,
      healthCheck: checkTargetGroup(scope, id, props, elbv2.Protocol.TCP),
    });
  }

  /** Replaces the health check. It stays out of the clear. */
  override configureHealthCheck(healthCheck: elbv2.HealthCheck): void {
    const { scope = this, id } = this.node;
    super.configureHealthCheck(checkTargetGroup(scope, id, { healthCheck }, elbv2.Protocol.TCP));
  }
}
