import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { TlsProfile } from '../../core/tls';
import type { IManagedCertificate } from '../certificate';
import type { ClientCertificates } from '../mutual-tls';
import type { IWebAcl } from '../web-acl';
import type { JwtValidation } from './jwt-validation';
import type { StrictTransportSecurity } from './strict-transport-security';

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
   * Leave it off behind CloudFront, which reaches internal load balancers by VPC origins (`TlsOrigin.loadBalancer`),
   * and name CloudFront among `allowedPeers`.
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
   * How many certificates it may hold beside its first one, twins included, where AWS has raised the quota.
   *
   * @default 25
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
   */
  readonly certificateQuota?: number;
  /**
   * What clients may negotiate.
   *
   * @default TlsProfile.TLS_1_2_OR_NEWER
   */
  readonly tlsProfile?: TlsProfile;
  /**
   * Which clients get in by their certificates (mutual TLS).
   *
   * CloudFront ends the TLS of viewers: behind it this asks CloudFront for a certificate, not them.
   *
   * @default - clients are not asked for a certificate
   */
  readonly clientCertificates?: ClientCertificates;
  /**
   * Which clients get in by their tokens (JWT). Every route asks for one, the default route included; whoever has none
   * that is valid gets a 401.
   *
   * @default - clients are not asked for a token
   */
  readonly jwtValidation?: JwtValidation;
  /**
   * The web application firewall that stands before it, of the scope `REGIONAL`, in the region of the load balancer.
   *
   * @default - none
   */
  readonly webAcl?: IWebAcl;
  /**
   * Who may connect to the TLS port.
   *
   * For CloudFront it is `Peer.prefixList` of the list `com.amazonaws.global.cloudfront.origin-facing`, whose id differs
   * between regions (`aws ec2 describe-managed-prefix-lists` prints it). It counts as 55 of the 60 rules that a security
   * group has by quota, so that `httpRedirect` has no room beside it.
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
   * version and cipher suite of each connection: that of another load balancer, or any in the same region that is
   * encrypted with SSE-S3 and locks nothing by default, which are what load balancers can write to. Its policy is
   * extended, unless it was imported.
   *
   * @default - a new `LogBucket` of kind `ALB_ACCESS`
   */
  readonly logBucket?: s3.IBucket;
  /**
   * Whether AWS refuses to delete it.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}
