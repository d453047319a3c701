import { join } from 'node:path';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  AlarmTopic,
  ApprovedPages,
  type ITlsLoadBalancer,
  type MonitoredApi,
  PaymentPageMonitor,
  TransmissionMonitor,
} from 'cdk-secure-transmission';
import type { Construct } from 'constructs';

export interface MonitoringStackProps extends StackProps {
  readonly certificates: ICertificate[];
  readonly loadBalancer: ITlsLoadBalancer;
  readonly api: MonitoredApi;
  readonly keys: IKey[];
}

export class MonitoringStack extends Stack {
  constructor(scope: Construct, id: string, props: MonitoringStackProps) {
    super(scope, id, props);
    const { certificates, loadBalancer, api, keys } = props;

    // #region monitor
    const alarms = new AlarmTopic(this, 'Alarms');
    alarms.addEmailSubscription('platform-team@example.com');

    const monitor = new TransmissionMonitor(this, 'Monitor', { topic: alarms.topic });
    monitor.addCertificates('Certificates', certificates);
    monitor.addLoadBalancer('Shop', loadBalancer, { internetFacing: true });
    monitor.addApi('Orders', api);
    monitor.addKeys('Keys', keys);
    // #endregion

    // #region measures
    monitor.addMeasures('Vault', [
      {
        id: 'Refused',
        title: 'Calls that the vault refused',
        metric: new Metric({ namespace: 'Vault', metricName: 'Refused', statistic: 'Sum' }),
        threshold: 10,
        missingData: TreatMissingData.NOT_BREACHING,
        meaning: 'The vault refuses many calls. Without data nobody called it.',
        runbook: 'https://wiki.example.com/vault',
      },
    ]);
    // #endregion

    // #region payment-pages
    const pages = new PaymentPageMonitor(this, 'PaymentPages', {
      approved: ApprovedPages.fromFile(join(__dirname, 'payment-page.approved.json')),
      topic: alarms.topic,
      every: Duration.days(1),
    });
    monitor.addAlarms('Payment pages', [
      pages.changedAlarm,
      pages.notCheckedAlarm,
      pages.notRunAlarm,
      pages.failedAlarm,
    ]);
    // #endregion
  }
}
