import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { TlsProfile } from '../../core/tls';
import { BaselineReference } from '../baseline';
import { invalidProperty } from '../invalid-property';
import { LogBucket, LogKind } from '../log-store';
import { PrivateNetwork } from '../network';
import { ACCESS_PREFIX, logRequests } from './access-logs';
import { DefaultRoute } from './default-route';
import { ImportedTlsLoadBalancer, type TlsLoadBalancerAttributes } from './imported-tls-load-balancer';
import type { JwtValidation } from './jwt-validation';
import { strictTransportSecurityHeader } from './strict-transport-security';
import { checkSurroundings } from './surroundings';
import { type ITlsLoadBalancer, TlsLoadBalancerBase } from './tls-load-balancer-base';
import type { TlsLoadBalancerProps } from './tls-load-balancer-props';

const HTTPS = 443;
const HTTP = 80;

/**
 * A load balancer for HTTP that speaks TLS only, on both sides.
 *
 * Clients negotiate what the TLS profile allows, by a policy that is always named; nobody may connect until
 * asked; requests that match no route get a 404. Towards targets it encrypts and does not authenticate, which is
 * all that Elastic Load Balancing offers, see `HttpsTargetGroup`. Access logs and connection logs lie in one bucket.
 */
export class TlsLoadBalancer extends TlsLoadBalancerBase {
  /**
   * A load balancer that another stack or app defines, which routes can be added to.
   *
   * Its TLS policy, certificates, logs, web ACL and what it asks clients for are not known here, and not checked; nor
   * is how many rules and certificates its listener has already. Its default route stays as it is.
   */
  static fromTlsLoadBalancerAttributes(
    scope: Construct,
    id: string,
    attributes: TlsLoadBalancerAttributes,
  ): ITlsLoadBalancer {
    return new ImportedTlsLoadBalancer(scope, id, attributes);
  }

  /**
   * The load balancer of the baseline, for a stack in its region. New targets live in the network of the baseline.
   *
   * @throws TransmissionError where there is no baseline, or the stack is elsewhere
   */
  static fromBaseline(scope: Construct, id: string): ITlsLoadBalancer {
    const baseline = BaselineReference.of(scope);
    return new ImportedTlsLoadBalancer(scope, id, {
      loadBalancerArn: baseline.value(scope, 'load-balancer/arn'),
      listenerArn: baseline.value(scope, 'load-balancer/listener-arn'),
      securityGroupId: baseline.value(scope, 'load-balancer/security-group-id'),
      vpc: PrivateNetwork.fromBaseline(scope, `${id}Network`).vpc,
    });
  }

  readonly loadBalancerArn: string;
  readonly listenerArn: string;
  readonly connections: ec2.Connections;
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  readonly listener: elbv2.ApplicationListener;
  /** The bucket that receives access logs and connection logs. */
  readonly logBucket: s3.IBucket;
  /** What clients may negotiate. */
  readonly tlsProfile: TlsProfile;

  protected readonly jwtValidation: JwtValidation | undefined;
  private readonly defaultRoute: DefaultRoute;
  private readonly ports = [HTTPS];

  constructor(scope: Construct, id: string, props: TlsLoadBalancerProps) {
    super(scope, id);
    const managed = [props.certificate, ...(props.additionalCertificates ?? [])];
    const certificates = managed.flatMap((certificate) => certificate.certificates);
    checkSurroundings(this, certificates, props);
    const hsts = strictTransportSecurityHeader(this, props.strictTransportSecurity);
    this.jwtValidation = props.jwtValidation;
    this.tlsProfile = props.tlsProfile ?? TlsProfile.TLS_1_2_OR_NEWER;

    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      description: 'Connections to and from a TLS load balancer',
      allowAllOutbound: false,
    });
    this.connections = new ec2.Connections({
      securityGroups: [securityGroup],
      defaultPort: ec2.Port.tcp(HTTPS),
    });
    this.loadBalancer = this.createLoadBalancer(props, securityGroup);
    this.loadBalancerArn = this.loadBalancer.loadBalancerArn;
    this.defaultRoute = new DefaultRoute(props.jwtValidation);
    this.listener = this.createListener(certificates, hsts);
    props.clientCertificates?.applyTo(this.listener.node.defaultChild as elbv2.CfnListener);
    this.listenerArn = this.listener.listenerArn;

    this.logBucket = props.logBucket ?? this.createLogBucket();
    logRequests(this.loadBalancer, this.logBucket);
    if (props.httpRedirect) this.redirect();
    props.webAcl?.protectLoadBalancer(this);
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

  /** Lets somebody connect: to the TLS port, and to port 80 where that redirects. */
  allowFrom(other: ec2.IConnectable): void {
    for (const port of this.ports) {
      this.connections.allowFrom(other, ec2.Port.tcp(port), port === HTTP ? 'Redirect to TLS' : 'TLS');
    }
  }

  protected override routeByDefault(targetGroup: elbv2.IApplicationTargetGroup): void {
    if (this.defaultRoute.isTaken) {
      throw invalidProperty(
        this,
        "the default route is taken, set 'priority' and 'conditions' for the second target group",
      );
    }
    this.defaultRoute.forward(this.listener, targetGroup);
  }

  private createLoadBalancer(props: TlsLoadBalancerProps, securityGroup: ec2.ISecurityGroup) {
    return new elbv2.ApplicationLoadBalancer(this, 'Resource', {
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
      internetFacing: props.internetFacing ?? false,
      securityGroup,
      deletionProtection: props.deletionProtection ?? true,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: elbv2.DesyncMitigationMode.STRICTEST,
    });
  }

  private createLogBucket(): s3.IBucket {
    return new LogBucket(this, 'Logs', { kind: LogKind.ALB_ACCESS, prefix: ACCESS_PREFIX }).bucket;
  }

  private createListener(certificates: acm.ICertificate[], hsts: string): elbv2.ApplicationListener {
    const listener = this.loadBalancer.addListener('Listener', {
      protocol: elbv2.ApplicationProtocol.HTTPS,
      port: HTTPS,
      open: false,
      certificates,
      // The CDK's enum lacks names that AWS has; the property takes any.
      sslPolicy: this.tlsProfile.policyFor('elbv2').name as elbv2.SslPolicy,
      defaultAction: this.defaultRoute,
    });
    listener.setAttribute('routing.http.response.strict_transport_security.header_value', hsts);
    listener.setAttribute('routing.http.response.server.enabled', 'false');
    return listener;
  }

  private redirect(): void {
    this.loadBalancer.addRedirect({ sourcePort: HTTP, targetPort: HTTPS, open: false });
    this.ports.push(HTTP);
  }
}
