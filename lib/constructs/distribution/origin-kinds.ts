import { ReferenceStrength, Stack, Token } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { EDGE_REGION } from '../edge-region';
import { hostProblem } from './origin-host';
import type { LoadBalancerOriginProps, OriginLoadBalancer, TlsOrigin } from './origins';

/** What every custom and VPC origin is reached by: the newest version that can be named, TLS 1.3 included. */
export const OVER_TLS = {
  protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
  originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
};

/** What a `TlsOrigin` is made of: one kind of origin, which says all that it says, with its checks. */
export interface OriginKind extends Omit<TlsOrigin, 'bind'> {
  /** The origin of the CDK, after all checks. */
  create(scope: Construct): cloudfront.IOrigin;
}

/** What most kinds have in common. */
export abstract class SingleOrigin implements OriginKind {
  abstract readonly isPublic: boolean;
  abstract readonly originRequestPolicy: cloudfront.IOriginRequestPolicyRef | undefined;
  readonly acceptsWrites = true;
  readonly isPair = false;
  readonly showsClientCertificate: boolean = false;
  readonly isInNetwork: boolean = false;

  abstract create(scope: Construct): cloudfront.IOrigin;
}

/** The error about a property of an origin. */
export function invalidOrigin(scope: Construct, message: string): TransmissionError {
  return new TransmissionError('InvalidProperty', message, scope.node.path);
}

/** Refuses a name that cannot be reached over TLS, or that must not be reached past its own kind of origin. */
export function checkHost(scope: Construct, domainName: string): void {
  if (Token.isUnresolved(domainName)) return;
  const problem = hostProblem(domainName);
  if (problem !== undefined) throw invalidOrigin(scope, `the 'domainName' of an origin ${problem}`);
}

/** Refuses a port that CloudFront does not connect to, and 80, where nobody speaks TLS. */
export function checkPort(scope: Construct, port = 443): void {
  if (Token.isUnresolved(port) || port === 443) return;
  if (Number.isInteger(port) && port >= 1024 && port <= 65_535) return;
  throw invalidOrigin(
    scope,
    `'port' of an origin must be 443 or a whole number from 1024 to 65535, got ${port}, leave it out for 443`,
  );
}

/** See `TlsOrigin.loadBalancer`. */
export class LoadBalancerOrigin extends SingleOrigin {
  readonly isPublic = false;
  override readonly isInNetwork = true;
  readonly originRequestPolicy = cloudfront.OriginRequestPolicy.ALL_VIEWER;

  constructor(
    private readonly target: OriginLoadBalancer,
    private readonly props: LoadBalancerOriginProps,
  ) {
    super();
  }

  override create(scope: Construct): cloudfront.IOrigin {
    const { domainName, port = 443 } = this.props;
    checkHost(scope, domainName);
    checkPort(scope, port);
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

/** See `TlsOrigin.bucket`. */
export class BucketOrigin extends SingleOrigin {
  readonly isPublic = true;
  readonly originRequestPolicy = undefined;

  constructor(private readonly target: s3.IBucket) {
    super();
  }

  override create(scope: Construct): cloudfront.IOrigin {
    const { node, isWebsite } = this.target;
    if (isWebsite) {
      throw invalidOrigin(
        scope,
        `bucket '${node.path}' must not be a website, whose endpoint has no TLS, remove 'websiteIndexDocument' and set 'defaultRootObject' on the distribution`,
      );
    }
    if (Stack.of(this.target) !== Stack.of(scope)) {
      throw invalidOrigin(
        scope,
        `bucket '${node.path}' must be in the stack of the distribution, since its policy names the distribution, define it there`,
      );
    }
    return origins.S3BucketOrigin.withOriginAccessControl(this.target);
  }
}

/** See `TlsOrigin.functionUrl`. */
export class FunctionUrlOrigin extends SingleOrigin {
  readonly isPublic = false;
  readonly originRequestPolicy = cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER;

  constructor(private readonly target: lambda.IFunctionUrl) {
    super();
  }

  override create(scope: Construct): cloudfront.IOrigin {
    const { authType, node } = this.target;
    if (authType !== lambda.FunctionUrlAuthType.AWS_IAM) {
      throw invalidOrigin(
        scope,
        `'authType' of function URL '${node.path}' must be AWS_IAM, got ${authType}, which lets everyone past the distribution`,
      );
    }
    const { region } = Stack.of(this.target);
    if (region !== EDGE_REGION) {
      throw invalidOrigin(
        scope,
        `function URL '${node.path}' must be in ${EDGE_REGION}, got ${region}, since the permission for CloudFront is made beside the distribution, define the function there or put a load balancer before it`,
      );
    }
    return origins.FunctionUrlOrigin.withOriginAccessControl(this.target);
  }
}
