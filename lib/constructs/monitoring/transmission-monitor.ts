import { Duration } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { CertificateMonitor } from '../certificate';
import type { ITlsDistribution } from '../distribution';
import type { ZoneSigning } from '../dns';
import { checkEdgeRegion } from '../edge-region';
import { invalidProperty } from '../invalid-property';
import { checkSameRegion } from '../region';
import {
  type ApiMonitoring,
  errorsOfApi,
  type MonitoredApi,
  type MonitoredGuardedApi,
} from './transmission-monitor-apis';
import {
  checkTitle,
  type DashboardGroup,
  MOST_ALARMS,
  MonitorDashboard,
} from './transmission-monitor-dashboard';
import { KeyWatch } from './transmission-monitor-keys';
import { alarmOn, anomalyAlarmOn, type MonitoredMeasure } from './transmission-monitor-measure';
import type {
  CertificateMonitoring,
  DistributionMonitoring,
  TransmissionMonitorProps,
} from './transmission-monitor-props';
import {
  clientHandshakes,
  errorsOfFunction,
  facesInternet,
  type LoadBalancerMonitoring,
  type MonitoredLoadBalancer,
  targetHandshakes,
} from './transmission-monitor-subjects';

/**
 * A dashboard of how data travels, and alarms that tell one topic when something of it breaks: certificates,
 * handshakes, keys, APIs, distributions, functions, and whatever gives its measures.
 *
 * Each alarm tells on its own and names its runbook. There is no composite alarm: it would say that something is wrong,
 * and not what. Every alarm says what it makes of missing data.
 *
 * It stands in one region, as alarms do: CloudFront and DNSSEC are measured in us-east-1, and need a monitor there.
 */
export class TransmissionMonitor extends Construct {
  /** The dashboard, for further widgets. */
  readonly dashboard: cloudwatch.Dashboard;

  private readonly rows: MonitorDashboard;
  private readonly topic: sns.ITopic;
  private readonly made: cloudwatch.IAlarm[] = [];

  constructor(scope: Construct, id: string, props: TransmissionMonitorProps) {
    super(scope, id);
    const { topic, dashboardName } = props;
    checkSameRegion(this, {
      property: 'topic',
      resource: topic,
      arn: topic.topicArn,
      of: 'the monitor',
      remedy: 'whose alarms reach topics of their own region only, create one there',
    });
    this.topic = topic;
    this.rows = new MonitorDashboard(this, 'Dashboard', dashboardName);
    this.dashboard = this.rows.dashboard;
  }

  /** Every alarm that this monitor shows, in the order in which they were added. */
  get alarms(): readonly cloudwatch.IAlarm[] {
    return [...this.made];
  }

  /**
   * Watches certificates of this region: the alarms and events of a `CertificateMonitor`.
   *
   * @param id names the group, and is its title
   */
  addCertificates(
    id: string,
    certificates: acm.ICertificate[],
    options: CertificateMonitoring = {},
  ): CertificateMonitor {
    if (certificates.length > MOST_ALARMS) {
      throw invalidProperty(
        this,
        `'certificates' must hold at most ${MOST_ALARMS}, which is what a widget shows, got ${certificates.length}, add the rest in another call`,
      );
    }
    checkTitle(this, id);
    const monitor = new CertificateMonitor(this, id, { certificates, topic: this.topic, now: options.now });
    const days = certificates.map((certificate) =>
      certificate.metricDaysToExpiry({ period: Duration.days(1), statistic: 'Minimum' }),
    );
    this.show({ title: id, alarms: monitor.alarms, graphs: [['Days to expiry', days]] });
    return monitor;
  }

  /**
   * Watches the handshakes of a load balancer, with clients and with targets.
   *
   * What the internet reaches is measured against what is usual, since scanners are always there; CloudWatch learns that
   * from up to two weeks of data. Listeners that pass TLS through count nothing.
   *
   * @param id names the group, and is its title
   */
  addLoadBalancer(
    id: string,
    loadBalancer: MonitoredLoadBalancer,
    options: LoadBalancerMonitoring = {},
  ): void {
    const group = this.group(id);
    const clients = clientHandshakes(loadBalancer);
    const client = facesInternet(group, loadBalancer, options.internetFacing)
      ? anomalyAlarmOn(group, this.topic, { ...clients, bandWidth: options.clientErrorBandWidth ?? 3 })
      : alarmOn(group, this.topic, {
          ...clients,
          threshold: options.clientErrorThreshold ?? 5,
          datapointsToAlarm: 2,
        });
    const targets = targetHandshakes(loadBalancer, options.targetErrorThreshold ?? 1);
    const target = alarmOn(group, this.topic, targets);
    this.show({
      title: id,
      alarms: [client, target],
      drawn: [
        [clients.title, client],
        [targets.title, target],
      ],
    });
  }

  /**
   * Watches a distribution. The monitor must stand in us-east-1, where CloudFront reports.
   *
   * CloudFront counts no handshake, neither of viewers nor of origins: what there is, is the answer 502.
   *
   * @param id names the group, and is its title
   */
  addDistribution(id: string, distribution: ITlsDistribution, options: DistributionMonitoring = {}): void {
    checkEdgeRegion(this, 'a monitor of distributions');
    const { serverErrorPercent = 1, additionalMetrics = false } = options;
    const period = Duration.minutes(5);
    const shared = {
      evaluationPeriods: 3,
      missingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      runbook: 'docs/runbooks/edge-errors.md',
    };
    this.addMeasures(id, [
      {
        id: 'ServerErrors',
        title: 'Answers of 5xx, in percent',
        metric: distribution.metric5xxErrorRate({ period }),
        threshold: serverErrorPercent,
        meaning: 'A distribution answers with 5xx. Without data nobody asked.',
        ...shared,
      },
      ...(additionalMetrics
        ? [
            {
              id: 'OriginTls',
              title: 'Answers of 502, in percent',
              metric: distribution.metric('502ErrorRate', { period }),
              threshold: serverErrorPercent,
              meaning:
                'A distribution answers with 502: it cannot agree on TLS with an origin, or does not accept its certificate. Without data nobody asked.',
              ...shared,
            },
          ]
        : []),
    ]);
  }

  /**
   * Tells when somebody disables a key, schedules its deletion or takes its imported material away: by events, since
   * there is no metric of it. A trail must log management events in this region.
   *
   * @param id names the group, and is its title
   */
  addKeys(id: string, keys: kms.IKey[]): void {
    checkTitle(this, id);
    const watch = new KeyWatch(this, id, keys, this.topic);
    this.show({
      title: id,
      alarms: [],
      graphs: [['Events of keys, told and not delivered', watch.metrics()]],
      note: 'Told by events, which have no state: zero is well.',
    });
  }

  /**
   * Watches the errors of an API, as shares of its requests.
   *
   * API Gateway counts neither throttled nor unauthorised requests apart from other 4xx. The APIs of this library do, in
   * their access logs; of others give metrics where you have them. An API that was given a topic has these alarms
   * already: show those by `addAlarms`.
   *
   * @param id names the group, and is its title
   */
  addApi(id: string, api: MonitoredApi | MonitoredGuardedApi, options: ApiMonitoring = {}): void {
    this.addMeasures(id, errorsOfApi(api, options));
  }

  /**
   * Watches a function: runs that failed, and runs that were put off.
   *
   * @param id names the group, and is its title
   */
  addFunction(id: string, fn: lambda.IFunction): void {
    this.addMeasures(id, errorsOfFunction(fn));
  }

  /**
   * Shows the alarms of a signed zone, and lets them tell this topic as well. The monitor must stand in us-east-1.
   *
   * @param id names the group, and is its title
   */
  addZoneSigning(id: string, zone: ZoneSigning): void {
    checkEdgeRegion(this, 'a monitor of signed zones');
    const { internalFailureAlarm, keyNeedsActionAlarm } = zone;
    if (zone.alarmTopic.topicArn !== this.topic.topicArn) {
      for (const alarm of [internalFailureAlarm, keyNeedsActionAlarm]) {
        alarm.addAlarmAction(new actions.SnsAction(this.topic));
      }
    }
    checkTitle(this, id);
    this.show({
      title: id,
      alarms: [internalFailureAlarm, keyNeedsActionAlarm],
      drawn: [
        ['DNSSEC failed inside Route 53', internalFailureAlarm],
        ['Keys that sign, and need action', keyNeedsActionAlarm],
      ],
    });
  }

  /**
   * Watches whatever gives its measures: an alarm for each, on the topic of this monitor.
   *
   * @param id names the group, and is its title
   * @param measures 1 to 100
   */
  addMeasures(id: string, measures: readonly MonitoredMeasure[]): void {
    const group = this.group(id);
    checkCount(group, 'measures', measures);
    const drawn = measures.map((measure) => {
      checkTitle(group, measure.title);
      return [measure.title, alarmOn(group, this.topic, measure)] as const;
    });
    this.show({ title: id, alarms: drawn.map(([, alarm]) => alarm), drawn });
  }

  /**
   * Shows alarms that exist, which keep telling whom they told before.
   *
   * @param title one line over them
   * @param alarms 1 to 100
   */
  addAlarms(title: string, alarms: readonly cloudwatch.IAlarm[]): void {
    checkCount(this, 'alarms', alarms);
    this.show({ title, alarms });
  }

  private group(id: string): Construct {
    checkTitle(this, id);
    return new Construct(this, id);
  }

  private show(group: DashboardGroup): void {
    this.rows.show(group);
    this.made.push(...group.alarms);
  }
}

function checkCount(scope: Construct, property: string, list: readonly unknown[]): void {
  if (list.length > 0 && list.length <= MOST_ALARMS) return;
  throw invalidProperty(
    scope,
    `'${property}' must hold 1 to ${MOST_ALARMS}, which is what a widget shows, got ${list.length}, ` +
      (list.length === 0 ? 'add one' : 'add the rest in another call'),
  );
}
