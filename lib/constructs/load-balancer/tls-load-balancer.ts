import { Stack, Token } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { TlsProfile } from '../../core/tls';
import type { IManagedCertificate } from '../certificate';
import { LogBucket } from '../log-store';
import { regionOf } from '../region';
import { DefaultRoute } from './default-route';
import { ImportedTlsLoadBalancer, type TlsLoadBalancerAttributes } from './imported-tls-load-balancer';
import { type StrictTransportSecurity, strictTransportSecurityHeader } from './strict-transport-security';
import { type ITlsLoadBalancer, TlsLoadBalancerBase } from './tls-load-balancer-base';

const HTTPS = 443;
const HTTP = 80;

/** Properties of a `TlsLoadBalancer`. */
export interface TlsLoadBalancerProps {
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
  /** The certificate of the endpoint. Where it has a twin with an RSA key, the listener offers both. */
  readonly certificate: IManagedCertificate;
  /**
   * Certificates for more names, chosen by the name that the client asks for.
   *
   * @default - none
   */
  readonly additionalCertificates?: IManagedCertificate[];
  /**
   * What clients may negotiate.
   *
   * @default TlsProfile.TLS_1_2_OR_NEWER
   */
  readonly tlsProfile?: TlsProfile;
  /**
   * Who may connect to the TLS port.
   *
   * @default - nobody, until `allowFrom` or `connections` says otherwise
   */
  readonly allowedPeers?: ec2.IPeer[];
  /**
   * Whether port 80 answers, with a redirect to TLS and nothing else.
   *
   * Leave it off behind CloudFront, which redirects before a request gets here. Security Hub cannot be satisfied
   * with it either way: ELB.1 asks for the redirect where there is a plaintext listener, ELB.18 fails any
   * plaintext listener. Without one both hold; browsers that know the name by `strictTransportSecurity` do not
   * need it.
   *
   * @default false
   */
  readonly httpRedirect?: boolean;
  /**
   * What browsers are told about using TLS only.
   *
   * @default - for a year, with all names below
   */
  readonly strictTransportSecurity?: StrictTransportSecurity;
  /**
   * The bucket that receives access logs (`access/`) and connection logs (`connections/`), which name the TLS
   * version and cipher suite of each connection. It must be encrypted with SSE-S3: load balancers cannot write to
   * a bucket that is encrypted with KMS.
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
}

/**
 * A load balancer for HTTP that speaks TLS only, on both sides.
 *
 * Clients negotiate what the TLS profile allows, by a policy that is always named; nobody may connect until
 * asked; requests that match no route get a 404. Towards targets it encrypts and does not authenticate, which is
 * all that Elastic Load Balancing offers, see `HttpsTargetGroup`.
 *
 * Its stack needs a region, since the account that writes access logs differs between regions.
 */
export class TlsLoadBalancer extends TlsLoadBalancerBase {
  /** A load balancer that another stack or app defines. */
  static fromTlsLoadBalancerAttributes(
    scope: Construct,
    id: string,
    attributes: TlsLoadBalancerAttributes,
  ): ITlsLoadBalancer {
    return new ImportedTlsLoadBalancer(scope, id, attributes);
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

  private readonly defaultRoute = new DefaultRoute();
  private readonly ports = [HTTPS];

  constructor(scope: Construct, id: string, props: TlsLoadBalancerProps) {
    super(scope, id);
    const managed = [props.certificate, ...(props.additionalCertificates ?? [])];
    const certificates = managed.flatMap((certificate) => certificate.certificates);
    this.checkEnvironment(certificates, props.logBucket);
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
    this.listener = this.createListener(
      certificates,
      strictTransportSecurityHeader(this, props.strictTransportSecurity),
    );
    this.listenerArn = this.listener.listenerArn;

    this.logBucket = props.logBucket ?? new LogBucket(this, 'Logs').bucket;
    this.loadBalancer.logAccessLogs(this.logBucket, 'access');
    this.loadBalancer.logConnectionLogs(this.logBucket, 'connections');
    if (props.httpRedirect) this.redirect();
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
      throw this.invalid(
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

  private checkEnvironment(certificates: acm.ICertificate[], logBucket: s3.IBucket | undefined): void {
    const { region } = Stack.of(this);
    if (Token.isUnresolved(region)) {
      throw this.invalid(
        "the stack must have a region, since the account that writes access logs differs between regions, set 'env: { region }' on the stack",
      );
    }
    for (const certificate of certificates) {
      const arn = certificate.certificateArn;
      const other = regionOf(certificate, arn) ?? region;
      if (other === region) continue;
      const got = JSON.stringify(Token.isUnresolved(arn) ? other : arn);
      throw this.invalid(
        `'certificate' must be in the region of the load balancer (${region}), got ${got}, request one there`,
      );
    }
    if (logBucket !== undefined) this.checkLogBucket(logBucket, region);
  }

  private checkLogBucket(bucket: s3.IBucket, region: string): void {
    if (usesKms(bucket)) {
      throw this.invalid(
        "'logBucket' must be encrypted with SSE-S3, load balancers cannot write to a bucket that is encrypted with KMS, use a LogBucket",
      );
    }
    const other = bucket.env.region;
    if (Token.isUnresolved(other) || other === region) return;
    throw this.invalid(
      `'logBucket' must be in the region of the load balancer (${region}), got ${JSON.stringify(other)}, use a LogBucket of that region`,
    );
  }
}

/** Whether a bucket is encrypted with KMS, also by a key that Amazon S3 manages there, which no property names. */
function usesKms(bucket: s3.IBucket): boolean {
  const resource = bucket.node.defaultChild;
  if (bucket.encryptionKey !== undefined) return true;
  if (!s3.CfnBucket.isCfnBucket(resource)) return false;
  const encryption: unknown = Stack.of(resource).resolve(resource.bucketEncryption);
  return JSON.stringify(encryption ?? null).includes('"aws:kms');
}
