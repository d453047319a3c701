import type { Duration } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { checkTargetGroup } from '../target-group';

/** Properties of an `HttpsTargetGroup`: those of an application target group, without a choice of protocol. */
export interface HttpsTargetGroupProps extends elbv2.BaseTargetGroupProps {
  /**
   * The port on which targets speak TLS.
   *
   * @default 443
   */
  readonly port?: number;
  /**
   * The version of HTTP that is spoken inside TLS.
   *
   * @default - HTTP/1.1
   */
  readonly protocolVersion?: elbv2.ApplicationProtocolVersion;
  /**
   * The targets.
   *
   * @default - none, or those that register themselves
   */
  readonly targets?: elbv2.IApplicationLoadBalancerTarget[];
  /**
   * How long a new target gets a growing share of requests only.
   *
   * @default - a full share at once
   */
  readonly slowStart?: Duration;
  /**
   * How requests are shared out among the targets.
   *
   * @default TargetGroupLoadBalancingAlgorithmType.ROUND_ROBIN
   */
  readonly loadBalancingAlgorithmType?: elbv2.TargetGroupLoadBalancingAlgorithmType;
  /**
   * How long a client stays with one target.
   *
   * @default - it does not
   */
  readonly stickinessCookieDuration?: Duration;
}

/**
 * Targets of an application load balancer that are reached, and health-checked, over TLS only.
 *
 * This encrypts and does not authenticate: a load balancer does not verify the certificates of its targets, and
 * the TLS versions that it offers them begin at 1.0 and cannot be chosen. Restrict them on the targets.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-routing-configuration
 */
export class HttpsTargetGroup extends elbv2.ApplicationTargetGroup {
  constructor(scope: Construct, id: string, props: HttpsTargetGroupProps = {}) {
    super(scope, id, {
      ...props,
      protocol: elbv2.ApplicationProtocol.HTTPS,
      port: props.port ?? 443,
      healthCheck: checkTargetGroup(scope, id, props),
    });
  }

  /** Replaces the health check. It stays on TLS. */
  override configureHealthCheck(healthCheck: elbv2.HealthCheck): void {
    const { scope = this, id } = this.node;
    super.configureHealthCheck(checkTargetGroup(scope, id, { healthCheck }));
  }
}
