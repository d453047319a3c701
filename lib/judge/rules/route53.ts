import type { PackRule } from '../packs/pack';
import { defineRule } from './define';
import { judged } from './predicates';
import type { Rule } from './rule';

const ZONE = 'AWS::Route53::HostedZone';
const RECORDS = ['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup'];

/**
 * Rules on public zones, with their levels.
 *
 * That nobody is named is a warning: no requirement of PCI DSS names CAA, and nothing travels unencrypted without it,
 * but each of some hundred authorities (all of which must obey CAA: CA/Browser Forum, Baseline Requirements 3.2.2.8)
 * can then be talked into a certificate for the name, and whoever holds one is taken for the server. Where the zone is
 * made elsewhere it cannot be told, which is information only.
 */
export const ROUTE53_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'warning',
    unknown: 'info',
    rule: defineRule({
      id: 'ZoneNamesCertificateAuthorities',
      title: 'a public zone names the certificate authorities that may issue certificates for it',
      risk: 'Any public authority may issue a certificate for the names in the zone: whoever deceives the weakest of them, or its check of DNS for a moment, poses as the server, and clients see nothing.',
      fix: 'Add a record of type CAA with the name of the zone, such as 0 issue "amazon.com", and 0 issuewild ";" where there are no wildcards. CDK: CertificateAuthorityAuthorization, or CaaAmazonRecord. A zone whose parent elsewhere has such a record needs a waiver that says so.',
      references: { pciDss: ['4.2.1', '4.2.1.1'], gdpr: ['32(1)(b)'], cwe: ['CWE-295'] },
      resourceTypes: [ZONE, ...RECORDS],
      reads: 'hosted-zone',
      judge: ({ issuers }) => judged(issuers, 'with a CAA record that has issue', (who) => who === 'named'),
    }),
  },
  {
    level: 'info',
    unknown: 'info',
    rule: defineRule({
      id: 'ZoneIsSigned',
      title: 'the answers of a public zone are signed (DNSSEC)',
      risk: 'Whoever can forge an answer of DNS sends clients, and certificate authorities that check a name, to a server of their own.',
      fix: 'Add AWS::Route53::KeySigningKey with Status ACTIVE and AWS::Route53::DNSSEC, then enter the DS record at the registrar. CDK: ZoneSigning, or enableDnssec() of PublicHostedZone.',
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(b)'], cwe: ['CWE-345', 'CWE-350'] },
      resourceTypes: [ZONE, 'AWS::Route53::DNSSEC', 'AWS::Route53::KeySigningKey'],
      reads: 'hosted-zone',
      // What is hidden for want of the zone is told once, by the other rule.
      judge: ({ signed, resource }) =>
        signed.unknown !== undefined && resource.type !== ZONE
          ? { verdict: 'notApplicable' }
          : judged(signed, 'signed with an active key', (on) => on),
    }),
  },
];

/** Rules on public zones. */
export const ROUTE53_RULES: readonly Rule[] = ROUTE53_PACK_ROWS.map(({ rule }) => rule);
