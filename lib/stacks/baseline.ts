import type { Construct } from 'constructs';
import { AuditStack } from './audit-stack';
import type { BaselineStack } from './baseline-stack';
import { CertificateStack } from './certificate-stack';
import type { BaselineConfiguration } from './configuration-file';
import { DnsStack } from './dns-stack';
import { EdgeStack } from './edge-stack';
import { EntryStack } from './entry-stack';
import { HandoverDocument } from './handover-document';
import { acceptLogReaders } from './log-readers';
import { MonitoringStack } from './monitoring-stack';
import { NetworkStack } from './network-stack';

/** The platform stacks, built from one configuration. */
export class Baseline {
  /**
   * Builds the stacks in an app or a Stage. They are called after the configuration's `name`, which must differ between
   * baselines of one account.
   *
   * A synthesis writes `baseline.json` beside their templates, for the apps that stand on the baseline.
   */
  static build(scope: Construct, configuration: BaselineConfiguration): Baseline {
    return new Baseline(scope, configuration);
  }

  /** Absent where the configuration asks nothing of the zones. */
  readonly dns?: DnsStack;
  readonly network: NetworkStack;
  readonly certificate: CertificateStack;
  /** Absent where the organisation has a trail. */
  readonly audit?: AuditStack;
  /** The load balancer. */
  readonly entry: EntryStack;
  /** The distribution; absent where customers reach the load balancer itself. */
  readonly edge?: EdgeStack;
  /** Absent where it is switched off. */
  readonly monitoring?: MonitoringStack;

  private constructor(scope: Construct, configuration: BaselineConfiguration) {
    const { distribution, audit, monitoring } = configuration;
    if (DnsStack.isAskedFor(configuration)) this.dns = new DnsStack(scope, 'Dns', configuration);
    this.network = new NetworkStack(scope, 'Network', configuration);
    this.certificate = new CertificateStack(scope, 'Certificate', configuration);
    if (audit.enabled) this.audit = new AuditStack(scope, 'Audit', configuration, this.certificate.alarms);
    this.entry = new EntryStack(scope, 'Entry', {
      configuration,
      vpc: this.network.network.vpc,
      certificate: this.certificate.certificate,
      alarms: this.certificate.alarms,
    });
    if (distribution !== undefined) {
      const { loadBalancer } = this.entry;
      const { alarms } = this.dns ?? {};
      this.edge = new EdgeStack(scope, 'Edge', { configuration, distribution, loadBalancer, alarms });
    }
    if (monitoring.enabled) {
      const { certificate, entry, audit } = this;
      this.monitoring = new MonitoringStack(scope, 'Monitoring', {
        configuration,
        certificate,
        entry,
        audit,
      });
    }
    acceptLogReaders(this.stacks);
    new HandoverDocument(scope, 'Handover', { configuration, stacks: this.stacks });
  }

  /** Every stack, in the order in which they are deployed. */
  get stacks(): readonly BaselineStack[] {
    const { dns, network, certificate, audit, entry, edge, monitoring } = this;
    return [dns, network, certificate, audit, entry, edge, monitoring].filter((stack) => stack !== undefined);
  }
}
