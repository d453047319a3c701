import { Duration, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../../core/embedded-metrics';
import { RENEWAL_DUE, RENEWAL_OVERDUE } from '../../live/certificates/lifetime';
import { CERTIFICATE_METRICS } from '../../live/certificates/metric-names';
import { BundledFunction } from '../bundled-function';
import { customerKey } from '../customer-key';
import { EDGE_REGION } from '../edge-region';
import { invalidProperty } from '../invalid-property';
import { checkSameRegion } from '../region';
import { checkWholeNumber } from '../whole-number';
import { CERTIFICATE_ALARMS, type CertificateAlarm } from './certificate-audit-alarms';
import { functionMetric } from './function-metric';
import { checkInterval, lookEvery } from './interval';
import { alarmOn } from './transmission-monitor-measure';

/** Properties of a `CertificateAudit`. */
export interface CertificateAuditProps {
  /**
   * The topic that is told, in the same account and region.
   *
   * CloudWatch must be allowed to publish there; an `AlarmTopic` allows it.
   */
  readonly topic: sns.ITopic;
  /**
   * The regions whose certificates are audited, as literals: at most 30.
   *
   * @default - the region of the stack and, where that is known to be one of the `aws` partition, us-east-1, in which
   * the certificates of CloudFront lie
   */
  readonly regions?: readonly string[];
  /**
   * How often: whole hours, from one hour to one day.
   *
   * @default Duration.days(1)
   */
  readonly every?: Duration;
  /**
   * For how many certificates at most a metric of their own is published, those with the least life first: each is a
   * custom metric, which costs for every hour in which it has a value. From 0 to 2,500.
   *
   * @default 500
   */
  readonly certificateMetrics?: number;
  /**
   * Encrypts the log and the environment. Its policy is extended for CloudWatch Logs; that of an imported key is not.
   *
   * @default - a new key, rotated every year and retained
   */
  readonly encryptionKey?: kms.IKey;
}

/** Such as `eu-west-1` or `us-gov-east-1`. */
const REGION = /^[a-z]{2,6}(-[a-z]{2,12}){1,3}-\d{1,2}$/;
const MOST_REGIONS = 30;
const A_DAY = { hours: 24, inWords: 'one day' };

/**
 * Looks at every certificate that ACM keeps in the regions, on a schedule, and tells a topic what expires, what fails to
 * renew, what is weak, and when it could not look.
 *
 * A `CertificateMonitor` watches certificates that the app knows. This one finds those that nobody thinks of.
 *
 * It may list and describe certificates, and nothing else. At rest it adds a KMS key, where none is given, and six alarms.
 */
export class CertificateAudit extends Construct {
  /** A certificate that people renew has a third of its life left. */
  readonly dueAlarm: cloudwatch.Alarm;
  /** A certificate in use has a sixth of its life left. */
  readonly overdueAlarm: cloudwatch.Alarm;
  /** There are findings of the level error. */
  readonly findingsAlarm: cloudwatch.Alarm;
  /** A region or a certificate could not be read. */
  readonly notReadAlarm: cloudwatch.Alarm;
  /** The audit did not run. */
  readonly notRunAlarm: cloudwatch.Alarm;
  /** The function failed. */
  readonly failedAlarm: cloudwatch.Alarm;
  /** What audits. */
  readonly fn: lambda.IFunction;
  /** Encrypts its log and environment. */
  readonly encryptionKey: kms.IKey;
  /** The regions that it looks at. */
  readonly regions: readonly string[];

  constructor(scope: Construct, id: string, props: CertificateAuditProps) {
    super(scope, id);
    const every = props.every ?? Duration.days(1);
    const most = props.certificateMetrics ?? 500;
    this.check(props, every, most);
    this.regions = props.regions === undefined ? this.usualRegions() : [...new Set(props.regions)];
    this.encryptionKey = customerKey(this, 'the log of what audits certificates', props.encryptionKey);
    const bundled = new BundledFunction(this, 'Audit', {
      handler: 'certificate-audit',
      description: 'Audits the certificates that ACM keeps',
      encryptionKey: this.encryptionKey,
      environment: { REGIONS: this.regions.join(','), CERTIFICATE_METRICS: String(most) },
      // ACM describes 10 certificates a second: 2,500 in a region, its quota, take more than five minutes.
      timeout: Duration.minutes(15),
      memorySize: 512,
    });
    this.fn = bundled.fn;
    this.allow(bundled.role);
    lookEvery(this, every, bundled.fn, 'Audits the certificates that ACM keeps');

    const add = (alarm: CertificateAlarm, metric: cloudwatch.IMetric, threshold: number) =>
      alarmOn(this, props.topic, { ...alarm, metric, threshold });
    const { due, overdue, findings, notRead, notRun, failed } = CERTIFICATE_ALARMS;
    this.dueAlarm = add(due, this.metricLowestManualRemainingLifetimeRatio(), RENEWAL_DUE);
    this.overdueAlarm = add(overdue, this.metricLowestRemainingLifetimeRatio(), RENEWAL_OVERDUE);
    this.findingsAlarm = add(findings, this.metricErrors(), 1);
    this.notReadAlarm = add(notRead, this.metricNotRead(), 1);
    // A certificate less audited is none: how often it ran is what is counted.
    const runs = this.metric(CERTIFICATE_METRICS.audited, {
      statistic: 'SampleCount',
      period: Duration.days(1),
    });
    this.notRunAlarm = add(notRun, runs, 1);
    const errors = bundled.fn.metricErrors({ statistic: 'Sum', period: Duration.minutes(5) });
    this.failedAlarm = add(failed, errors, 1);
  }

  /** A measure of the audit as a whole, such as `CertificatesAudited`. */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return functionMetric(this.fn, metricName, options);
  }

  /** How many certificates there are. */
  metricCertificates(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(CERTIFICATE_METRICS.audited, options);
  }

  /** How many findings of the level error there are. */
  metricErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(CERTIFICATE_METRICS.errors, options);
  }

  /** How many findings of the level warning there are. */
  metricWarnings(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(CERTIFICATE_METRICS.warnings, options);
  }

  /** How many regions and certificates could not be read. */
  metricNotRead(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(CERTIFICATE_METRICS.notRead, options);
  }

  /** The least share of its life that a certificate in use has left; 1 where there is none. */
  metricLowestRemainingLifetimeRatio(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(CERTIFICATE_METRICS.lowest, { statistic: 'Minimum', ...options });
  }

  /** The least share that one has left which ACM does not renew by itself. */
  metricLowestManualRemainingLifetimeRatio(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(CERTIFICATE_METRICS.lowestManual, { statistic: 'Minimum', ...options });
  }

  /**
   * The share of its life that a certificate has left. It has a value once for each audit, while the certificate is in
   * use.
   *
   * @param certificate its region, the name that it was requested for, and the last part of its ARN
   */
  metricRemainingLifetimeRatio(
    certificate: { readonly region: string; readonly domainName: string; readonly certificateId: string },
    options?: cloudwatch.MetricOptions,
  ): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: METRIC_NAMESPACE,
      metricName: CERTIFICATE_METRICS.ratio,
      dimensionsMap: {
        Region: certificate.region,
        DomainName: certificate.domainName,
        CertificateId: certificate.certificateId,
      },
      statistic: 'Minimum',
      period: Duration.days(1),
      ...options,
    });
  }

  /**
   * ACM knows no resource for the list of certificates.
   *
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscertificatemanager.html
   */
  private allow(role: iam.IRole): void {
    const stack = Stack.of(this);
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: ['acm:ListCertificates'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:RequestedRegion': this.regions } },
      }),
    );
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: ['acm:DescribeCertificate'],
        resources: this.regions.map((region) =>
          stack.formatArn({ service: 'acm', region, resource: 'certificate', resourceName: '*' }),
        ),
      }),
    );
  }

  private usualRegions(): readonly string[] {
    const { region } = Stack.of(this);
    const isOfAws = !Token.isUnresolved(region) && RegionInfo.get(region).partition === 'aws';
    return isOfAws && region !== EDGE_REGION ? [region, EDGE_REGION] : [region];
  }

  private check({ topic, regions }: CertificateAuditProps, every: Duration, most: number): void {
    checkSameRegion(this, {
      property: 'topic',
      resource: topic,
      arn: topic.topicArn,
      of: 'the audit',
      remedy: 'whose alarms reach topics of their own region only, create one there',
    });
    checkInterval(this, every, A_DAY);
    if (Token.isUnresolved(most)) {
      throw invalidProperty(
        this,
        "'certificateMetrics' must be a literal number, got an unresolved value, read it from configuration",
      );
    }
    checkWholeNumber(this, 'certificateMetrics', most, 0, 2500);
    if (regions !== undefined) this.checkRegions(regions);
  }

  private checkRegions(regions: readonly string[]): void {
    if (Token.isUnresolved(regions) || regions.some((region) => Token.isUnresolved(region))) {
      const message =
        "'regions' must be literal names, got an unresolved value, read them from configuration";
      throw invalidProperty(this, message);
    }
    const wrong = regions.find((region) => !REGION.test(region));
    if (wrong !== undefined) {
      const message = `'regions' must be names of regions such as eu-west-1, got ${JSON.stringify(wrong)}, correct it`;
      throw invalidProperty(this, message);
    }
    const partitions = new Set(regions.flatMap((region) => RegionInfo.get(region).partition ?? []));
    if (partitions.size > 1) {
      const got = [...partitions].join(' and ');
      const message = `'regions' must lie in one partition, since credentials hold in one only, got ${got}, define an audit in each`;
      throw invalidProperty(this, message);
    }
    if (regions.length >= 1 && regions.length <= MOST_REGIONS) return;
    const message = `'regions' must be from 1 to ${MOST_REGIONS}, got ${regions.length}, leave it out for the usual ones`;
    throw invalidProperty(this, message);
  }
}
