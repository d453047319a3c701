import { Duration, Stack, Token } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { regionOf } from '../region';
import { certificateLifetimeOn, synthesisTime } from './certificate-lifetime';

/** Properties of a `CertificateMonitor`. */
export interface CertificateMonitorProps {
  /** The certificates to watch, in the same region: of another region nothing is heard. */
  readonly certificates: acm.ICertificate[];
  /**
   * The topic that is told, in the same account and region.
   *
   * CloudWatch and EventBridge must be allowed to publish there; an `AlarmTopic` allows it.
   */
  readonly topic: sns.ITopic;
  /**
   * The moment of the synthesis, which decides how long certificates live.
   *
   * @default - `SOURCE_DATE_EPOCH` where it is set, else the clock
   */
  readonly now?: Date;
}

/**
 * Tells a topic when a certificate is not renewed in time, cannot be renewed, has expired or was revoked.
 *
 * ACM's events say what went wrong; the alarm also speaks when ACM says nothing.
 */
export class CertificateMonitor extends Construct {
  /** One alarm for each certificate, in the same order. */
  readonly alarms: cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: CertificateMonitorProps) {
    super(scope, id);
    this.check(props);
    const { alarmDays } = certificateLifetimeOn(props.now ?? synthesisTime());
    const arns = props.certificates.map((certificate) => certificate.certificateArn);

    this.alarms = props.certificates.map((certificate, index) =>
      this.addAlarm(index === 0 ? 'Alarm' : `Alarm${index + 1}`, certificate, alarmDays, props.topic),
    );
    props.topic.grantPublish(new iam.ServicePrincipal('events.amazonaws.com'));
    this.addEvents(arns, alarmDays, props.topic);
  }

  private addAlarm(id: string, certificate: acm.ICertificate, alarmDays: number, topic: sns.ITopic) {
    const alarm = new cloudwatch.Alarm(this, id, {
      alarmDescription: `A certificate expires within ${alarmDays} days: ACM should have renewed it. Check that its validation record stands in DNS and that it is in use. Runbook: docs/runbooks/certificate-expiring.md`,
      metric: certificate.metricDaysToExpiry({ period: Duration.days(1), statistic: 'Minimum' }),
      // The CDK's default, GreaterThanOrEqualTo, would alarm for every healthy certificate.
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: alarmDays,
      evaluationPeriods: 1,
      // ACM stops publishing when a certificate has expired: the alarm must not fall silent then.
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    });
    alarm.addAlarmAction(new actions.SnsAction(topic));
    return alarm;
  }

  private addEvents(certificateArns: string[], alarmDays: number, topic: sns.ITopic): void {
    this.addRule(
      'Events',
      topic,
      'ACM could not renew a certificate, or it expired or was revoked. Runbook: docs/runbooks/certificate-renewal.md',
      {
        source: ['aws.acm'],
        detailType: [
          'ACM Certificate Expired',
          'ACM Certificate Renewal Action Required',
          'ACM Certificate Revoked',
        ],
        resources: certificateArns,
      },
    );
    // ACM sends this one every day from 45 days before the end: with short lives that is every day there is.
    this.addRule(
      'Expiration',
      topic,
      'A certificate is about to expire. Runbook: docs/runbooks/certificate-expiring.md',
      {
        source: ['aws.acm'],
        detailType: ['ACM Certificate Approaching Expiration'],
        resources: certificateArns,
        detail: { DaysToExpiry: events.Match.lessThanOrEqual(alarmDays) },
      },
    );
    // For the whole account: whether Health names the certificate is not certain, and silence would be worse.
    this.addRule(
      'Health',
      topic,
      'AWS Health reports that ACM could not renew a certificate. Runbook: docs/runbooks/certificate-renewal.md',
      {
        source: ['aws.health'],
        detailType: ['AWS Health Event'],
        detail: {
          service: ['ACM'],
          eventTypeCode: ['AWS_ACM_RENEWAL_FAILURE', 'CAA_CHECK_FAILURE'],
        },
      },
    );
  }

  private addRule(id: string, topic: sns.ITopic, description: string, eventPattern: events.EventPattern) {
    const rule = new events.Rule(this, id, { description, eventPattern });
    // Not the CDK's target, which warns of every topic whose account is known when that of the stack is not.
    rule.addTarget({ bind: () => ({ arn: topic.topicArn }) });
  }

  private check({ certificates, topic, now }: CertificateMonitorProps): void {
    if (certificates.length === 0) throw this.invalid("'certificates' must hold at least one certificate");
    if (now !== undefined && Number.isNaN(now.getTime())) {
      throw this.invalid("'now' must be a valid Date, leave it out for the moment of the synthesis");
    }
    for (const certificate of certificates) {
      const region = regionOf(certificate, certificate.certificateArn);
      this.checkRegion("'certificates'", region, 'define a monitor there');
    }
    this.checkRegion("'topic'", regionOf(topic, topic.topicArn), 'create one there');
  }

  private checkRegion(property: string, other: string | undefined, remedy: string): void {
    const { region } = Stack.of(this);
    if (Token.isUnresolved(region) || other === undefined || other === region) return;
    throw this.invalid(
      `${property} must be in the region of the monitor (${region}), got one in ${other}, ${remedy}`,
    );
  }

  private invalid(message: string): TransmissionError {
    return new TransmissionError('InvalidProperty', message, this.node.path);
  }
}
