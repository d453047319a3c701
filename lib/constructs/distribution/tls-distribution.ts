import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { TlsProfile } from '../../core/tls';
import { LogBucket } from '../log-store';
import { recordLoosening } from '../loosening';
import { type IWebAcl, WebAcl, WebAclScope } from '../web-acl';
import { AccessLogs } from './access-logs';
import { behaviorOptions, type TlsBehaviorProps } from './behavior';
import {
  ImportedTlsDistribution,
  type ITlsDistribution,
  type TlsDistributionAttributes,
  TlsDistributionBase,
} from './distribution-base';
import { checkDistributionProps, type TlsDistributionProps } from './distribution-props';
import { ResponseHeaders } from './response-headers';

/**
 * The point of entry: a distribution of CloudFront that speaks TLS only, to viewers and to origins.
 *
 * Viewers negotiate what the TLS profile allows over HTTP/2 and HTTP/3, IPv4 and IPv6; a web application firewall
 * blocks; answers carry `ResponseHeaders`; access logs name TLS version and cipher suite. Its stack must be in
 * us-east-1, with certificate and web ACL; a load balancer of another region is taken by `TlsOrigin.loadBalancer`.
 */
export class TlsDistribution extends TlsDistributionBase {
  /** A distribution that another stack or app defines. */
  static fromTlsDistributionAttributes(
    scope: Construct,
    id: string,
    attributes: TlsDistributionAttributes,
  ): ITlsDistribution {
    return new ImportedTlsDistribution(scope, id, attributes);
  }

  readonly distributionId: string;
  readonly distributionDomainName: string;
  readonly distribution: cloudfront.Distribution;
  /** The headers of answers, where a behavior has none of its own. */
  readonly responseHeaders: ResponseHeaders;
  /** The bucket that receives access logs. */
  readonly logBucket: s3.IBucket;
  /** The web application firewall; absent where a reason says why. */
  readonly webAcl?: IWebAcl;
  /** What viewers may negotiate. */
  readonly tlsProfile: TlsProfile;

  constructor(scope: Construct, id: string, props: TlsDistributionProps) {
    super(scope, id);
    checkDistributionProps(this, props);
    this.tlsProfile = props.tlsProfile ?? TlsProfile.TLS_1_2_OR_NEWER;
    this.responseHeaders = props.responseHeaders ?? new ResponseHeaders(this, 'ResponseHeaders');
    this.webAcl = this.createWebAcl(props);
    this.distribution = this.createDistribution(props);
    this.distributionId = this.distribution.distributionId;
    this.distributionDomainName = this.distribution.distributionDomainName;
    for (const [path, behavior] of Object.entries(props.additionalBehaviors ?? {})) {
      this.addBehavior(path, behavior);
    }

    this.logBucket = props.logBucket ?? new LogBucket(this, 'Logs').bucket;
    new AccessLogs(this, 'AccessLogs', {
      distributionArn: this.distribution.distributionArn,
      bucket: this.logBucket,
      queryStringsReason: props.queryStringsInLogsReason,
    });
    if (props.withoutWebAclReason !== undefined) {
      const resource = this.distribution.node.defaultChild as cloudfront.CfnDistribution;
      recordLoosening(resource, 'withoutWebAcl', props.withoutWebAclReason);
    }
  }

  /**
   * Serves what lies under a path in a way of its own.
   *
   * @param path such as `/api/*`; the first that matches decides, in the order in which they were added
   */
  addBehavior(path: string, behavior: TlsBehaviorProps): void {
    const { origin, ...options } = behaviorOptions(this, behavior, this.responseHeaders);
    this.distribution.addBehavior(path, origin, options);
  }

  private createWebAcl(props: TlsDistributionProps): IWebAcl | undefined {
    if (props.withoutWebAclReason !== undefined) return undefined;
    if (props.webAcl !== undefined) return props.webAcl;
    return new WebAcl(this, 'WebAcl', {
      scope: WebAclScope.CLOUDFRONT,
      queryStringsInLogsReason: props.queryStringsInLogsReason,
    });
  }

  private createDistribution(props: TlsDistributionProps): cloudfront.Distribution {
    const [certificate] = props.certificate.certificates;
    return new cloudfront.Distribution(this, 'Resource', {
      certificate,
      domainNames: props.domainNames,
      // The CDK's enum may lack names that AWS has; the property takes any.
      minimumProtocolVersion: this.tlsPolicyName() as cloudfront.SecurityPolicyProtocol,
      sslSupportMethod: cloudfront.SSLMethod.SNI,
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      enableIpv6: true,
      defaultBehavior: behaviorOptions(this, props.defaultBehavior, this.responseHeaders),
      defaultRootObject: props.defaultRootObject,
      geoRestriction:
        props.allowedCountries && cloudfront.GeoRestriction.allowlist(...props.allowedCountries),
      webAclId: this.webAcl?.webAclArn,
      priceClass: props.priceClass ?? cloudfront.PriceClass.PRICE_CLASS_ALL,
      comment: props.comment,
    });
  }

  private tlsPolicyName(): string {
    if (this.tlsProfile.supports('cloudfront-viewer')) {
      return this.tlsProfile.policyFor('cloudfront-viewer').name;
    }
    throw new TransmissionError(
      'UnsupportedProfile',
      this.tlsProfile.why('cloudfront-viewer'),
      this.node.path,
    );
  }
}
