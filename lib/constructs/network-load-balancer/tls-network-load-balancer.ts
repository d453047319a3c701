import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { TlsProfile } from '../../core/tls';
import { LogBucket } from '../log-store';
import { logAccess } from './access-log';
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
const CERTIFICATE_QUOTA = 25;

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

/** Properties of a `TlsNetworkLoadBalancer`. */
export interface TlsNetworkLoadBalancerProps {
  /** The network in which it stands. */
  readonly vpc: ec2.IVpc;
  /**
   * The subnets in which it stands.
   *
   * @default - the private subnets, or the public ones with `internetFacing`
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /**
   * Whether it has public addresses. Who may connect is still said by `allowedPeers`.
   *
   * @default false
   */
  readonly internetFacing?: boolean;
  /**
   * What clients may negotiate, on listeners that do not say otherwise.
   *
   * @default TlsProfile.TLS_1_2_OR_NEWER
   */
  readonly tlsProfile?: TlsProfile;
  /**
   * Who may connect to the listeners.
   *
   * @default - nobody, until `allowFrom` or `connections` says otherwise
   */
  readonly allowedPeers?: ec2.IPeer[];
  /**
   * Whether each zone sends to the targets of all zones, so that a zone without a healthy one still answers. Traffic
   * between zones is billed.
   *
   * @default true
   */
  readonly crossZoneEnabled?: boolean;
  /**
   * The bucket that receives the access log (`access/`), which names the TLS version, cipher suite and key agreement of
   * each connection. Listeners that pass bytes on leave nothing in it. It may be encrypted with a key of this account,
   * whose policy is extended.
   *
   * @default - a new `LogBucket`
   */
  readonly logBucket?: s3.IBucket;
  /**
   * Whether AWS refuses to delete it.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * How many certificates its listeners may hold together, twins included, where AWS has raised the quota.
   *
   * @default 25
   */
  readonly certificateQuota?: number;
}

abstract class TlsNetworkLoadBalancerBase extends Construct implements ITlsNetworkLoadBalancer {
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
    this.checkPort(port);
    this.checkCertificates(certificatesOf(props));
    const listener = createTlsListener(this, id, this, { ...props, port });
    this.connect(port, props);
    return listener;
  }

  addPassThroughListener(id: string, props: AddPassThroughListenerProps): elbv2.NetworkListener {
    const port = props.port ?? HTTPS;
    this.checkPort(port);
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
        this.connections.allowTo(target, ec2.Port.tcp(targetPort), 'Targets of the load balancer');
      }
    }
  }

  private open(peer: ec2.IConnectable, port: number): void {
    this.connections.allowFrom(peer, ec2.Port.tcp(port), 'Clients of the load balancer');
  }

  private checkPort(port: number): void {
    if (!this.ports.includes(port)) return;
    throw this.invalid(`'port' must differ between listeners, got ${port} twice, choose another`);
  }

  private checkCertificates(added: acm.ICertificate[]): void {
    const total = this.certificates.length + added.length;
    if (total > this.certificateQuota) {
      throw this.invalid(
        `'additionalCertificates' must leave the load balancer with at most ${this.certificateQuota} certificates on all its listeners, twins included, got ${total}, define a second load balancer, or have the quota raised and say so in 'certificateQuota'`,
      );
    }
    this.certificates.push(...added);
  }

  protected invalid(message: string): TransmissionError {
    return new TransmissionError('InvalidProperty', message, this.node.path);
  }
}

class ImportedTlsNetworkLoadBalancer extends TlsNetworkLoadBalancerBase {
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
    this.connections = this.loadBalancer.connections;
  }
}

/**
 * A load balancer for any protocol inside TLS: its listeners end TLS, and it speaks TLS to the targets.
 *
 * Clients negotiate what the TLS profile allows, by a policy that is always named; nobody may connect, and it connects
 * to nobody, until asked. Towards targets it encrypts and does not authenticate, see `TlsTargetGroup`. Where targets
 * must end TLS themselves, `addPassThroughListener` takes a reason.
 */
export class TlsNetworkLoadBalancer extends TlsNetworkLoadBalancerBase {
  /** A load balancer that another stack or app defines. Certificates and ports are counted from here on. */
  static fromTlsNetworkLoadBalancerAttributes(
    scope: Construct,
    id: string,
    attributes: TlsNetworkLoadBalancerAttributes,
  ): ITlsNetworkLoadBalancer {
    return new ImportedTlsNetworkLoadBalancer(scope, id, attributes);
  }

  readonly loadBalancerArn: string;
  readonly connections: ec2.Connections;
  readonly loadBalancer: elbv2.NetworkLoadBalancer;
  readonly tlsProfile: TlsProfile;
  /** The bucket that receives the access log. */
  readonly logBucket: s3.IBucket;

  constructor(scope: Construct, id: string, props: TlsNetworkLoadBalancerProps) {
    super(scope, id);
    this.tlsProfile = props.tlsProfile ?? TlsProfile.TLS_1_2_OR_NEWER;
    this.certificateQuota = props.certificateQuota ?? CERTIFICATE_QUOTA;

    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      description: 'Connections to and from a TLS network load balancer',
      allowAllOutbound: false,
    });
    this.loadBalancer = new elbv2.NetworkLoadBalancer(this, 'Resource', {
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
      internetFacing: props.internetFacing ?? false,
      // One that is made without a security group never gets one.
      securityGroups: [securityGroup],
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: true,
      crossZoneEnabled: props.crossZoneEnabled ?? true,
      deletionProtection: props.deletionProtection ?? true,
    });
    this.loadBalancerArn = this.loadBalancer.loadBalancerArn;
    this.connections = this.loadBalancer.connections;

    this.logBucket = props.logBucket ?? new LogBucket(this, 'Logs').bucket;
    logAccess(this.loadBalancer, this.logBucket);
    for (const peer of props.allowedPeers ?? []) this.allowFrom(peer);
  }

  /** The name under which it can be reached, for an alias record. */
  get loadBalancerDnsName(): string {
    return this.loadBalancer.loadBalancerDnsName;
  }

  /** The hosted zone of that name, for an alias record. */
  get loadBalancerCanonicalHostedZoneId(): string {
    return this.loadBalancer.loadBalancerCanonicalHostedZoneId;
  }
}
