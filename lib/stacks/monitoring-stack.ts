import type { Construct } from 'constructs';
import { ApiAccountLogging } from '../constructs/api';
import { EDGE_REGION } from '../constructs/edge-region';
import {
  ApprovedPages,
  CertificateAudit,
  PaymentPageMonitor,
  promiseOfTlsPolicy,
  TlsProbe,
  TransmissionMonitor,
} from '../constructs/monitoring';
import { SecurityFindings, SecurityServices } from '../constructs/security-services';
import { ACCEPTED_FINDINGS, accept, acceptForCertificateAudit } from './accepted-findings';
import type { AuditStack } from './audit-stack';
import { BaselineStack } from './baseline-stack';
import type { CertificateStack } from './certificate-stack';
import type { BaselineConfiguration } from './configuration-file';
import type { EntryStack } from './entry-stack';

/** What is looked at. */
export interface MonitoringStackProps {
  readonly configuration: BaselineConfiguration;
  readonly certificate: CertificateStack;
  readonly entry: EntryStack;
  /** Absent where the organisation has a trail. */
  readonly audit?: AuditStack;
}

/**
 * What looks at what runs in the region of the baseline: certificates, handshakes, what customers are really offered. What
 * stands at the edge is watched there, and logs are searched where they lie.
 */
export class MonitoringStack extends BaselineStack {
  readonly monitor: TransmissionMonitor;

  constructor(scope: Construct, id: string, props: MonitoringStackProps) {
    const { configuration } = props;
    super(scope, id, configuration, {
      description: 'Monitoring: what runs is compared with what was promised',
    });
    const { monitoring, name, region, distribution } = configuration;
    const { topic } = props.certificate.alarms;
    this.monitor = new TransmissionMonitor(this, 'Monitor', { topic, dashboardName: `${name}-Transmission` });
    this.monitor.addLoadBalancer('Entry', props.entry.loadBalancer);
    if (props.audit !== undefined) this.monitor.addKeys('Keys', [props.audit.trail.encryptionKey]);
    const regions = monitoring.certificateRegions ?? [
      ...new Set([region, ...(distribution === undefined ? [] : [EDGE_REGION])]),
    ];
    const audit = new CertificateAudit(this, 'CertificateAudit', { topic, regions });
    acceptForCertificateAudit(audit, regions);
    this.monitor.addFunction('CertificateAuditFunction', audit.fn);
    if (monitoring.findings) new SecurityFindings(this, 'Findings', { topic });
    if (monitoring.pciDssStandard) new SecurityServices(this, 'Standard', { pciDssStandard: true });
    if (monitoring.apiLogging) {
      const logging = new ApiAccountLogging(this, 'ApiLogging');
      accept(logging, ACCEPTED_FINDINGS.apiLogging, LOGGING_POLICY);
    }
    if (monitoring.probe) this.addProbe(configuration, props, audit);
    if (monitoring.paymentPages !== undefined) {
      new PaymentPageMonitor(this, 'PaymentPages', {
        approved: ApprovedPages.fromFile(monitoring.paymentPages),
        topic,
        encryptionKey: audit.encryptionKey,
      });
    }
  }

  /** Asks the names that the internet reaches, as a customer would. */
  private addProbe(
    configuration: BaselineConfiguration,
    { certificate }: MonitoringStackProps,
    { encryptionKey }: CertificateAudit,
  ): void {
    const { domainName, subjectAlternativeNames, tlsProfile, loadBalancer, distribution } = configuration;
    const isPublic = loadBalancer.internetFacing || distribution?.aliasRecords === true;
    // A wildcard is no host that could be asked.
    const hosts = [domainName, ...subjectAlternativeNames].filter((host) => !host.startsWith('*.'));
    if (!isPublic || hosts.length === 0) return;
    const service = distribution === undefined ? 'elbv2' : 'cloudfront-viewer';
    const promised = promiseOfTlsPolicy(service, tlsProfile.policyFor(service).name);
    for (let at = 0; at * MOST_HOSTS < hosts.length; at += 1) {
      new TlsProbe(this, at === 0 ? 'Probe' : `Probe${at + 1}`, {
        hosts: hosts.slice(at * MOST_HOSTS, (at + 1) * MOST_HOSTS).map((host) => ({ host, promised })),
        topic: certificate.alarms.topic,
        encryptionKey,
      });
    }
  }
}

/** As cdk-nag spells it. */
const LOGGING_POLICY =
  '[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]';
/** As many as a probe has the time for. */
const MOST_HOSTS = 20;
