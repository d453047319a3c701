import { Lazy, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { TlsProfile } from '../../core/tls';
import { BaselineReference } from '../baseline';
import { LogBucket, LogKind } from '../log-store';
import { recordLoosening } from '../loosening';
import { type IWebAcl, WebAcl, WebAclScope } from '../web-acl';
import { AccessLogs } from './access-logs';
import { type BehaviorStandards, behaviorOptions, type TlsBehaviorProps } from './behavior';
import { CookieAttributes } from './cookie-attributes';
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
 * blocks; answers carry `ResponseHeaders`, and their cookies `CookieAttributes`; access logs name TLS version and cipher
 * suite. Its stack must be in us-east-1, with certificate and web ACL; a load balancer of another region is taken by
 * `TlsOrigin.loadBalancer`.
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

  /**
   * The distribution of the baseline, for a stack in us-east-1.
   *
   * @throws TransmissionError where there is no baseline, or it has no distribution, or the stack is elsewhere
   */
  static fromBaseline(scope: Construct, id: string): ITlsDistribution {
    const baseline = BaselineReference.of(scope);
    return new ImportedTlsDistribution(scope, id, {
      distributionId: baseline.value(scope, 'edge/distribution-id'),
      distributionDomainName: baseline.value(scope, 'edge/distribution-domain-name'),
    });
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

  private readonly resource: cloudfront.CfnDistribution;
  private readonly standards: BehaviorStandards;
  private ownCookieAttributes: CookieAttributes | undefined;
  /** The configurations of field-level encryption, by path. */
  private readonly encryptedPaths = new Map<string, string>();

  constructor(scope: Construct, id: string, props: TlsDistributionProps) {
    super(scope, id);
    checkDistributionProps(this, props);
    this.tlsProfile = props.tlsProfile ?? TlsProfile.TLS_1_2_OR_NEWER;
    this.responseHeaders = props.responseHeaders ?? new ResponseHeaders(this, 'ResponseHeaders');
    this.standards = {
      responseHeaders: this.responseHeaders,
      asksForCertificates: props.clientCertificates !== undefined,
      cookieAttributes: () => props.cookieAttributes ?? this.makeCookieAttributes(),
    };
    this.webAcl = this.createWebAcl(props);
    this.distribution = this.createDistribution(props);
    this.distributionId = this.distribution.distributionId;
    this.distributionDomainName = this.distribution.distributionDomainName;
    this.resource = this.distribution.node.defaultChild as cloudfront.CfnDistribution;
    this.configureBeyondCdk(props);
    for (const [path, behavior] of Object.entries(props.additionalBehaviors ?? {})) {
      this.addBehavior(path, behavior);
    }

    this.logBucket =
      props.logBucket ?? new LogBucket(this, 'Logs', { kind: LogKind.CLOUDFRONT_STANDARD }).bucket;
    new AccessLogs(this, 'AccessLogs', {
      distributionArn: this.distribution.distributionArn,
      bucket: this.logBucket,
      queryStringsReason: props.queryStringsInLogsReason,
    });
    if (props.withoutWebAclReason !== undefined) {
      recordLoosening(this.resource, 'withoutWebAcl', props.withoutWebAclReason);
    }
  }

  /**
   * Serves what lies under a path in a way of its own.
   *
   * @param path such as `/api/*`; the first that matches decides, in the order in which they were added
   */
  addBehavior(path: string, behavior: TlsBehaviorProps): void {
    const { origin, ...options } = behaviorOptions(this, behavior, this.standards);
    this.distribution.addBehavior(path, origin, options);
    const { fieldLevelEncryption, unchangedCookiesReason: reason } = behavior;
    if (fieldLevelEncryption !== undefined) {
      this.encryptedPaths.set(path, fieldLevelEncryption.configurationId);
    }
    if (reason !== undefined) recordLoosening(this.resource, `unchangedCookies ${path}`, reason);
  }

  /** What the CDK's distribution has no property for: certificates of viewers, and field-level encryption. */
  private configureBeyondCdk({ clientCertificates, defaultBehavior }: TlsDistributionProps): void {
    const { resource } = this;
    const config = resource.distributionConfig as cloudfront.CfnDistribution.DistributionConfigProperty;
    const extended = {
      ...config,
      defaultCacheBehavior: {
        ...(config.defaultCacheBehavior as cloudfront.CfnDistribution.DefaultCacheBehaviorProperty),
        fieldLevelEncryptionId: defaultBehavior.fieldLevelEncryption?.configurationId,
      },
      cacheBehaviors: Lazy.any({ produce: () => this.withEncryption(config.cacheBehaviors) }),
    };
    resource.distributionConfig = clientCertificates?.configure(extended) ?? extended;
    clientCertificates?.recordOn(resource);
    if (defaultBehavior.unchangedCookiesReason !== undefined) {
      recordLoosening(resource, 'unchangedCookies', defaultBehavior.unchangedCookiesReason);
    }
  }

  /** Adds configurations by path, since behaviors may be added to the CDK's distribution in between. */
  private withEncryption(cacheBehaviors: unknown): unknown {
    const behaviors: unknown = Stack.of(this).resolve(cacheBehaviors);
    if (!Array.isArray(behaviors)) return behaviors;
    return behaviors.map((behavior: cloudfront.CfnDistribution.CacheBehaviorProperty) => ({
      ...behavior,
      fieldLevelEncryptionId: this.encryptedPaths.get(behavior.pathPattern),
    }));
  }

  private makeCookieAttributes(): CookieAttributes {
    this.ownCookieAttributes ??= new CookieAttributes(this, 'CookieAttributes');
    return this.ownCookieAttributes;
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
    const { HTTP2, HTTP2_AND_3 } = cloudfront.HttpVersion;
    return new cloudfront.Distribution(this, 'Resource', {
      certificate,
      domainNames: props.domainNames,
      // The CDK's enum may lack names that AWS has; the property takes any.
      minimumProtocolVersion: this.tlsPolicyName() as cloudfront.SecurityPolicyProtocol,
      sslSupportMethod: cloudfront.SSLMethod.SNI,
      // CloudFront asks for no certificate over HTTP/3.
      httpVersion: props.clientCertificates === undefined ? HTTP2_AND_3 : HTTP2,
      enableIpv6: true,
      defaultBehavior: behaviorOptions(this, props.defaultBehavior, this.standards),
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
