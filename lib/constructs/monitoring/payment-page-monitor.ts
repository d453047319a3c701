import { Duration, Tags } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { PAYMENT_PAGE_TAG } from '../../core/classification';
import { PAGE_METRICS } from '../../live/payment-page/metrics';
import { BundledFunction } from '../bundled-function';
import { customerKey } from '../customer-key';
import { checkSameRegion } from '../region';
import { functionMetric } from './function-metric';
import { checkInterval, lookEvery, periodsOfOneLook, SEVEN_DAYS } from './interval';
import { checkLookFromNetwork, type LookFromNetworkProps, recordPrivateAddresses } from './look-from-network';
import type { ApprovedPages } from './payment-page-approved';
import { alarmOn } from './transmission-monitor-measure';

/** Properties of a `PaymentPageMonitor`. */
export interface PaymentPageMonitorProps extends LookFromNetworkProps {
  /** The pages, and what may stand on them. */
  readonly approved: ApprovedPages;
  /**
   * The topic that is told when a page was changed or could not be looked at, in the same account and region.
   *
   * CloudWatch must be allowed to publish there; an `AlarmTopic` allows it.
   */
  readonly topic: sns.ITopic;
  /**
   * How often it looks: whole hours, from one hour to seven days (PCI DSS 11.6.1: at least every seven days).
   *
   * @default Duration.days(1)
   */
  readonly every?: Duration;
  /**
   * Encrypts the log, and the environment. Its policy is extended for CloudWatch Logs; that of an imported key is not.
   *
   * @default - a new key, rotated every year and retained
   */
  readonly encryptionKey?: kms.IKey;
}

const AS_PCI_ASKS = { ...SEVEN_DAYS, inWords: `${SEVEN_DAYS.inWords} (PCI DSS 11.6.1)` };

/**
 * Looks at payment pages as a browser gets them, compares scripts and security headers with what was approved, and tells a
 * topic what was added, changed or taken away (PCI DSS 6.4.3, 11.6.1).
 *
 * The list of what is approved is deployed with the code: the function needs no permission but to write its log, and who
 * changes a page cannot change the list.
 *
 * It sees what the server sends. What scripts add while a page runs only the browser sees: let the page report that by
 * its Content-Security-Policy (`docs/payment-pages.md`).
 *
 * At rest it adds a KMS key, where none is given, and four alarms.
 */
export class PaymentPageMonitor extends Construct {
  /** A page is not what was approved. */
  readonly changedAlarm: cloudwatch.Alarm;
  /** A page could not be looked at. */
  readonly notCheckedAlarm: cloudwatch.Alarm;
  /** No page was looked at in time. */
  readonly notRunAlarm: cloudwatch.Alarm;
  /** The function failed. */
  readonly failedAlarm: cloudwatch.Alarm;
  /** What looks at the pages. */
  readonly fn: lambda.IFunction;
  /** Encrypts its log and environment. */
  readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, props: PaymentPageMonitorProps) {
    super(scope, id);
    const { topic, approved, privateAddressesReason: reason } = props;
    const every = props.every ?? Duration.days(1);
    this.check(props, every);
    this.encryptionKey = customerKey(this, 'the log of what watches payment pages', props.encryptionKey);
    const { owner, pages } = approved.list;
    const bundled = new BundledFunction(this, 'Watch', {
      handler: 'payment-page',
      description: 'Looks at payment pages, and compares them with what was approved',
      encryptionKey: this.encryptionKey,
      files: { 'approved.json': JSON.stringify(approved.list) },
      environment: { PRIVATE_ADDRESSES: reason === undefined ? 'false' : 'true' },
      timeout: Duration.minutes(10),
      // Twenty pages of four megabytes, one after the other.
      memorySize: 512,
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
      securityGroups: props.securityGroups,
    });
    this.fn = bundled.fn;
    Tags.of(bundled.fn).add(PAYMENT_PAGE_TAG, 'watches');
    recordPrivateAddresses(bundled.fn, reason);
    lookEvery(this, every, bundled.fn, 'Looks at payment pages');

    const where = `${pages.length === 1 ? 'the payment page' : `the ${pages.length} payment pages`}`;
    const told = (text: string) => `${text} Owner: ${owner}.`;
    this.changedAlarm = alarmOn(this, topic, {
      id: 'Changed',
      title: 'Changes of payment pages',
      metric: this.metricFindings(),
      threshold: 1,
      missingData: cloudwatch.TreatMissingData.IGNORE,
      meaning: told(
        `A script or security header of ${where} is not what was approved: somebody may be reading card numbers (PCI DSS 11.6.1). The log of the function names it. Without data the alarm keeps what it knows: another tells when nobody looks.`,
      ),
      runbook: 'docs/runbooks/page-changed.md',
    });
    this.notCheckedAlarm = alarmOn(this, topic, {
      id: 'NotChecked',
      title: 'Payment pages that could not be looked at',
      metric: this.metricNotChecked(),
      threshold: 1,
      missingData: cloudwatch.TreatMissingData.IGNORE,
      meaning: told(
        `Something of ${where} could not be looked at: nobody knows whether it was changed. The log of the function says why. Without data the alarm keeps what it knows.`,
      ),
      runbook: 'docs/runbooks/page-not-checked.md',
    });
    this.notRunAlarm = this.addNotRunAlarm(topic, every, told);
    this.failedAlarm = alarmOn(this, topic, {
      id: 'Failed',
      title: 'Looks at payment pages that failed',
      metric: bundled.fn.metricErrors({ statistic: 'Sum', period: Duration.minutes(5) }),
      threshold: 1,
      missingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      meaning: told(
        'What looks at payment pages failed. Without data it did not run, of which another alarm tells.',
      ),
      runbook: 'docs/runbooks/page-not-checked.md',
    });
  }

  /** A measure of the function, such as `PaymentPageFindings`. */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return functionMetric(this.fn, metricName, options);
  }

  /** In how many ways pages were not what was approved, at each look. */
  metricFindings(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(PAGE_METRICS.findings, options);
  }

  /** Of how many pages something could not be looked at. */
  metricNotChecked(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(PAGE_METRICS.unchecked, options);
  }

  /** How many pages were looked at to the end. */
  metricChecked(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(PAGE_METRICS.checked, options);
  }

  private addNotRunAlarm(
    topic: sns.ITopic,
    every: Duration,
    told: (text: string) => string,
  ): cloudwatch.Alarm {
    const { period, evaluationPeriods } = periodsOfOneLook(every);
    return alarmOn(this, topic, {
      id: 'NotRun',
      title: 'Payment pages that were looked at',
      metric: this.metricChecked({ statistic: 'Sum', period }),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods,
      missingData: cloudwatch.TreatMissingData.BREACHING,
      meaning: told(
        'No payment page was looked at when it should have been (PCI DSS 11.6.1: at least every seven days). Without data nothing ran, which is what this alarm is for; it also goes off before the first run.',
      ),
      runbook: 'docs/runbooks/page-not-checked.md',
    });
  }

  private check(props: PaymentPageMonitorProps, every: Duration): void {
    const { topic } = props;
    checkSameRegion(this, {
      property: 'topic',
      resource: topic,
      arn: topic.topicArn,
      of: 'the monitor',
      remedy: 'whose alarms reach topics of their own region only, create one there',
    });
    checkInterval(this, every, AS_PCI_ASKS);
    checkLookFromNetwork(this, props, 'pages');
  }
}
