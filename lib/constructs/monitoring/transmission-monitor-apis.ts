import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { MonitoredMeasure } from './transmission-monitor-measure';

const FIVE_MINUTES = Duration.minutes(5);
const { NOT_BREACHING } = cloudwatch.TreatMissingData;

/** An API that counts requests and errors: any REST or HTTP API of the CDK. */
export interface MonitoredApi {
  /** All requests. */
  metricCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Requests that were answered with 4xx: refused, throttled, or wrong. */
  metricClientError(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Requests that were answered with 5xx. */
  metricServerError(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** An API that counts refusals and throttles apart, in its access log: `PrivateApi`, `PartnerApi`, `PartnerHttpApi`. */
export interface MonitoredGuardedApi {
  /** All requests. */
  metricCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Answers 400 to 499. */
  metricClientErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Answers 500 to 599. */
  metricServerErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Answers 401 and 403. */
  metricAuthorizationFailures(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Answers 429. */
  metricThrottles(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** How an API is watched. */
export interface ApiMonitoring {
  /**
   * How many of a hundred requests may fail on the side of the server in five minutes.
   *
   * @default 5
   */
  readonly serverErrorPercent?: number;
  /**
   * How many of a hundred requests may be refused in five minutes.
   *
   * @default 25
   */
  readonly clientErrorPercent?: number;
  /**
   * Below so many requests in five minutes no share is taken: one of two would be half of them.
   *
   * @default 20
   */
  readonly leastRequests?: number;
  /**
   * Requests that lacked authorisation, where the API counts them apart: so many in five minutes are too many.
   *
   * @default - 20 of an API that counts them apart; of others they count as errors of clients
   */
  readonly authorizationFailures?: { readonly metric: cloudwatch.IMetric; readonly threshold: number };
  /**
   * Requests that were throttled, where the API counts them apart: so many in five minutes are too many.
   *
   * @default - 50 of an API that counts them apart; of others they count as errors of clients
   */
  readonly throttles?: { readonly metric: cloudwatch.IMetric; readonly threshold: number };
}

/** Errors of an API, as shares of its requests. */
export function errorsOfApi(
  api: MonitoredApi | MonitoredGuardedApi,
  options: ApiMonitoring,
): readonly MonitoredMeasure[] {
  const { serverErrorPercent = 5, clientErrorPercent = 25 } = options;
  const counts = countsOf(api);
  const { authorizationFailures = counts.authorizationFailures, throttles = counts.throttles } = options;
  const often = { evaluationPeriods: 3, datapointsToAlarm: 2, missingData: NOT_BREACHING };
  const once = { evaluationPeriods: 1, missingData: NOT_BREACHING };
  return [
    {
      id: 'ServerErrors',
      title: 'Requests that the server failed, in percent',
      metric: share('5xx', counts.serverErrors, counts.requests, options),
      threshold: serverErrorPercent,
      meaning: 'An API answers with 5xx. Without data nobody called it.',
      runbook: 'docs/runbooks/api-server-errors.md',
      ...often,
    },
    {
      id: 'ClientErrors',
      title: 'Requests that were refused, in percent',
      metric: share('4xx', counts.clientErrors, counts.requests, options),
      threshold: clientErrorPercent,
      meaning:
        'An API refuses many requests with 4xx: callers without authorisation, throttled ones, or somebody who tries. Without data nobody called it.',
      runbook: 'docs/runbooks/api-client-errors.md',
      ...often,
    },
    ...(authorizationFailures === undefined
      ? []
      : [
          {
            id: 'AuthorizationFailures',
            title: 'Requests without authorisation',
            meaning:
              'Many callers of an API lack authorisation: a credential that ended, or somebody who tries.',
            runbook: 'docs/runbooks/api-authorization-failures.md',
            ...authorizationFailures,
            ...once,
          },
        ]),
    ...(throttles === undefined
      ? []
      : [
          {
            id: 'Throttles',
            title: 'Requests that were throttled',
            meaning: 'An API throttles its callers: more of them than agreed, or a loop.',
            runbook: 'docs/runbooks/api-throttles.md',
            ...throttles,
            ...once,
          },
        ]),
  ];
}

interface Counts extends Pick<ApiMonitoring, 'authorizationFailures' | 'throttles'> {
  readonly requests: cloudwatch.IMetric;
  readonly clientErrors: cloudwatch.IMetric;
  readonly serverErrors: cloudwatch.IMetric;
}

function countsOf(api: MonitoredApi | MonitoredGuardedApi): Counts {
  const requests = api.metricCount(SUM);
  if (!('metricClientErrors' in api)) {
    return {
      requests,
      clientErrors: api.metricClientError(SUM),
      serverErrors: api.metricServerError(SUM),
    };
  }
  return {
    requests,
    clientErrors: api.metricClientErrors(SUM),
    serverErrors: api.metricServerErrors(SUM),
    authorizationFailures: { metric: api.metricAuthorizationFailures(SUM), threshold: 20 },
    throttles: { metric: api.metricThrottles(SUM), threshold: 50 },
  };
}

const SUM = { statistic: 'Sum', period: FIVE_MINUTES };

function share(
  label: string,
  errors: cloudwatch.IMetric,
  requests: cloudwatch.IMetric,
  { leastRequests = 20 }: ApiMonitoring,
): cloudwatch.IMetric {
  return new cloudwatch.MathExpression({
    label,
    expression: `IF(requests >= ${leastRequests}, 100 * FILL(errors, 0) / requests, 0)`,
    usingMetrics: { errors, requests },
    period: FIVE_MINUTES,
  });
}
