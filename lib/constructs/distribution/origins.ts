import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct, IConstruct } from 'constructs';
import { FailoverOrigin } from './failover-origin';
import { HttpsHostOrigin } from './https-host-origin';
import { BucketOrigin, FunctionUrlOrigin, LoadBalancerOrigin, type OriginKind } from './origin-kinds';

/** A load balancer in a private subnet: a `TlsLoadBalancer`, or one of the CDK whose listener speaks TLS. */
export interface OriginLoadBalancer extends IConstruct {
  /** The ARN of the load balancer. */
  readonly loadBalancerArn: string;
}

/** Properties of an origin that is a load balancer. */
export interface LoadBalancerOriginProps {
  /**
   * A name in the certificate of the load balancer, which CloudFront verifies. The name that AWS gives the load
   * balancer is in no certificate.
   */
  readonly domainName: string;
  /**
   * The port of its TLS listener: 443, or 1024 to 65535.
   *
   * @default 443
   */
  readonly port?: number;
}

/** Properties of an origin that is any host. */
export interface HttpsHostOriginProps {
  /**
   * The port on which it speaks TLS: 443, or 1024 to 65535.
   *
   * @default 443
   */
  readonly port?: number;
  /**
   * The path below which it serves what is asked of the distribution.
   *
   * @default - its root
   */
  readonly originPath?: string;
  /**
   * The certificate by which CloudFront proves to the host that it is this distribution (mutual TLS to the origin),
   * so that nobody goes past it: the host must ask for one and verify it.
   *
   * It is one for clients (extended key usage `clientAuth`), imported into ACM in us-east-1: ACM neither issues nor
   * renews such certificates, so watch its end with a `CertificateMonitor`. Neither gRPC nor WebSocket goes over such a
   * connection, nor do functions of Lambda@Edge at the origin work with it.
   *
   * @default - CloudFront proves nothing to the host
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-enable-mtls-distributions.html
   */
  readonly clientCertificate?: acm.ICertificate;
}

/** Properties of a pair of origins. */
export interface FailoverOriginProps {
  /**
   * The answers of the first origin upon which the second one is asked: of 403, 404, 500, 502, 503 and 504.
   *
   * A TLS handshake that fails counts as 502, one that takes too long as 504.
   *
   * @default - 500, 502, 503 and 504
   */
  readonly statusCodes?: number[];
}

/**
 * Where a distribution fetches what it serves, over TLS 1.2 or newer only, with the certificate verified.
 *
 * Origins of the CDK are not accepted in its place, since those may be reached in clear.
 */
export class TlsOrigin implements cloudfront.IOrigin {
  /**
   * A load balancer in a private subnet, which nobody but CloudFront reaches (VPC origin).
   *
   * It may stand in another region: the reference to it is weak then, which needs no custom resource and does not
   * keep CloudFormation from deleting the load balancer first. That CloudFront accepts a VPC origin of another
   * region from a template of us-east-1 has not been tried on an account. Its security group must admit CloudFront:
   * `loadBalancer.allowFrom(CloudFrontOriginFacing.prefixListIn('eu-west-1'))`. CloudFront cannot show it a certificate
   * (mutual TLS), nor do functions of Lambda@Edge at the origin and gRPC work with it. Its network must have an internet gateway, and subnets in zones that CloudFront reaches: in us-east-1
   * not in `use1-az3`, and in some other regions not in all zones either.
   *
   * Not cached; the whole request is passed on, `Host` included, which the application sees.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
   */
  static loadBalancer(loadBalancer: OriginLoadBalancer, props: LoadBalancerOriginProps): TlsOrigin {
    return new TlsOrigin(new LoadBalancerOrigin(loadBalancer, props));
  }

  /**
   * A bucket of the same stack, which admits this distribution and nobody else (origin access control).
   *
   * Never its website endpoint, which has no TLS. CloudFront asks S3 with the protocol of the viewer, which is
   * TLS here. Cached as the objects say.
   */
  static bucket(bucket: s3.IBucket): TlsOrigin {
    return new TlsOrigin(new BucketOrigin(bucket));
  }

  /**
   * A Lambda function with a URL, which admits this distribution and nobody else (origin access control).
   *
   * Clients that send a body must send its SHA-256 in `x-amz-content-sha256`. Not cached; the whole request is
   * passed on, but for `Host` and what it is signed with.
   */
  static functionUrl(functionUrl: lambda.IFunctionUrl): TlsOrigin {
    return new TlsOrigin(new FunctionUrlOrigin(functionUrl));
  }

  /**
   * Any host with a public certificate for its name. Whoever finds it can go past the distribution, unless it asks for
   * the `clientCertificate`.
   *
   * Not cached; the whole request is passed on, but for `Host`.
   */
  static httpsHost(domainName: string, props: HttpsHostOriginProps = {}): TlsOrigin {
    return new TlsOrigin(new HttpsHostOrigin(domainName, props));
  }

  /**
   * An origin, and another one that is asked where the first does not answer (origin group): for reading only, since
   * CloudFront tries GET, HEAD and OPTIONS a second time, and nothing else.
   *
   * Both get the same part of a request: that of the two if it is the same, nothing where one of them is a bucket, else
   * all but `Host`. Answers are cached where both are buckets.
   *
   * @param primary the origin that is asked first
   * @param secondary the origin that is asked then; neither may be such a pair itself
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
   */
  static failover(primary: TlsOrigin, secondary: TlsOrigin, props: FailoverOriginProps = {}): TlsOrigin {
    return new TlsOrigin(new FailoverOrigin(primary, secondary, props));
  }

  /** Whether answers are the same for everyone: they are cached and compressed then. */
  readonly isPublic: boolean;
  /** Whether it can be written to. */
  readonly acceptsWrites: boolean;
  /** Whether it is a pair of origins. */
  readonly isPair: boolean;
  /** Whether CloudFront shows it a certificate. */
  readonly showsClientCertificate: boolean;
  /** Whether CloudFront reaches it inside a network (VPC origin). */
  readonly isInNetwork: boolean;
  /** What of a request it gets, unless the behavior says otherwise. */
  readonly originRequestPolicy: cloudfront.IOriginRequestPolicyRef | undefined;

  private bound: cloudfront.IOrigin | undefined;

  private constructor(private readonly kind: OriginKind) {
    this.isPublic = kind.isPublic;
    this.acceptsWrites = kind.acceptsWrites;
    this.isPair = kind.isPair;
    this.showsClientCertificate = kind.showsClientCertificate;
    this.isInNetwork = kind.isInNetwork;
    this.originRequestPolicy = kind.originRequestPolicy;
  }

  /** Called by the distribution. */
  bind(scope: Construct, options: cloudfront.OriginBindOptions): cloudfront.OriginBindConfig {
    this.bound ??= this.kind.create(scope);
    return this.bound.bind(scope, options);
  }
}
