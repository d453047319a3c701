import * as route53 from 'aws-cdk-lib/aws-route53';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { CertificateMonitor, type IManagedCertificate, ManagedCertificate } from '../constructs/certificate';
import type { BaselineConfiguration, CertificateConfiguration } from './configuration-file';

/** A certificate for the names of the configuration: the one that exists, or a new one; either is watched. */
export function certificateIn(
  scope: Construct,
  configuration: BaselineConfiguration,
  wanted: CertificateConfiguration,
  alarmTopic: sns.ITopic,
): IManagedCertificate {
  const { certificateArn, rsaCertificateArn } = wanted;
  if (certificateArn === undefined) return issue(scope, configuration, wanted, alarmTopic);
  const imported = ManagedCertificate.fromManagedCertificateAttributes(scope, 'Certificate', {
    certificateArn,
    rsaCertificateArn,
  });
  new CertificateMonitor(scope, 'Monitor', { certificates: imported.certificates, topic: alarmTopic });
  return imported;
}

function issue(
  scope: Construct,
  { domainName, subjectAlternativeNames, zones }: BaselineConfiguration,
  { rsaTwin, domainNameQuota }: CertificateConfiguration,
  alarmTopic: sns.ITopic,
): IManagedCertificate {
  return new ManagedCertificate(scope, 'Certificate', {
    domainName,
    subjectAlternativeNames: [...subjectAlternativeNames],
    hostedZones: zones.map((zone) => zoneIn(scope, zone)),
    rsaTwin,
    domainNameQuota,
    alarmTopic,
  });
}

/** A zone of the configuration, taken at its word; the same construct each time in one stack. */
export function zoneIn(
  scope: Construct,
  { zoneName, hostedZoneId }: BaselineConfiguration['zones'][number],
): route53.IHostedZone {
  const id = `Zone-${zoneName}`;
  const known = scope.node.tryFindChild(id);
  if (known !== undefined) return known as unknown as route53.IHostedZone;
  return route53.HostedZone.fromHostedZoneAttributes(scope, id, { zoneName, hostedZoneId });
}
