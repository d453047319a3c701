import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { ApiBase, type IApi } from '../api';
import { NAMESPACE } from '../api/api-metrics';

/**
 * The stage of an HTTP API. Of any other name API Gateway writes the name before each path that it hands on (`rawPath`, and
 * requests to load balancers), also behind a custom domain, where no caller sent it: signatures would not verify.
 *
 * @see https://github.com/aws-powertools/powertools-lambda-python/issues/621
 * @see https://github.com/CodeGenieApp/serverless-express/issues/465 (with a custom domain)
 */
export const STAGE_NAME = '$default';

/** An HTTP API for other companies. */
export interface IPartnerHttpApi extends IApi {
  /** Its address, which ends in a slash; `undefined` where its name is not known. */
  readonly url: string | undefined;
}

/** What identifies an HTTP API for partners that exists already. */
export interface PartnerHttpApiAttributes {
  /** The id of the API. */
  readonly httpApiId: string;
  /**
   * The stage that partners call.
   *
   * @default '$default', which those of this package have
   */
  readonly stageName?: string;
  /**
   * The name that partners call.
   *
   * @default - not known
   */
  readonly domainName?: string;
}

/** Metrics of HTTP APIs stand under the id, and answers by another name than those of REST APIs. */
export abstract class HttpApiBase extends ApiBase implements IPartnerHttpApi {
  abstract readonly url: string | undefined;
  protected readonly apiName = undefined;

  override metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: NAMESPACE,
      metricName,
      dimensionsMap: { ApiId: this.restApiId, Stage: this.stageName },
      statistic: cloudwatch.Stats.SUM,
      ...options,
    }).attachTo(this);
  }

  override metricClientErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('4xx', options);
  }

  override metricServerErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('5xx', options);
  }
}

/** One that another stack or app defines. */
export class ImportedPartnerHttpApi extends HttpApiBase {
  readonly restApiId: string;
  readonly stageName: string;
  readonly url: string | undefined;

  constructor(scope: Construct, id: string, { httpApiId, stageName, domainName }: PartnerHttpApiAttributes) {
    super(scope, id);
    this.restApiId = httpApiId;
    this.stageName = stageName ?? STAGE_NAME;
    this.url = domainName && `https://${domainName}/`;
  }
}
