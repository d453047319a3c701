import { type IResource, Resource } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { EDGE_REGION } from '../edge-region';

/** A distribution of CloudFront that speaks TLS only. */
export interface ITlsDistribution extends IResource {
  /**
   * The id of the distribution.
   *
   * @attribute
   */
  readonly distributionId: string;
  /**
   * The name that AWS gave it, for an alias record.
   *
   * @attribute
   */
  readonly distributionDomainName: string;

  /** Lets somebody drop what the edge has cached. */
  grantCreateInvalidation(grantee: iam.IGrantable): iam.Grant;
  /** A metric of the distribution. */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Requests of viewers, in clear ones that are redirected included. */
  metricRequests(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** The percentage of requests that were answered with 4xx, those that the web ACL blocked among them. */
  metric4xxErrorRate(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** The percentage of requests that were answered with 5xx, 502 for a failed TLS handshake with an origin among them. */
  metric5xxErrorRate(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What identifies a distribution that exists already. */
export interface TlsDistributionAttributes {
  /** The id of the distribution. */
  readonly distributionId: string;
  /** The name that AWS gave it. */
  readonly distributionDomainName: string;
}

/** What distributions have in common, whoever defines them. */
export abstract class TlsDistributionBase extends Resource implements ITlsDistribution {
  abstract readonly distributionId: string;
  abstract readonly distributionDomainName: string;
  /** The distribution underneath, for alias records. What is changed there escapes the checks of this construct. */
  abstract readonly distribution: cloudfront.IDistribution;

  grantCreateInvalidation(grantee: iam.IGrantable): iam.Grant {
    return this.distribution.grantCreateInvalidation(grantee);
  }

  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/CloudFront',
      metricName,
      dimensionsMap: { DistributionId: this.distributionId, Region: 'Global' },
      // CloudFront reports to this region only.
      region: EDGE_REGION,
      ...options,
    });
  }

  metricRequests(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('Requests', { statistic: cloudwatch.Stats.SUM, ...options });
  }

  metric4xxErrorRate(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('4xxErrorRate', options);
  }

  metric5xxErrorRate(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('5xxErrorRate', options);
  }
}

/** A distribution that another stack or app defines. */
export class ImportedTlsDistribution extends TlsDistributionBase {
  readonly distributionId: string;
  readonly distributionDomainName: string;
  readonly distribution: cloudfront.IDistribution;

  constructor(scope: Construct, id: string, attributes: TlsDistributionAttributes) {
    super(scope, id);
    const { distributionId, distributionDomainName: domainName } = attributes;
    this.distributionId = distributionId;
    this.distributionDomainName = domainName;
    this.distribution = cloudfront.Distribution.fromDistributionAttributes(this, 'Distribution', {
      distributionId,
      domainName,
    });
  }
}
