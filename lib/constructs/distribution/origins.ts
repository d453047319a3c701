import { ReferenceStrength, Stack, Token } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct, IConstruct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { EDGE_REGION } from '../edge-region';
import { hostProblem } from './origin-host';

/** What every custom and VPC origin is reached by: the newest version that can be named, TLS 1.3 included. */
const OVER_TLS = {
  protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
  originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
};

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
   * The port of its TLS listener.
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
}

/**
 * Where a distribution fetches what it serves, over TLS 1.2 or newer only, with the certificate verified.
 *
 * Origins of the CDK are not accepted in its place, since those may be reached in clear.
 */
export abstract class TlsOrigin implements cloudfront.IOrigin {
  /**
   * A load balancer in a private subnet, which nobody but CloudFront reaches (VPC origin).
   *
   * It may stand in another region: the reference to it is weak then, which needs no custom resource and does not
   * keep CloudFormation from deleting the load balancer first. That CloudFront accepts a VPC origin of another
   * region from a template of us-east-1 has not been tried on an account. Its security group must admit CloudFront:
   * `loadBalancer.allowFrom(Peer.prefixList(…))` with the list `com.amazonaws.global.cloudfront.origin-facing`.
   *
   * Not cached; the whole request is passed on, `Host` included, which the application sees.
   */
  static loadBalancer(loadBalancer: OriginLoadBalancer, props: LoadBalancerOriginProps): TlsOrigin {
    return new LoadBalancerOrigin(loadBalancer, props);
  }

  /**
   * A bucket of the same stack, which admits this distribution and nobody else (origin access control).
   *
   * Never its website endpoint, which has no TLS. CloudFront asks S3 with the protocol of the viewer, which is
   * TLS here. Cached as the objects say.
   */
  static bucket(bucket: s3.IBucket): TlsOrigin {
    return new BucketOrigin(bucket);
  }

  /**
   * A Lambda function with a URL, which admits this distribution and nobody else (origin access control).
   *
   * Clients that send a body must send its SHA-256 in `x-amz-content-sha256`. Not cached; the whole request is
   * passed on, but for `Host` and what it is signed with.
   */
  static functionUrl(functionUrl: lambda.IFunctionUrl): TlsOrigin {
    return new FunctionUrlOrigin(functionUrl);
  }

  /**
   * Any host with a public certificate for its name. Whoever finds it can go past the distribution.
   *
   * Not cached; the whole request is passed on, but for `Host`.
   */
  static httpsHost(domainName: string, props: HttpsHostOriginProps = {}): TlsOrigin {
    return new HttpsHostOrigin(domainName, props);
  }

  /** Whether answers are the same for everyone: they are cached and compressed then. */
  abstract readonly isPublic: boolean;
  /** What of a request it gets, unless the behavior says otherwise. */
  abstract readonly originRequestPolicy: cloudfront.IOriginRequestPolicyRef | undefined;

  private bound: cloudfront.IOrigin | undefined;

  /** Called by the distribution. */
  bind(scope: Construct, options: cloudfront.OriginBindOptions): cloudfront.OriginBindConfig {
    this.bound ??= this.create(scope);
    return this.bound.bind(scope, options);
  }

  /** The origin of the CDK, after all checks. */
  protected abstract create(scope: Construct): cloudfront.IOrigin;

  protected invalid(scope: Construct, message: string): TransmissionError {
    return new TransmissionError('InvalidProperty', message, scope.node.path);
  }

  protected checkHost(scope: Construct, domainName: string): void {
    if (Token.isUnresolved(domainName)) return;
    const problem = hostProblem(domainName);
    if (problem !== undefined) throw this.invalid(scope, `the 'domainName' of an origin ${problem}`);
  }
}

class LoadBalancerOrigin extends TlsOrigin {
  readonly isPublic = false;
  readonly originRequestPolicy = cloudfront.OriginRequestPolicy.ALL_VIEWER;

  constructor(
    private readonly target: OriginLoadBalancer,
    private readonly props: LoadBalancerOriginProps,
  ) {
    super();
  }

  protected override create(scope: Construct): cloudfront.IOrigin {
    const { domainName, port = 443 } = this.props;
    this.checkHost(scope, domainName);
    const vpcOrigin = new cloudfront.VpcOrigin(scope, 'VpcOrigin', {
      endpoint: { endpointArn: arnAcrossRegions(this.target), domainName },
      httpsPort: port,
      ...OVER_TLS,
    });
    return origins.VpcOrigin.withVpcOrigin(vpcOrigin, { domainName });
  }
}

/** A strong reference to another region would need functions that copy parameters from there to here. */
function arnAcrossRegions(target: OriginLoadBalancer): string {
  const { loadBalancerArn } = target;
  if (!Token.isUnresolved(loadBalancerArn) || Stack.of(target).region === EDGE_REGION) return loadBalancerArn;
  return Stack.consumeReference(loadBalancerArn, ReferenceStrength.WEAK);
}

class BucketOrigin extends TlsOrigin {
  readonly isPublic = true;
  readonly originRequestPolicy = undefined;

  constructor(private readonly target: s3.IBucket) {
    super();
  }

  protected override create(scope: Construct): cloudfront.IOrigin {
    const { node, isWebsite } = this.target;
    if (isWebsite) {
      throw this.invalid(
        scope,
        `bucket '${node.path}' must not be a website, whose endpoint has no TLS, remove 'websiteIndexDocument' and set 'defaultRootObject' on the distribution`,
      );
    }
    if (Stack.of(this.target) !== Stack.of(scope)) {
      throw this.invalid(
        scope,
        `bucket '${node.path}' must be in the stack of the distribution, since its policy names the distribution, define it there`,
      );
    }
    return origins.S3BucketOrigin.withOriginAccessControl(this.target);
  }
}

class FunctionUrlOrigin extends TlsOrigin {
  readonly isPublic = false;
  readonly originRequestPolicy = cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER;

  constructor(private readonly target: lambda.IFunctionUrl) {
    super();
  }

  protected override create(scope: Construct): cloudfront.IOrigin {
    const { authType, node } = this.target;
    if (authType !== lambda.FunctionUrlAuthType.AWS_IAM) {
      throw this.invalid(
        scope,
        `'authType' of function URL '${node.path}' must be AWS_IAM, got ${authType}, which lets everyone past the distribution`,
      );
    }
    const { region } = Stack.of(this.target);
    if (region !== EDGE_REGION) {
      throw this.invalid(
        scope,
        `function URL '${node.path}' must be in ${EDGE_REGION}, got ${region}, since the permission for CloudFront is made beside the distribution, define the function there or put a load balancer before it`,
      );
    }
    return origins.FunctionUrlOrigin.withOriginAccessControl(this.target);
  }
}

class HttpsHostOrigin extends TlsOrigin {
  readonly isPublic = false;
  readonly originRequestPolicy = cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER;

  constructor(
    private readonly domainName: string,
    private readonly props: HttpsHostOriginProps,
  ) {
    super();
  }

  protected override create(scope: Construct): cloudfront.IOrigin {
    this.checkHost(scope, this.domainName);
    const { port, originPath } = this.props;
    if (port === 80) {
      throw this.invalid(scope, "'port' of an origin must be one with TLS, got 80, leave it out for 443");
    }
    return new origins.HttpOrigin(this.domainName, { ...OVER_TLS, httpsPort: port, originPath });
  }
}
