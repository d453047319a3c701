import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type { IConstruct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { checkReason } from '../loosening';
import type { CookieAttributes } from './cookie-attributes';
import type { FieldLevelEncryption } from './field-level-encryption';
import type { TlsOrigin } from './origins';
import type { ResponseHeaders } from './response-headers';

const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'];
/** CloudFront allows three sets of methods; this is how many the largest has. */
const ALL_METHODS = 7;

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
   * client that is set up with `http://` must fail before it has sent anything. So it is where the distribution has
   * `clientCertificates`: nobody can show one in clear.
   *
   * @default - true where `allowedMethods` holds writes or viewers show certificates, else false
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
   * What is added to cookies of the origin: `Secure`, `HttpOnly` and `SameSite`, where they are missing.
   *
   * @default - those of the distribution; for buckets, which set no cookies, nothing
   */
  readonly cookieAttributes?: CookieAttributes;
  /**
   * Why cookies must reach viewers as the origin wrote them, as a sentence: a function of yours runs on answers, say,
   * and there is room for one only. It is written into the template.
   *
   * @default - what is missing is added
   */
  readonly unchangedCookiesReason?: string;
  /**
   * Fields of forms that are encrypted at the edge. `allowedMethods` must be `AllowedMethods.ALLOW_ALL`, and the origin
   * no bucket.
   *
   * @default - the body reaches the origin as the viewer sent it, over TLS
   */
  readonly fieldLevelEncryption?: FieldLevelEncryption;
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
   * Functions of Lambda@Edge that run on requests and answers: those at the origin neither with a load balancer nor with
   * a host that is shown a `clientCertificate`.
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

/** What a distribution gives to behaviors that say nothing else. */
export interface BehaviorStandards {
  readonly responseHeaders: ResponseHeaders;
  /** Whether viewers show certificates. */
  readonly asksForCertificates: boolean;
  /** Made when the first behavior needs it. */
  readonly cookieAttributes: () => CookieAttributes;
}

/** The behavior as the CDK takes it, with every property set that its own defaults would leave open. */
export function behaviorOptions(
  scope: IConstruct,
  props: TlsBehaviorProps,
  standards: BehaviorStandards,
): cloudfront.BehaviorOptions {
  const { origin, allowedMethods = cloudfront.AllowedMethods.ALLOW_GET_HEAD } = props;
  const { CACHING_OPTIMIZED, CACHING_DISABLED } = cloudfront.CachePolicy;
  checkOrigin(scope, props, allowedMethods);
  return {
    origin,
    allowedMethods,
    viewerProtocolPolicy: viewerProtocolPolicy(scope, allowedMethods, props.httpsOnly, standards),
    cachePolicy: props.cachePolicy ?? (origin.isPublic ? CACHING_OPTIMIZED : CACHING_DISABLED),
    originRequestPolicy: props.originRequestPolicy ?? origin.originRequestPolicy,
    responseHeadersPolicy: (props.responseHeaders ?? standards.responseHeaders).policy,
    compress: props.compress ?? origin.isPublic,
    functionAssociations: functionAssociations(scope, props, standards),
    edgeLambdas: props.edgeLambdas,
    trustedKeyGroups: props.trustedKeyGroups,
  };
}

function viewerProtocolPolicy(
  scope: IConstruct,
  allowedMethods: cloudfront.AllowedMethods,
  httpsOnly: boolean | undefined,
  { asksForCertificates }: BehaviorStandards,
): cloudfront.ViewerProtocolPolicy {
  const { HTTPS_ONLY, REDIRECT_TO_HTTPS } = cloudfront.ViewerProtocolPolicy;
  const writes = holdsWrites(allowedMethods);
  if (httpsOnly === false && (writes || asksForCertificates)) {
    const why = writes ? "'allowedMethods' holds writes" : "the distribution has 'clientCertificates'";
    throw invalid(scope, `'httpsOnly' must be true where ${why}, got false, leave it out`);
  }
  return (httpsOnly ?? (writes || asksForCertificates)) ? HTTPS_ONLY : REDIRECT_TO_HTTPS;
}

function holdsWrites({ methods }: cloudfront.AllowedMethods): boolean {
  return methods.some((method) => WRITES.includes(method));
}

/** What an origin, methods and functions forbid each other; CloudFront would refuse it when it is deployed. */
function checkOrigin(
  scope: IConstruct,
  { origin, edgeLambdas = [], fieldLevelEncryption }: TlsBehaviorProps,
  allowedMethods: cloudfront.AllowedMethods,
): void {
  if (!origin.acceptsWrites && holdsWrites(allowedMethods)) {
    throw invalid(
      scope,
      "'allowedMethods' must hold no writes where the origin fails over, which CloudFront does for reading only, serve writes below a path with a single origin",
    );
  }
  const { ORIGIN_REQUEST, ORIGIN_RESPONSE } = cloudfront.LambdaEdgeEventType;
  const atOrigin = edgeLambdas.some(({ eventType }) => [ORIGIN_REQUEST, ORIGIN_RESPONSE].includes(eventType));
  if (origin.showsClientCertificate && atOrigin) {
    throw invalid(
      scope,
      "'edgeLambdas' must not run at the origin where CloudFront shows it a 'clientCertificate', which it then cannot do, run them at the viewer",
    );
  }
  if (origin.isInNetwork && atOrigin) {
    throw invalid(
      scope,
      "'edgeLambdas' must not run at the origin where that is a load balancer in a network (VPC origin), for which CloudFront has no such functions, run them at the viewer",
    );
  }
  if (fieldLevelEncryption === undefined) return;
  const { methods } = allowedMethods;
  if (methods.length !== ALL_METHODS) {
    throw invalid(
      scope,
      `'allowedMethods' must be AllowedMethods.ALLOW_ALL where fields are encrypted, got ${methods.join(', ')}, set it`,
    );
  }
  if (origin.isPublic) {
    throw invalid(
      scope,
      "'fieldLevelEncryption' must be left out where the origin is a bucket, which takes no forms, name an origin that decrypts",
    );
  }
}

/** The functions of a behavior, and the one that completes cookies. */
function functionAssociations(
  scope: IConstruct,
  props: TlsBehaviorProps,
  standards: BehaviorStandards,
): cloudfront.FunctionAssociation[] | undefined {
  const { origin, functionAssociations: own, edgeLambdas = [], cookieAttributes } = props;
  const { unchangedCookiesReason: reason } = props;
  if (reason !== undefined) {
    checkReason(scope, 'unchangedCookiesReason', reason);
    if (cookieAttributes === undefined) return own;
    throw invalid(
      scope,
      "'unchangedCookiesReason' must be left out where 'cookieAttributes' is given, remove one of the two",
    );
  }
  // A bucket sets no cookies, and each run costs.
  if (origin.isPublic && cookieAttributes === undefined) return own;

  const { VIEWER_RESPONSE } = cloudfront.FunctionEventType;
  const remedy = "complete cookies in yours and say so in 'unchangedCookiesReason'";
  if (own?.some(({ eventType }) => eventType === VIEWER_RESPONSE)) {
    throw invalid(
      scope,
      `'functionAssociations' must hold none for ${VIEWER_RESPONSE}, where the attributes of cookies are added and CloudFront runs one function only, ${remedy}`,
    );
  }
  const { VIEWER_REQUEST, VIEWER_RESPONSE: EDGE_RESPONSE } = cloudfront.LambdaEdgeEventType;
  if (edgeLambdas.some(({ eventType }) => [VIEWER_REQUEST, EDGE_RESPONSE].includes(eventType))) {
    throw invalid(
      scope,
      `'edgeLambdas' must not run at the viewer, where the attributes of cookies are added by a function of CloudFront, which does not go together, ${remedy}`,
    );
  }
  const { function: completing } = cookieAttributes ?? standards.cookieAttributes();
  return [...(own ?? []), { eventType: VIEWER_RESPONSE, function: completing }];
}

function invalid(scope: IConstruct, message: string): TransmissionError {
  return new TransmissionError('InvalidProperty', message, scope.node.path);
}
