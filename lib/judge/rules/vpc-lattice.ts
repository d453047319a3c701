import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { isEncrypted, isNotPassedThrough, judged, serverIsAuthenticated, speaksTls } from './predicates';
import { NOT_APPLICABLE, type Rule } from './rule';

const LISTENER = 'AWS::VpcLattice::Listener';
const RULE = 'AWS::VpcLattice::Rule';
const TARGETS = 'AWS::VpcLattice::TargetGroup';

/** Rules on VPC Lattice, with their levels. It takes TLS 1.2 and 1.3 everywhere, and names no TLS policy. */
export const VPC_LATTICE_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'LatticeListenerIsEncrypted',
      title: 'a VPC Lattice listener serves nothing in clear',
      risk: 'Whoever is on the path between two services reads and changes their requests. Lattice listeners cannot redirect.',
      fix: 'Set Protocol of the listener to HTTPS; Lattice brings a certificate, CertificateArn of the service is for a name of your own. CDK: VPC Lattice has L1 constructs only.',
      references: { pciDss: ['4.2.1', '2.2.7'], gdpr: ['32(1)(a)'], cwe: ['CWE-319'] },
      resourceTypes: [LISTENER, RULE],
      hops: ['vpc-lattice.listener'],
      judge: isEncrypted('HTTPS'),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'LatticeListenerIsNotPassedThrough',
      title:
        'a VPC Lattice listener ends TLS itself, so that its version can be told and requests are authorised',
      risk: 'With TLS_PASSTHROUGH the targets decide about versions and cipher suites, and auth policies see anonymous callers only.',
      fix: 'Set Protocol to HTTPS, or waive the finding with the proof that the targets take TLS 1.2 and above. CDK: VPC Lattice has L1 constructs only.',
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-326'] },
      resourceTypes: [LISTENER],
      hops: ['vpc-lattice.listener'],
      judge: isNotPassedThrough('HTTPS, so that Lattice ends it'),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'LatticeServiceAuthenticatesClients',
      title: 'a VPC Lattice service knows who calls it',
      risk: 'Every machine in every VPC of its service networks may call a service whose AuthType is NONE, and a network that leaves it open too does not ask either.',
      fix: 'Set AuthType to AWS_IAM on the service, or on every service network that it is associated with, and write an AuthPolicy. CDK: VPC Lattice has L1 constructs only.',
      references: { pciDss: ['7.2.5', '8.6.1'], gdpr: ['32(1)(b)'], cwe: ['CWE-306'] },
      resourceTypes: [LISTENER, 'AWS::VpcLattice::Service', 'AWS::VpcLattice::ServiceNetwork'],
      hops: ['vpc-lattice.listener'],
      judge: (hop) =>
        speaksTls(hop)
          ? judged(hop.clientAuthentication, 'AWS_IAM', (who) => who !== 'none')
          : NOT_APPLICABLE,
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'LatticeTargetsAreEncrypted',
      title: 'VPC Lattice sends nothing in clear to targets',
      risk: 'What came in over TLS is decrypted and crosses the network again as plain HTTP.',
      fix: 'Set Config.Protocol of the target group to HTTPS; the targets need a certificate, a self-signed one will do. CDK: VPC Lattice has L1 constructs only.',
      references: { pciDss: ['4.2.1', '2.2.7'], gdpr: ['32(1)(a)'], cwe: ['CWE-319'] },
      resourceTypes: [TARGETS],
      hops: ['vpc-lattice.target'],
      judge: isEncrypted('HTTPS'),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'LatticeTargetsAreAuthenticated',
      title: 'VPC Lattice knows that it speaks to the targets it means',
      risk: 'Lattice does not verify certificates of targets, so that whoever takes over an address of the VPC reads the traffic.',
      fix: 'Nothing in Lattice turns verification on: pass TLS through to the targets with TLS_PASSTHROUGH and TCP, call functions (Type LAMBDA), or waive the finding. CDK: VPC Lattice has L1 constructs only.',
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-295'] },
      resourceTypes: [TARGETS],
      hops: ['vpc-lattice.target'],
      judge: serverIsAuthenticated('targets whose certificates are verified'),
    }),
  },
];

/** The rules alone. */
export const VPC_LATTICE_RULES: readonly Rule[] = VPC_LATTICE_PACK_ROWS.map(({ rule }) => rule);
