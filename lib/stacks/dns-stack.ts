import type { Construct } from 'constructs';
import { CertificateAuthority, CertificateAuthorityAuthorization, ZoneSigning } from '../constructs/dns';
import { EDGE_REGION } from '../constructs/edge-region';
import { type Alarms, edgeAlarmsIn } from './alarms';
import { BaselineStack } from './baseline-stack';
import type { BaselineConfiguration } from './configuration-file';
import { zoneIn } from './issued-certificate';

/** What the zones say beside the names: who may issue certificates, and that answers are signed. */
export class DnsStack extends BaselineStack {
  /** Who is told when signing fails; absent where no zone is signed. */
  readonly alarms?: Alarms;

  constructor(scope: Construct, id: string, configuration: BaselineConfiguration) {
    super(scope, id, configuration, {
      description: 'DNS: who may issue certificates, and signatures',
      region: EDGE_REGION,
    });
    const { zones } = configuration;
    const authorized = zones.filter(({ caa }) => caa !== undefined);
    const authorizations = authorized.map(
      (zone) =>
        new CertificateAuthorityAuthorization(this, `Caa-${zone.zoneName}`, {
          zone: zoneIn(this, zone),
          wildcardIssuers: hasWildcard(configuration, zone.zoneName) ? [CertificateAuthority.AMAZON] : [],
          violationReports: [...(zone.caa?.violationReports ?? [])],
        }),
    );
    const signed = zones.filter(({ dnssec }) => dnssec === true);
    if (signed.length === 0) return;
    this.alarms = edgeAlarmsIn(this, configuration);
    const { topic: alarmTopic } = this.alarms;
    for (const zone of signed) {
      const signing = new ZoneSigning(this, `Signing-${zone.zoneName}`, {
        zone: zoneIn(this, zone),
        alarmTopic,
      });
      // Keys stay when a deployment is rolled back: what fails where a record exists comes first.
      signing.node.addDependency(...authorizations);
    }
  }

  /** Whether the configuration asks anything of this stack. */
  static isAskedFor({ zones }: BaselineConfiguration): boolean {
    return zones.some(({ caa, dnssec }) => caa !== undefined || dnssec === true);
  }
}

/** The certificate of the baseline must not be refused by its own record. */
function hasWildcard(
  { domainName, subjectAlternativeNames }: BaselineConfiguration,
  zoneName: string,
): boolean {
  return [domainName, ...subjectAlternativeNames].some(
    (name) => name.startsWith('*.') && name.endsWith(`.${zoneName}`),
  );
}
