import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { TlsProfile } from '../../core/tls';
import { checkLogTarget, LogBucket, LogKind } from '../log-store';
import { ACCESS_PREFIX, logAccess } from './access-log';
import {
  ImportedTlsNetworkLoadBalancer,
  type TlsNetworkLoadBalancerAttributes,
} from './imported-tls-network-load-balancer';
import {
  CERTIFICATE_QUOTA,
  type ITlsNetworkLoadBalancer,
  TlsNetworkLoadBalancerBase,
} from './tls-network-load-balancer-base';

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
   * each connection: that of another load balancer, or any in the same region. Listeners that pass bytes on leave
   * nothing in it. It may be encrypted with a key of yours. Its policy is extended, and that of the key, unless they
   * were imported.
   *
   * @default - a new `LogBucket` of kind `NLB_ACCESS`, with a key of its own
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

/**
 * A load balancer for any protocol inside TLS: its listeners end TLS, and it speaks TLS to the targets.
 *
 * Clients negotiate what the TLS profile allows, by a policy that is always named; nobody may connect, and it connects
 * to nobody, until asked. Towards targets it encrypts and does not authenticate, see `TlsTargetGroup`. Where targets
 * must end TLS themselves, `addPassThroughListener` takes a reason.
 */
export class TlsNetworkLoadBalancer extends TlsNetworkLoadBalancerBase {
  /**
   * A load balancer that another stack or app defines, by ARNs and ids that may be known at deployment only.
   *
   * Its listeners, certificates, ports and log are not known here, and not checked: certificates and ports are counted
   * from here on.
   */
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
    if (props.logBucket !== undefined) {
      checkLogTarget(this, { property: 'logBucket', bucket: props.logBucket, kinds: [LogKind.NLB_ACCESS] });
    }

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

    this.logBucket = props.logBucket ?? this.createLogBucket();
    logAccess(this.loadBalancer, this.logBucket);
    for (const peer of props.allowedPeers ?? []) this.allowFrom(peer);
  }

  private createLogBucket(): s3.IBucket {
    return new LogBucket(this, 'Logs', { kind: LogKind.NLB_ACCESS, prefix: ACCESS_PREFIX }).bucket;
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
