import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { AUTHORIZATION_FAILURES, accessNamespaceOf, NAMESPACE, SUM, THROTTLES } from './api-metrics';
import { type ApiRoute, arnPartOf } from './routes';

/** A REST API whose every method asks its callers who they are. */
export interface IApi extends IConstruct {
  /**
   * The id of the API.
   *
   * @attribute
   */
  readonly restApiId: string;
  /** The stage that callers use. */
  readonly stageName: string;

  /**
   * Lets somebody call routes that ask for signatures (IAM), and nothing else: a method and a path each.
   *
   * @throws TransmissionError without a route
   */
  grantInvoke(grantee: iam.IGrantable, ...routes: ApiRoute[]): iam.Grant;
  /** A metric that API Gateway has of the stage. */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Requests. */
  metricCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Answers 400 to 499. */
  metricClientErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Answers 500 to 599. */
  metricServerErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Milliseconds from request to answer. */
  metricLatency(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Answers 429, counted in the access log. */
  metricThrottles(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Answers 401 and 403, counted in the access log. */
  metricAuthorizationFailures(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What an API can do whether it is defined here or elsewhere. */
export abstract class ApiBase extends Construct implements IApi {
  abstract readonly restApiId: string;
  abstract readonly stageName: string;
  /** Its name, under which API Gateway has its metrics; `undefined` where it is not known. */
  protected abstract readonly apiName: string | undefined;
  /** The account and region that it lies in. */
  protected readonly place: { readonly account?: string; readonly region?: string } = {};

  grantInvoke(grantee: iam.IGrantable, ...routes: ApiRoute[]): iam.Grant {
    if (routes.length === 0) {
      throw invalidProperty(
        this,
        "'routes' must name what may be called, got nothing, pass a method and a path: { method: 'GET', path: '/orders/*' }",
      );
    }
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['execute-api:Invoke'],
      resourceArns: routes.map((route) => this.arnOf(arnPartOf(this, route))),
    });
  }

  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    if (this.apiName === undefined) {
      throw invalidProperty(
        this,
        "'apiName' must be among the attributes of an imported API to measure it, since API Gateway has its metrics by name",
      );
    }
    return new cloudwatch.Metric({
      namespace: NAMESPACE,
      metricName,
      dimensionsMap: { ApiName: this.apiName, Stage: this.stageName },
      statistic: SUM,
      ...options,
    }).attachTo(this);
  }

  metricCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('Count', { statistic: cloudwatch.Stats.SAMPLE_COUNT, ...options });
  }

  metricClientErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('4XXError', options);
  }

  metricServerErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('5XXError', options);
  }

  metricLatency(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('Latency', { statistic: cloudwatch.Stats.p(99), ...options });
  }

  metricThrottles(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.accessMetric(THROTTLES.metricName, options);
  }

  metricAuthorizationFailures(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.accessMetric(AUTHORIZATION_FAILURES.metricName, options);
  }

  private accessMetric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const namespace = accessNamespaceOf(this.restApiId);
    return new cloudwatch.Metric({ namespace, metricName, statistic: SUM, ...options }).attachTo(this);
  }

  private arnOf(route: string): string {
    return Stack.of(this).formatArn({
      ...this.place,
      service: 'execute-api',
      resource: this.restApiId,
      resourceName: `${this.stageName}/${route}`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }
}
