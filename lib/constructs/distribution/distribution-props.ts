import { Token } from 'aws-cdk-lib';
import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import type { TlsProfile } from '../../core/tls';
import { domainNameProblem, type IManagedCertificate } from '../certificate';
import { checkEdgeRegion, EDGE_REGION } from '../edge-region';
import { checkReason } from '../loosening';
import { type IWebAcl, WebAclScope } from '../web-acl';
import type { TlsBehaviorProps } from './behavior';
import { certificateProblem, uncoveredNameProblem } from './certificate-problem';
import type { CookieAttributes } from './cookie-attributes';
import type { ResponseHeaders } from './response-headers';
import type { ViewerClientCertificates } from './viewer-client-certificates';

/** CloudFront refuses a longer one; the CDK cuts it. */
const MAX_COMMENT = 128;

/** Properties of a `TlsDistribution`. */
export interface TlsDistributionProps {
  /**
   * The certificate for `domainNames`, in us-east-1. Without one CloudFront accepts TLS 1.0, whatever is asked.
   *
   * CloudFront takes one certificate: a twin is not offered. It takes no key of `EC_SECP384R1`.
   */
  readonly certificate: IManagedCertificate;
  /** The names under which viewers reach it, at least one. */
  readonly domainNames: string[];
  /** How it serves whatever matches no other behavior. */
  readonly defaultBehavior: TlsBehaviorProps;
  /**
   * How it serves what lies under paths, such as `/api/*`.
   *
   * @default - as `defaultBehavior` says
   */
  readonly additionalBehaviors?: Record<string, TlsBehaviorProps>;
  /**
   * What viewers may negotiate.
   *
   * @default TlsProfile.TLS_1_2_OR_NEWER
   */
  readonly tlsProfile?: TlsProfile;
  /**
   * The headers of answers, where a behavior has none of its own.
   *
   * @default - new `ResponseHeaders` with their defaults
   */
  readonly responseHeaders?: ResponseHeaders;
  /**
   * Which viewers get in by their certificates (mutual TLS). The distribution then speaks HTTP/2 without HTTP/3, and
   * refuses requests in clear instead of redirecting them.
   *
   * @default - viewers are not asked for a certificate
   */
  readonly clientCertificates?: ViewerClientCertificates;
  /**
   * What is added to the cookies of origins, where a behavior says nothing else.
   *
   * @default - new `CookieAttributes` with their defaults, once there is an origin that is no bucket
   */
  readonly cookieAttributes?: CookieAttributes;
  /**
   * The web application firewall before it, of scope `CLOUDFRONT`.
   *
   * @default - a new `WebAcl` that blocks
   */
  readonly webAcl?: IWebAcl;
  /**
   * Why there must be no web application firewall, as a sentence. It is written into the template.
   *
   * @default - there is one
   */
  readonly withoutWebAclReason?: string;
  /**
   * The countries from which requests are served, by ISO 3166-1 alpha-2 code, such as `DE`.
   *
   * @default - all countries
   */
  readonly allowedCountries?: string[];
  /**
   * The bucket that receives access logs, which name the TLS version and cipher suite of each request. It may be
   * encrypted with keys of Amazon S3 or with KMS; the policy of a key is extended.
   *
   * @default - a new `LogBucket` of kind `CLOUDFRONT_STANDARD`, with a key of its own
   */
  readonly logBucket?: s3.IBucket;
  /**
   * Why query strings must be in the logs, of access and of a new web ACL, as a sentence. They often hold e-mail
   * addresses and tokens.
   *
   * @default - they are not logged
   */
  readonly queryStringsInLogsReason?: string;
  /**
   * What is served for `/`.
   *
   * @default - what the origin answers
   */
  readonly defaultRootObject?: string;
  /**
   * From which parts of the world it is served, which decides its price.
   *
   * @default PriceClass.PRICE_CLASS_ALL
   */
  readonly priceClass?: cloudfront.PriceClass;
  /**
   * What people read in the console: at most 128 characters.
   *
   * @default - nothing
   */
  readonly comment?: string;
}

/** Refuses what would leave a distribution open, or fail only when it is deployed. */
export function checkDistributionProps(scope: Construct, props: TlsDistributionProps): void {
  checkEdgeRegion(scope, 'a distribution');
  const problem =
    certificateProblem(props.certificate) ??
    domainNamesProblem(props.domainNames) ??
    uncoveredNameProblem(props.certificate, props.domainNames) ??
    webAclProblem(props) ??
    countriesProblem(props.allowedCountries) ??
    commentProblem(props.comment);
  if (problem !== undefined) throw new TransmissionError('InvalidProperty', problem, scope.node.path);
  props.clientCertificates?.check(scope);
  const { withoutWebAclReason, queryStringsInLogsReason } = props;
  if (withoutWebAclReason !== undefined) checkReason(scope, 'withoutWebAclReason', withoutWebAclReason);
  if (queryStringsInLogsReason !== undefined) {
    checkReason(scope, 'queryStringsInLogsReason', queryStringsInLogsReason);
  }
}

function domainNamesProblem(names: string[]): string | undefined {
  if (Token.isUnresolved(names)) return undefined;
  if (names.length === 0) {
    return "'domainNames' must hold at least one name of the certificate, without one nobody can reach it by that certificate";
  }
  for (const [index, name] of names.entries()) {
    if (Token.isUnresolved(name)) continue;
    const problem = domainNameProblem(name);
    if (problem !== undefined) return `'domainNames[${index}]' ${problem}`;
    if (names.indexOf(name) !== index) {
      return `'domainNames[${index}]' repeats ${JSON.stringify(name)}, remove it`;
    }
  }
  return undefined;
}

function webAclProblem({ webAcl, withoutWebAclReason }: TlsDistributionProps): string | undefined {
  if (webAcl === undefined) return undefined;
  if (withoutWebAclReason !== undefined) {
    return "'withoutWebAclReason' must be left out where 'webAcl' is given, remove one of the two";
  }
  if (webAcl.webAclScope === WebAclScope.CLOUDFRONT) return undefined;
  return `'webAcl' must have the scope CLOUDFRONT, got ${webAcl.webAclScope}, define one in ${EDGE_REGION}`;
}

function countriesProblem(countries: string[] | undefined): string | undefined {
  if (countries === undefined || Token.isUnresolved(countries)) return undefined;
  if (countries.length === 0) {
    return "'allowedCountries' must hold at least one country, leave it out to serve all";
  }
  const wrong = countries.findIndex((code) => !Token.isUnresolved(code) && !/^[A-Z]{2}$/.test(code));
  if (wrong === -1) return undefined;
  const got = JSON.stringify(countries[wrong]?.slice(0, 80));
  return `'allowedCountries[${wrong}]' must be an ISO 3166-1 alpha-2 code, such as DE, got ${got}`;
}

function commentProblem(comment: string | undefined): string | undefined {
  if (comment === undefined || Token.isUnresolved(comment) || comment.length <= MAX_COMMENT) return undefined;
  return `'comment' must have at most ${MAX_COMMENT} characters, got ${comment.length}, shorten it`;
}
