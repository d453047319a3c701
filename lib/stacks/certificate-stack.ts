import * as route53 from 'aws-cdk-lib/aws-route53';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { CertificateMonitor, type IManagedCertificate, ManagedCertificate } from '../constructs/certificate';
import { AlarmTopic } from '../constructs/messaging';
import { ACCEPTED_FINDINGS, accept } from './accepted-findings';
import { BaselineStack } from './baseline-stack';
import type { BaselineConfiguration } from './configuration';

/** The certificate of the point of entry, and who is told when it is not renewed. */
export class CertificateStack extends BaselineStack {
  readonly certificate: IManagedCertificate;
  readonly alarmTopic: sns.ITopic;

  constructor(scope: Construct, id: string, configuration: BaselineConfiguration) {
    super(scope, id, configuration, 'Certificate: issued or taken over, and watched');
    this.alarmTopic = this.findAlarmTopic(configuration);
    this.certificate = this.takeOver(configuration) ?? this.issue(configuration);
  }

  private findAlarmTopic({ alarms }: BaselineConfiguration): sns.ITopic {
    if (alarms.topicArn !== undefined) return sns.Topic.fromTopicArn(this, 'AlarmTopic', alarms.topicArn);
    const alarmTopic = new AlarmTopic(this, 'AlarmTopic');
    if (alarms.email !== undefined) {
      alarmTopic.addEmailSubscription(alarms.email);
      accept(alarmTopic, ACCEPTED_FINDINGS.mail);
    }
    return alarmTopic.topic;
  }

  private takeOver({ certificate }: BaselineConfiguration): IManagedCertificate | undefined {
    const { certificateArn, rsaCertificateArn } = certificate;
    if (certificateArn === undefined) return undefined;
    const imported = ManagedCertificate.fromManagedCertificateAttributes(this, 'Certificate', {
      certificateArn,
      rsaCertificateArn,
    });
    new CertificateMonitor(this, 'Monitor', {
      certificates: imported.certificates,
      topic: this.alarmTopic,
    });
    return imported;
  }

  private issue(configuration: BaselineConfiguration): IManagedCertificate {
    const { domainName, subjectAlternativeNames, zones, certificate } = configuration;
    return new ManagedCertificate(this, 'Certificate', {
      domainName,
      subjectAlternativeNames: [...subjectAlternativeNames],
      hostedZones: zones.map((zone) =>
        route53.HostedZone.fromHostedZoneAttributes(this, `Zone-${zone.zoneName}`, zone),
      ),
      rsaTwin: certificate.rsaTwin,
      alarmTopic: this.alarmTopic,
    });
  }
}
