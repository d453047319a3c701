import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct, IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import type { MonitoredMeasure } from './transmission-monitor-measure';

const FIVE_MINUTES = Duration.minutes(5);
const { NOT_BREACHING } = cloudwatch.TreatMissingData;

/** A load balancer that counts handshakes that failed, such as `TlsLoadBalancer` and `TlsNetworkLoadBalancer`. */
export interface MonitoredLoadBalancer extends IConstruct {
  /** Clients that could not agree on TLS. */
  metricClientTlsNegotiationErrorCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Targets that could not. */
  metricTargetTlsNegotiationErrorCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** How a load balancer is watched. */
export interface LoadBalancerMonitoring {
  /**
   * Whether anybody on the internet can reach it: scanners are always there, so that only more errors than usual mean
   * something.
   *
   * @default - what the load balancer says; one that is imported does not, and it must be given
   */
  readonly internetFacing?: boolean;
  /**
   * Where the internet reaches it: how many standard deviations above what is usual the alarm goes off, at most 10.
   *
   * @default 3
   */
  readonly clientErrorBandWidth?: number;
  /**
   * Where it is internal, whose clients are known: how many failed handshakes in five minutes are too many.
   *
   * @default 5
   */
  readonly clientErrorThreshold?: number;
  /**
   * How many failed handshakes with targets in five minutes are too many.
   *
   * @default 1
   */
  readonly targetErrorThreshold?: number;
}

/** Whether a load balancer faces the internet, by its own words. */
export function facesInternet(
  scope: Construct,
  loadBalancer: IConstruct,
  given: boolean | undefined,
): boolean {
  if (given !== undefined) return given;
  const own = loadBalancer.node.findAll().find((child) => elbv2.CfnLoadBalancer.isCfnLoadBalancer(child));
  if (own instanceof elbv2.CfnLoadBalancer && own.scheme !== undefined)
    return own.scheme === 'internet-facing';
  throw invalidProperty(
    scope,
    "'internetFacing' must be given for a load balancer that is defined elsewhere, got nothing, say whether the internet reaches it",
  );
}

/** Failed handshakes of a load balancer. Both are counted only when they happen. */
export function clientHandshakes(loadBalancer: MonitoredLoadBalancer): Omit<MonitoredMeasure, 'threshold'> {
  return {
    id: 'ClientTls',
    title: 'Handshakes with clients that failed',
    metric: loadBalancer.metricClientTlsNegotiationErrorCount({ statistic: 'Sum', period: FIVE_MINUTES }),
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    missingData: NOT_BREACHING,
    meaning:
      'More clients than usual cannot agree on TLS with a load balancer: a certificate that they do not accept, or clients older than its TLS policy. Without data no handshake failed.',
    runbook: 'docs/runbooks/tls-negotiation-clients.md',
  };
}

export function targetHandshakes(loadBalancer: MonitoredLoadBalancer, threshold: number): MonitoredMeasure {
  return {
    id: 'TargetTls',
    title: 'Handshakes with targets that failed',
    metric: loadBalancer.metricTargetTlsNegotiationErrorCount({ statistic: 'Sum', period: FIVE_MINUTES }),
    threshold,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    missingData: NOT_BREACHING,
    meaning:
      'A load balancer cannot agree on TLS with its targets: their visitors get errors. Without data no handshake failed.',
    runbook: 'docs/runbooks/tls-negotiation-targets.md',
  };
}

/** What goes wrong inside a function. */
export function errorsOfFunction(fn: lambda.IFunction): readonly MonitoredMeasure[] {
  const shared = { missingData: NOT_BREACHING, runbook: 'docs/runbooks/function-errors.md' };
  return [
    {
      id: 'Errors',
      title: 'Runs that failed',
      metric: fn.metricErrors({ statistic: 'Sum', period: FIVE_MINUTES }),
      threshold: 1,
      meaning: 'A function failed. Without data it did not run, of which this alarm knows nothing.',
      ...shared,
    },
    {
      id: 'Throttles',
      title: 'Runs that were put off',
      metric: fn.metricThrottles({ statistic: 'Sum', period: FIVE_MINUTES }),
      threshold: 1,
      evaluationPeriods: 3,
      meaning: 'A function is throttled: more is asked of it than it may run. Without data it did not run.',
      ...shared,
    },
  ];
}
