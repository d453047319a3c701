import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type { IConstruct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import type { TlsOrigin } from './origins';
import type { ResponseHeaders } from './response-headers';

const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** How a distribution serves what lies under a path. */
export interface TlsBehaviorProps {
  /** Where it is fetched. */
  readonly origin: TlsOrigin;
  /**
   * The methods that viewers may use.
   *
   * @default AllowedMethods.ALLOW_GET_HEAD
   */
  readonly allowedMethods?: cloudfront.AllowedMethods;
  /**
   * Whether a request in clear is refused instead of redirected to TLS. Where writes are allowed it always is: a
   * client that is set up with `http://` must fail before it has sent anything.
   *
   * @default - true where `allowedMethods` holds writes, else false
   */
  readonly httpsOnly?: boolean;
  /**
   * What is cached, and by what.
   *
   * @default - as objects of a bucket say; nothing of any other origin, whose answers may be for one person only
   */
  readonly cachePolicy?: cloudfront.ICachePolicyRef;
  /**
   * What of a request the origin gets.
   *
   * @default - all of it, but for `Host` where the origin needs its own; nothing for a bucket
   */
  readonly originRequestPolicy?: cloudfront.IOriginRequestPolicyRef;
  /**
   * The headers of answers.
   *
   * @default - those of the distribution
   */
  readonly responseHeaders?: ResponseHeaders;
  /**
   * Whether answers are compressed. The length of a compressed answer that holds both a secret and what an
   * attacker wrote gives the secret away (BREACH).
   *
   * @default - true for a bucket, else false
   */
  readonly compress?: boolean;
  /**
   * Functions of CloudFront that run on requests and answers.
   *
   * @default - none
   */
  readonly functionAssociations?: cloudfront.FunctionAssociation[];
  /**
   * Functions of Lambda@Edge that run on requests and answers.
   *
   * @default - none
   */
  readonly edgeLambdas?: cloudfront.EdgeLambda[];
  /**
   * The keys that must have signed the URL or cookies of a request.
   *
   * @default - anyone may ask
   */
  readonly trustedKeyGroups?: cloudfront.IKeyGroupRef[];
}

/** The behavior as the CDK takes it, with every property set that its own defaults would leave open. */
export function behaviorOptions(
  scope: IConstruct,
  props: TlsBehaviorProps,
  standard: ResponseHeaders,
): cloudfront.BehaviorOptions {
  const { origin, allowedMethods = cloudfront.AllowedMethods.ALLOW_GET_HEAD } = props;
  const { CACHING_OPTIMIZED, CACHING_DISABLED } = cloudfront.CachePolicy;
  return {
    origin,
    allowedMethods,
    viewerProtocolPolicy: viewerProtocolPolicy(scope, allowedMethods, props.httpsOnly),
    cachePolicy: props.cachePolicy ?? (origin.isPublic ? CACHING_OPTIMIZED : CACHING_DISABLED),
    originRequestPolicy: props.originRequestPolicy ?? origin.originRequestPolicy,
    responseHeadersPolicy: (props.responseHeaders ?? standard).policy,
    compress: props.compress ?? origin.isPublic,
    functionAssociations: props.functionAssociations,
    edgeLambdas: props.edgeLambdas,
    trustedKeyGroups: props.trustedKeyGroups,
  };
}

function viewerProtocolPolicy(
  scope: IConstruct,
  { methods }: cloudfront.AllowedMethods,
  httpsOnly: boolean | undefined,
): cloudfront.ViewerProtocolPolicy {
  const { HTTPS_ONLY, REDIRECT_TO_HTTPS } = cloudfront.ViewerProtocolPolicy;
  const writes = methods.some((method) => WRITES.includes(method));
  if (writes && httpsOnly === false) {
    throw new TransmissionError(
      'InvalidProperty',
      "'httpsOnly' must be true where 'allowedMethods' holds writes, got false, leave it out",
      scope.node.path,
    );
  }
  return (httpsOnly ?? writes) ? HTTPS_ONLY : REDIRECT_TO_HTTPS;
}
