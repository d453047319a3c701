import { Token } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct, type IConstruct } from 'constructs';
import type { TlsProfile } from '../../core/tls';
import { invalidProperty } from '../invalid-property';
import { checkPort } from '../target-group';
import { type ListenerTargets, targetPorts } from './listener-targets';
import {
  type AddPassThroughListenerProps,
  type AddTlsListenerProps,
  certificatesOf,
  createPassThroughListener,
  createTlsListener,
} from './listeners';

const HTTPS = 443;
/**
 * Certificates per Network Load Balancer, all its listeners together, unless AWS has raised the quota.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
 */
export const CERTIFICATE_QUOTA = 25;

/** A network load balancer whose listeners speak TLS. */
export interface ITlsNetworkLoadBalancer extends IConstruct, ec2.IConnectable {
  /**
   * The ARN of the load balancer.
   *
   * @attribute
   */
  readonly loadBalancerArn: string;

  /** Adds a listener that ends TLS and sends what comes in to targets over TLS. */
  addTlsListener(id: string, props: AddTlsListenerProps): elbv2.NetworkListener;
  /** Adds a listener that hands bytes on to targets that end TLS themselves, for a reason. */
  addPassThroughListener(id: string, props: AddPassThroughListenerProps): elbv2.NetworkListener;
  /** Lets somebody connect to every listener that is added here, those to come included. */
  allowFrom(other: ec2.IConnectable): void;
  /** A metric of the load balancer. */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Clients that could not agree on TLS: scanners, and clients older than the TLS profile allows. */
  metricClientTlsNegotiationErrorCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Targets that could not agree on TLS with the load balancer. */
  metricTargetTlsNegotiationErrorCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What a load balancer can do whether it is defined here or elsewhere. */
export abstract class TlsNetworkLoadBalancerBase extends Construct implements ITlsNetworkLoadBalancer {
  abstract readonly loadBalancerArn: string;
  abstract readonly connections: ec2.Connections;
  /** The load balancer underneath. What is changed there escapes the checks of this construct. */
  abstract readonly loadBalancer: elbv2.INetworkLoadBalancer;
  /** What clients may negotiate, on listeners that do not say otherwise. */
  abstract readonly tlsProfile: TlsProfile;

  protected certificateQuota = CERTIFICATE_QUOTA;
  private readonly certificates: acm.ICertificate[] = [];
  private readonly peers: ec2.IConnectable[] = [];
  private readonly ports: number[] = [];

  addTlsListener(id: string, props: AddTlsListenerProps): elbv2.NetworkListener {
    const port = props.port ?? HTTPS;
    this.checkPorts(port, props);
    this.checkCertificates(certificatesOf(props));
    const listener = createTlsListener(this, id, this, { ...props, port });
    this.connect(port, props);
    return listener;
  }

  addPassThroughListener(id: string, props: AddPassThroughListenerProps): elbv2.NetworkListener {
    const port = props.port ?? HTTPS;
    this.checkPorts(port, props);
    const listener = createPassThroughListener(this, id, this, { ...props, port });
    this.connect(port, props);
    return listener;
  }

  allowFrom(other: ec2.IConnectable): void {
    this.peers.push(other);
    for (const port of this.ports) this.open(other, port);
  }

  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.loadBalancer.metrics.custom(metricName, options);
  }

  metricClientTlsNegotiationErrorCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('ClientTLSNegotiationErrorCount', { statistic: 'Sum', ...options });
  }

  metricTargetTlsNegotiationErrorCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('TargetTLSNegotiationErrorCount', { statistic: 'Sum', ...options });
  }

  private connect(port: number, props: ListenerTargets): void {
    this.ports.push(port);
    for (const peer of this.peers) this.open(peer, port);
    for (const target of props.targetPeers ?? []) {
      for (const targetPort of targetPorts(port, props)) {
        // From their side: where they are of another stack, the rules are too, and this one does not come to need it.
        target.connections.allowFrom(this, ec2.Port.tcp(targetPort), 'Targets of the load balancer');
      }
    }
  }

  private open(peer: ec2.IConnectable, port: number): void {
    this.connections.allowFrom(peer, ec2.Port.tcp(port), 'Clients of the load balancer');
  }

  private checkPorts(port: number, { targetPort }: ListenerTargets): void {
    if (Token.isUnresolved(port)) {
      throw invalidProperty(
        this,
        "'port' must be a literal, since listeners are told apart by it, got an unresolved value, read it from configuration",
      );
    }
    checkPort(this, 'port', port);
    checkPort(this, 'targetPort', targetPort);
    if (!this.ports.includes(port)) return;
    throw invalidProperty(this, `'port' must differ between listeners, got ${port} twice, choose another`);
  }

  private checkCertificates(added: acm.ICertificate[]): void {
    const total = this.certificates.length + added.length;
    if (!Token.isUnresolved(this.certificateQuota) && total > this.certificateQuota) {
      throw invalidProperty(
        this,
        `'additionalCertificates' must leave the load balancer with at most ${this.certificateQuota} certificates on all its listeners, twins included, got ${total}, define a second load balancer, or have the quota raised and say so in 'certificateQuota'`,
      );
    }
    this.certificates.push(...added);
  }
}
