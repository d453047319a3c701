import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { IManagedCertificate } from '../constructs/certificate';
import {
  HstsStage,
  ResponseHeaders,
  type TlsBehaviorProps,
  TlsDistribution,
  TlsOrigin,
} from '../constructs/distribution';
import { EDGE_REGION } from '../constructs/edge-region';
import type { TlsLoadBalancer } from '../constructs/load-balancer';
import { type LogBucket, LogKind } from '../constructs/log-store';
import { TransmissionMonitor } from '../constructs/monitoring';
import { WellKnownDocuments } from '../constructs/trust-site';
import { WebAcl, WebAclScope } from '../constructs/web-acl';
import { ACCEPTED_FINDINGS, accept, acceptForFirewall } from './accepted-findings';
import { type Alarms, edgeAlarmsIn } from './alarms';
import { AliasRecords } from './alias-records';
import { BaselineStack } from './baseline-stack';
import type { BaselineConfiguration, DistributionConfiguration } from './configuration-file';
import { certificateIn, zoneIn } from './issued-certificate';
import { logBucketIn, logRetentionOf } from './log-buckets';
import { findOldTls } from './old-tls';

/** What the edge stands before. */
export interface EdgeStackProps {
  readonly configuration: BaselineConfiguration;
  readonly distribution: DistributionConfiguration;
  readonly loadBalancer: TlsLoadBalancer;
  /**
   * Who is told, in the region of the edge.
   *
   * @default - a topic of its own, or that of the configuration
   */
  readonly alarms?: Alarms;
}

/**
 * The point of entry at the edge: the distribution at which customers' TLS ends, in us-east-1, where CloudFront takes
 * certificate, web ACL and log deliveries from. It refers to the load balancer in the region of the baseline weakly.
 */
export class EdgeStack extends BaselineStack {
  readonly distribution: TlsDistribution;
  readonly certificate: IManagedCertificate;

  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    const { configuration, distribution } = props;
    super(scope, id, configuration, {
      description: 'Edge: TLS from customers, TLS to the load balancer',
      region: EDGE_REGION,
    });
    const { domainName, subjectAlternativeNames, tlsProfile, zones } = configuration;
    const alarms = props.alarms ?? edgeAlarmsIn(this, configuration);
    const { topic } = alarms;
    // CloudFront takes one certificate: there is no use for a twin.
    const { domainNameQuota } = configuration.certificate;
    const wanted = { rsaTwin: false, domainNameQuota, certificateArn: distribution.certificateArn };
    this.certificate = certificateIn(this, configuration, wanted, topic);
    const logs = logBucketIn(this, 'Logs', LogKind.CLOUDFRONT_STANDARD, configuration);
    const webAcl = new WebAcl(this, 'WebAcl', {
      scope: WebAclScope.CLOUDFRONT,
      logRetention: logRetentionOf(configuration),
    });
    const domainNames = [domainName, ...subjectAlternativeNames];
    const origin = TlsOrigin.loadBalancer(props.loadBalancer, { domainName });
    this.distribution = new TlsDistribution(this, 'Distribution', {
      certificate: this.certificate,
      domainNames,
      tlsProfile,
      defaultBehavior: {
        origin,
        allowedMethods: distribution.writes
          ? cloudfront.AllowedMethods.ALLOW_ALL
          : cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      },
      additionalBehaviors: this.documents(distribution, origin),
      responseHeaders: new ResponseHeaders(this, 'ResponseHeaders', {
        strictTransportSecurity: HstsStage[distribution.strictTransportSecurity],
      }),
      allowedCountries:
        distribution.allowedCountries.length > 0 ? [...distribution.allowedCountries] : undefined,
      logBucket: logs.bucket,
      webAcl,
    });
    accept(this.distribution, ACCEPTED_FINDINGS.distributionLog);
    if (distribution.allowedCountries.length === 0) accept(this.distribution, ACCEPTED_FINDINGS.everyCountry);
    if (distribution.aliasRecords) {
      new AliasRecords(this, 'AliasRecords', {
        domainNames,
        zones: zones.map((zone) => zoneIn(this, zone)),
        distribution: this.distribution.distribution,
      });
    }
    this.traces.push(logs, webAcl);
    acceptForFirewall(webAcl);
    if (configuration.monitoring.enabled) this.watch(configuration, logs, alarms);
    findOldTls(this, configuration, alarms, {
      cloudFront: {
        bucket: logs.bucket,
        encryptionKey: logs.encryptionKey,
        distributionIds: [this.distribution.distributionId],
      },
    });
    this.handedOver.publish({
      'edge/certificate-arn': this.certificate.certificateArn,
      'edge/distribution-id': this.distribution.distributionId,
      'edge/distribution-domain-name': this.distribution.distributionDomainName,
      'edge/web-acl-arn': this.distribution.webAcl?.webAclArn,
      'edge/log-bucket-arn': logs.bucket.bucketArn,
      'edge/log-key-arn': logs.encryptionKey?.keyArn,
    });
  }

  /** CloudFront counts, and logs, in its own region only. */
  private watch({ name }: BaselineConfiguration, logs: LogBucket, { topic }: Alarms): void {
    const monitor = new TransmissionMonitor(this, 'Monitor', { topic, dashboardName: `${name}-Edge` });
    monitor.addDistribution('Distribution', this.distribution);
    if (logs.encryptionKey !== undefined) monitor.addKeys('Keys', [logs.encryptionKey]);
  }

  /** What is said in public, answered at the edge. */
  private documents(
    { documents: directory, writes }: DistributionConfiguration,
    origin: TlsOrigin,
  ): Record<string, TlsBehaviorProps> {
    if (directory === undefined) return {};
    const { functionAssociation } = new WellKnownDocuments(this, 'Documents', { directory });
    return {
      // As everywhere else: what is said in public about plaintext holds for every path.
      [WellKnownDocuments.PATH_PATTERN]: {
        origin,
        httpsOnly: writes,
        functionAssociations: [functionAssociation],
      },
    };
  }
}
