import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct, type IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { behindTokens, type JwtValidation } from './jwt-validation';
import {
  type AddTargetGroupProps,
  type AddTargetsProps,
  checkRoute,
  checkTargetGroup,
  createTargetGroup,
} from './target-routes';

/** A load balancer that speaks TLS only. */
export interface ITlsLoadBalancer extends IConstruct, ec2.IConnectable {
  /**
   * The ARN of the load balancer.
   *
   * @attribute
   */
  readonly loadBalancerArn: string;
  /**
   * The ARN of its TLS listener.
   *
   * @attribute
   */
  readonly listenerArn: string;

  /** Sends requests to new targets, over TLS. */
  addTargets(id: string, props: AddTargetsProps): elbv2.ApplicationTargetGroup;
  /** Sends requests to a target group that exists. */
  addTargetGroup(id: string, props: AddTargetGroupProps): void;
  /** A metric of the load balancer. */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Clients that could not agree on TLS: scanners, and clients older than the TLS profile allows. */
  metricClientTlsNegotiationErrorCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Targets that could not agree on TLS with the load balancer. */
  metricTargetTlsNegotiationErrorCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What a load balancer can do whether it is defined here or elsewhere. */
export abstract class TlsLoadBalancerBase extends Construct implements ITlsLoadBalancer {
  abstract readonly loadBalancerArn: string;
  abstract readonly listenerArn: string;
  abstract readonly connections: ec2.Connections;
  /** The load balancer underneath. What is changed there escapes the checks of this construct. */
  abstract readonly loadBalancer: elbv2.IApplicationLoadBalancer;
  /** The TLS listener underneath. What is changed there escapes the checks of this construct. */
  abstract readonly listener: elbv2.IApplicationListener;
  /** Which clients get in by their tokens, on every route. */
  protected abstract readonly jwtValidation: JwtValidation | undefined;

  addTargets(id: string, props: AddTargetsProps): elbv2.ApplicationTargetGroup {
    const { vpc } = this.loadBalancer;
    if (vpc === undefined) {
      throw invalidProperty(
        this,
        "'vpc' must be among the attributes of an imported load balancer to add targets",
      );
    }
    const targetGroup = createTargetGroup(this, id, vpc, props);
    this.addTargetGroup(`${id}Route`, { ...props, targetGroup });
    return targetGroup;
  }

  addTargetGroup(id: string, props: AddTargetGroupProps): void {
    checkRoute(this, props);
    checkTargetGroup(this, props);
    const { targetGroup, priority, conditions } = props;
    if (priority === undefined) this.routeByDefault(targetGroup);
    else {
      const action = behindTokens(this.jwtValidation, elbv2.ListenerAction.forward([targetGroup]));
      this.listener.addAction(id, { action, priority, conditions, removeSuffix: true });
    }
  }

  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.loadBalancer.metrics.custom(metricName, options);
  }

  metricClientTlsNegotiationErrorCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.loadBalancer.metrics.clientTlsNegotiationErrorCount(options);
  }

  metricTargetTlsNegotiationErrorCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.loadBalancer.metrics.targetTLSNegotiationErrorCount(options);
  }

  protected abstract routeByDefault(targetGroup: elbv2.IApplicationTargetGroup): void;
}
