import type { Construct } from 'constructs';
import type { IManagedCertificate } from '../constructs/certificate';
import { type Alarms, homeAlarmsIn } from './alarms';
import { BaselineStack } from './baseline-stack';
import type { BaselineConfiguration } from './configuration-file';
import { certificateIn } from './issued-certificate';

/** The certificate of the load balancer, and who is told when it is not renewed. */
export class CertificateStack extends BaselineStack {
  readonly certificate: IManagedCertificate;
  readonly alarms: Alarms;

  constructor(scope: Construct, id: string, configuration: BaselineConfiguration) {
    super(scope, id, configuration, { description: 'Certificate: issued or taken over, and watched' });
    this.alarms = homeAlarmsIn(this, configuration);
    this.certificate = certificateIn(this, configuration, configuration.certificate, this.alarms.topic);
    this.handedOver.publish({
      'certificate/arn': this.certificate.certificateArn,
      'certificate/rsa-arn': this.certificate.rsaCertificateArn,
      'alarms/topic-arn': this.alarms.topic.topicArn,
      'alarms/key-arn': this.alarms.alarmTopic?.encryptionKey.keyArn,
    });
  }
}
