import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { PROBE_METRICS, targetName } from '../../live/prober';
import { BundledFunction } from '../bundled-function';
import { customerKey } from '../customer-key';
import { functionMetric } from './function-metric';
import { lookEvery } from './interval';
import { type LookFromNetworkProps, recordPrivateAddresses } from './look-from-network';
import { addTlsProbeAlarms, type TlsProbeAlarms } from './tls-probe-alarms';
import { type ProbedHost, probedHosts } from './tls-probe-hosts';
import { checkTlsProbe } from './tls-probe-problems';

/** Properties of a `TlsProbe`. */
export interface TlsProbeProps extends LookFromNetworkProps {
  /** The hosts that are asked, and no others: 1 to 20. Names must be known at synthesis. */
  readonly hosts: readonly ProbedHost[];
  /**
   * The topic that is told, in the same account and region.
   *
   * CloudWatch must be allowed to publish there; an `AlarmTopic` allows it.
   */
  readonly topic: sns.ITopic;
  /**
   * How often it asks: whole hours, from one hour to seven days.
   *
   * @default Duration.hours(6)
   */
  readonly every?: Duration;
  /**
   * Encrypts the log, and the environment. Its policy is extended for CloudWatch Logs; that of an imported key is not.
   *
   * @default - a new key, rotated every year and retained
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * Asks servers, again and again, which versions, cipher suites and groups of TLS they accept, and looks at their
 * certificates: what runs is compared with what was promised, and a topic is told of every difference.
 *
 * The hosts and what they were promised to do are deployed with the code: no event adds a host, and the function needs no
 * permission but to write its log.
 *
 * At rest it adds a KMS key, where none is given, two alarms for each host, and three more.
 */
export class TlsProbe extends Construct {
  /** What asks. */
  readonly fn: lambda.IFunction;
  /** Encrypts its log and environment. */
  readonly encryptionKey: kms.IKey;
  /** Tell the topic. */
  readonly alarms: TlsProbeAlarms;

  constructor(scope: Construct, id: string, props: TlsProbeProps) {
    super(scope, id);
    const every = props.every ?? Duration.hours(6);
    checkTlsProbe(this, props, every);
    const hosts = probedHosts(this, props.hosts);
    const { topic, privateAddressesReason: reason } = props;
    this.encryptionKey = customerKey(this, 'the log of what asks servers for TLS', props.encryptionKey);
    const bundled = new BundledFunction(this, 'Prober', {
      handler: 'tls-probe',
      description: 'Asks servers which TLS they accept, and compares it with what was promised',
      encryptionKey: this.encryptionKey,
      files: { 'hosts.json': JSON.stringify(hosts) },
      environment: { PRIVATE_ADDRESSES: reason === undefined ? 'false' : 'true' },
      // Twenty hosts, four at a time, a minute each; then those again of which something could not be told.
      timeout: Duration.minutes(12),
      // To verify a chain, Node reads some 140 roots: with less of a processor that takes most of the time.
      memorySize: 512,
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
      securityGroups: props.securityGroups,
    });
    this.fn = bundled.fn;
    recordPrivateAddresses(bundled.fn, reason);
    lookEvery(this, every, bundled.fn, 'Asks servers which TLS they accept');
    this.alarms = addTlsProbeAlarms(this, { topic, every, names: hosts.map(targetName) });
  }

  /** A measure of all hosts together, such as `TlsHostsNotTold`. */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return functionMetric(this.fn, metricName, options);
  }

  /**
   * A measure of one host, such as `TlsDrift`.
   *
   * @param host with its port, such as `shop.example.com:443`
   */
  metricOfHost(host: string, metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(metricName, {
      dimensionsMap: { FunctionName: this.fn.functionName, Host: host },
      ...options,
    });
  }

  /** In how many ways a host is not as promised. */
  metricDrift(host: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metricOfHost(host, PROBE_METRICS.drift, options);
  }

  /** How many things are wrong with a host, drift and all. */
  metricErrors(host: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metricOfHost(host, PROBE_METRICS.errors, options);
  }

  /** Days until a certificate of a host's chain expires; negative after that. */
  metricDaysToExpiry(host: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metricOfHost(host, PROBE_METRICS.daysToExpiry, { statistic: 'Minimum', ...options });
  }

  /** How many versions a host accepts although they are older than promised, or than TLS 1.2. */
  metricVersionsBelowFloor(host: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metricOfHost(host, PROBE_METRICS.versionsBelowFloor, options);
  }
}
