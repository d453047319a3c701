import type { SshTraits } from '../../core/tls';
import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import {
  classified,
  floorIsAtLeast,
  type HopPredicate,
  isEncrypted,
  isForwardSecret,
  judged,
  tlsPolicyIsClassified,
  violation,
} from './predicates';
import { COMPLIANT, NOT_APPLICABLE, type Rule } from './rule';

const SERVER = 'AWS::Transfer::Server';
const CONNECTOR = 'AWS::Transfer::Connector';

const BEST_SERVER = 'TransferSecurityPolicy-2025-03';
const SET_SERVER_POLICY = `Set SecurityPolicyName to ${BEST_SERVER} (without it CloudFormation applies TransferSecurityPolicy-2018-11). CDK: Transfer Family has L1 only (CfnServer.securityPolicyName).`;
const BEST_CONNECTOR = 'TransferSFTPConnectorSecurityPolicy-2024-03';
const SET_CONNECTOR_POLICY = `Set SecurityPolicyName to ${BEST_CONNECTOR}. CDK: Transfer Family has L1 only (CfnConnector.securityPolicyName).`;

/** One name governs TLS and SSH alike, so that it must be classified for both. */
const policyIsClassified: HopPredicate = (hop, context) => {
  const { policyService } = hop;
  if (hop.protocol.value !== 'ssh' || policyService === undefined) return tlsPolicyIsClassified(hop, context);
  return judged(
    hop.tlsPolicy,
    'a policy that the catalogue knows (add the name, its source and date in configuration if AWS has published it)',
    (name) => context.lookUpTlsPolicy(policyService, name).known,
  );
};

/** What the policy of an SFTP hop allows over SSH. */
const sshAllows =
  (want: string, isFine: (ssh: SshTraits) => boolean, fault: string): HopPredicate =>
  (hop, context) => {
    const policy = hop.protocol.value === 'ssh' ? classified(hop, context) : undefined;
    if (policy?.ssh === undefined) return NOT_APPLICABLE;
    return isFine(policy.ssh) ? COMPLIANT : violation(hop.tlsPolicy, want, `${policy.name} ${fault}`);
  };

const refusesSha1 = (want: string): HopPredicate =>
  sshAllows(want, (ssh) => !ssh.sha1, 'offers key exchange or message authentication over SHA-1');

/** A policy that offers SHA-1 has the graver fault already. */
const isPostQuantumOverSsh = (want: string): HopPredicate =>
  sshAllows(want, (ssh) => ssh.postQuantum || ssh.sha1, 'has no post-quantum key exchange');

/** Rules on Transfer Family, with their levels. */
export const TRANSFER_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'TransferServerIsEncrypted',
      title: 'a Transfer Family server speaks no protocol in clear',
      risk: 'FTP sends files and passwords in clear. AS2 arrives over HTTP: only the encryption that the sender may put on a message protects it, and headers stay readable.',
      fix: 'Leave FTP out of Protocols: offer SFTP, or FTPS with a Certificate. Put a TLS listener of a Network Load Balancer in front of AS2 and waive the finding for the part behind it. CDK: Transfer Family has L1 only (CfnServer.protocols).',
      references: {
        pciDss: ['4.2.1', '2.2.7', '1.2.5', '2.2.5'],
        gdpr: ['32(1)(a)', '5(1)(f)'],
        securityHub: ['Transfer.2'],
        cwe: ['CWE-319'],
        awsConfig: ['TRANSFER_FAMILY_SERVER_NO_FTP'],
      },
      resourceTypes: [SERVER],
      hops: ['transfer.server'],
      judge: isEncrypted('SFTP or FTPS'),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'TransferServerTlsPolicyIsClassified',
      title: 'the TLS and SSH policy of a Transfer Family server is one whose properties are known',
      risk: 'A policy that nobody has looked up may accept any version, cipher suite and key exchange.',
      fix: SET_SERVER_POLICY,
      references: { pciDss: ['4.2.1', '12.3.3'], gdpr: ['32(1)(a)'], cwe: ['CWE-326'] },
      resourceTypes: [SERVER],
      hops: ['transfer.server'],
      judge: policyIsClassified,
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'TransferServerRequiresTls12',
      title: 'a Transfer Family server negotiates no TLS version below 1.2 for FTPS',
      risk: 'TLS 1.0 and 1.1 are broken and withdrawn (RFC 8996): an attacker on the path can bring a client down to them.',
      fix: SET_SERVER_POLICY,
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-327'] },
      resourceTypes: [SERVER],
      hops: ['transfer.server'],
      judge: floorIsAtLeast('TLSv1.2', BEST_SERVER),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'TransferServerTlsPolicyIsForwardSecret',
      title: 'a Transfer Family server offers FTPS clients cipher suites with forward secrecy only',
      risk: 'Whoever records transfers and later gets the private key reads all of them.',
      fix: SET_SERVER_POLICY,
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-326'] },
      resourceTypes: [SERVER],
      hops: ['transfer.server'],
      judge: isForwardSecret(BEST_SERVER),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'TransferServerRefusesSha1',
      title: 'a Transfer Family server offers SFTP clients no SHA-1',
      risk: 'SHA-1 is broken: key exchange and message authentication over it are withdrawn for SSH (RFC 9142).',
      fix: SET_SERVER_POLICY,
      references: { pciDss: ['4.2.1', '12.3.3'], gdpr: ['32(1)(a)'], cwe: ['CWE-328'] },
      resourceTypes: [SERVER],
      hops: ['transfer.server'],
      judge: refusesSha1(BEST_SERVER),
    }),
  },
  {
    level: 'info',
    unknown: 'info',
    rule: hopRule({
      id: 'TransferServerIsPostQuantum',
      title: 'a Transfer Family server offers SFTP clients a post-quantum key exchange',
      risk: 'Whoever records transfers today may read them once large quantum computers exist.',
      fix: SET_SERVER_POLICY,
      references: { pciDss: ['12.3.3'], cwe: ['CWE-327'] },
      resourceTypes: [SERVER],
      hops: ['transfer.server'],
      judge: isPostQuantumOverSsh(BEST_SERVER),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'TransferConnectorIsEncrypted',
      title: 'a Transfer Family connector reaches partners encrypted',
      risk: 'Over http:// the receipt, the names of both partners and all headers travel in clear, and nobody checks who answers; only the encryption of the message itself is left.',
      fix: 'Let Url begin with https:// (AS2) or sftp://. CDK: Transfer Family has L1 only (CfnConnector.url).',
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)', '5(1)(f)'], cwe: ['CWE-319'] },
      resourceTypes: [CONNECTOR],
      hops: ['transfer.connector'],
      judge: isEncrypted('an address that begins with https:// or sftp://'),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'TransferConnectorPolicyIsClassified',
      title: 'the SSH policy of a Transfer Family connector is one whose properties are known',
      risk: 'A policy that nobody has looked up may accept any key exchange and cipher.',
      fix: SET_CONNECTOR_POLICY,
      references: { pciDss: ['4.2.1', '12.3.3'], gdpr: ['32(1)(a)'], cwe: ['CWE-326'] },
      resourceTypes: [CONNECTOR],
      hops: ['transfer.connector'],
      judge: policyIsClassified,
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'TransferConnectorRefusesSha1',
      title: 'a Transfer Family connector offers SFTP servers no SHA-1',
      risk: 'SHA-1 is broken: key exchange and message authentication over it are withdrawn for SSH (RFC 9142).',
      fix: SET_CONNECTOR_POLICY,
      references: { pciDss: ['4.2.1', '12.3.3'], gdpr: ['32(1)(a)'], cwe: ['CWE-328'] },
      resourceTypes: [CONNECTOR],
      hops: ['transfer.connector'],
      judge: refusesSha1(BEST_CONNECTOR),
    }),
  },
];

/** Rules on Transfer Family. */
export const TRANSFER_RULES: readonly Rule[] = TRANSFER_PACK_ROWS.map(({ rule }) => rule);
