import { Stack, type StackProps } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import {
  AlarmTopic,
  CertificateAuthorityAuthorization,
  ManagedCertificate,
  TlsDistribution,
  type TlsLoadBalancer,
  TlsOrigin,
  ZoneSigning,
} from 'cdk-secure-transmission';
import type { Construct } from 'constructs';
import type { SETTINGS } from './settings';

/** What the edge stack is told. */
export interface EdgeStackProps extends StackProps {
  readonly settings: typeof SETTINGS;
  readonly loadBalancer: TlsLoadBalancer;
}

/** The edge: the distribution at which customers' TLS ends, and what DNS says about its name. */
export class EdgeStack extends Stack {
  readonly certificate: ManagedCertificate;
  readonly distribution: TlsDistribution;
  /** Who is told when a certificate is not renewed, or signing fails. */
  readonly alarmTopic: AlarmTopic;

  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, props);
    const { domainName, hostedZoneId, countries } = props.settings;

    // #region dns
    const zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      zoneName: domainName,
      hostedZoneId,
    });
    this.alarmTopic = new AlarmTopic(this, 'Alarms');
    const alarmTopic = this.alarmTopic.topic;
    new CertificateAuthorityAuthorization(this, 'Authorities', { zone });
    new ZoneSigning(this, 'Signing', { zone, alarmTopic });
    // #endregion

    // #region distribution
    this.certificate = new ManagedCertificate(this, 'Certificate', {
      domainName,
      hostedZones: [zone],
      alarmTopic,
    });
    const origin = TlsOrigin.loadBalancer(props.loadBalancer, { domainName });
    this.distribution = new TlsDistribution(this, 'Distribution', {
      certificate: this.certificate,
      domainNames: [domainName],
      allowedCountries: countries,
      // Whoever asks in clear is sent to TLS; where customers write, a request in clear is refused.
      defaultBehavior: { origin },
      additionalBehaviors: {
        '/orders/*': { origin, allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL },
      },
    });
    // #endregion

    // #region alias
    // We have no construct for plain records, which carry nothing but an address.
    const target = route53.RecordTarget.fromAlias(new CloudFrontTarget(this.distribution.distribution));
    new route53.ARecord(this, 'Alias', { zone, target });
    new route53.AaaaRecord(this, 'AliasIpv6', { zone, target });
    // #endregion
  }
}
