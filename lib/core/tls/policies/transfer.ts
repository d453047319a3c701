import type { SshTraits } from '../tls-policy';
import { ALL_PARTITIONS, COMMERCIAL_AND_GOVCLOUD, table } from './row';

const SERVERS = 'AWS docs, Transfer Family "security-policies"';
const CONNECTORS = 'AWS docs, Transfer Family "security-policies-connectors"';
const LISTED = 'Terraform AWS provider, aws_transfer_server';

const SSH: SshTraits = { sha1: false, postQuantum: false };
const SSH_POST_QUANTUM: SshTraits = { sha1: false, postQuantum: true };
const SSH_SHA1: SshTraits = { sha1: true, postQuantum: false };

/**
 * Transfer Family servers, general-purpose names first. One name governs FTPS (TLS) and SFTP (SSH, see `ssh`).
 *
 * Every TLS suite that the docs list exists in TLS 1.2 only, which is where the versions come from. Names that
 * promise post-quantum keep it for SSH: FTPS has none.
 */
export const TRANSFER = [
  ...table('transfer', { partitions: ALL_PARTITIONS, source: SERVERS, ssh: SSH_POST_QUANTUM }, [
    ['TransferSecurityPolicy-2025-03', '1.2', '1.2', 'fs', 'cbc'],
    ['TransferSecurityPolicy-AS2Restricted-2025-07', '1.2', '1.2', 'fs', 'cbc'],
  ]),
  ...table('transfer', { partitions: ALL_PARTITIONS, source: SERVERS, ssh: SSH }, [
    ['TransferSecurityPolicy-SshAuditCompliant-2025-02', '1.2', '1.2', 'fs', 'cbc'],
    ['TransferSecurityPolicy-2024-01', '1.2', '1.2', 'fs', 'cbc'],
    ['TransferSecurityPolicy-2023-05', '1.2', '1.2', 'fs', 'cbc'],
    ['TransferSecurityPolicy-2022-03', '1.2', '1.2', 'fs', 'cbc'],
    ['TransferSecurityPolicy-2020-06', '1.2', '1.2', 'fs', 'cbc'],
    ['TransferSecurityPolicy-Restricted-2020-06', '1.2', '1.2', 'fs', 'cbc'],
  ]),
  ...table(
    'transfer',
    {
      partitions: ALL_PARTITIONS,
      source: `${LISTED}; properties derived from the name family (Restricted parallels the policies of its year)`,
      ssh: SSH,
    },
    [['TransferSecurityPolicy-Restricted-2024-06', '1.2', '1.2', 'fs', 'cbc']],
  ),
  // The default of CloudFormation only: console, API and CLI apply 2024-01.
  ...table('transfer', { partitions: ALL_PARTITIONS, source: SERVERS, ssh: SSH_SHA1 }, [
    ['TransferSecurityPolicy-2018-11', '1.2', '1.2', 'cbc', 'default'],
    ['TransferSecurityPolicy-Restricted-2018-11', '1.2', '1.2', 'cbc'],
  ]),
  ...table('transfer', { partitions: COMMERCIAL_AND_GOVCLOUD, source: SERVERS, ssh: SSH_POST_QUANTUM }, [
    ['TransferSecurityPolicy-FIPS-2025-03', '1.2', '1.2', 'fs', 'cbc', 'fips'],
  ]),
  ...table('transfer', { partitions: COMMERCIAL_AND_GOVCLOUD, source: SERVERS, ssh: SSH }, [
    ['TransferSecurityPolicy-FIPS-2024-05', '1.2', '1.2', 'fs', 'cbc', 'fips'],
    ['TransferSecurityPolicy-FIPS-2024-01', '1.2', '1.2', 'fs', 'cbc', 'fips'],
    ['TransferSecurityPolicy-FIPS-2023-05', '1.2', '1.2', 'fs', 'cbc', 'fips'],
    ['TransferSecurityPolicy-FIPS-2020-06', '1.2', '1.2', 'fs', 'cbc', 'fips'],
  ]),
  // Deprecated. Their hybrid predates ML-KEM (FIPS 203), so they do not count as post-quantum.
  ...table(
    'transfer',
    {
      partitions: COMMERCIAL_AND_GOVCLOUD,
      source: `${LISTED}; ${SERVERS} (deprecated); suites derived from the name family of 2023`,
      ssh: SSH,
    },
    [
      ['TransferSecurityPolicy-PQ-SSH-Experimental-2023-04', '1.2', '1.2', 'fs', 'cbc'],
      ['TransferSecurityPolicy-PQ-SSH-FIPS-Experimental-2023-04', '1.2', '1.2', 'fs', 'cbc', 'fips'],
    ],
  ),
];

/** SFTP connectors: their policies govern SSH and nothing of TLS. Key exchange is ephemeral in all of them. */
export const TRANSFER_CONNECTOR = [
  ...table('transfer-connector', { partitions: ALL_PARTITIONS, source: CONNECTORS, ssh: SSH }, [
    ['TransferSFTPConnectorSecurityPolicy-2024-03', 'ssh', 'ssh', 'fs', 'default'],
  ]),
  ...table('transfer-connector', { partitions: ALL_PARTITIONS, source: CONNECTORS, ssh: SSH_SHA1 }, [
    ['TransferSFTPConnectorSecurityPolicy-2023-07', 'ssh', 'ssh', 'fs'],
  ]),
  ...table('transfer-connector', { partitions: COMMERCIAL_AND_GOVCLOUD, source: CONNECTORS, ssh: SSH }, [
    ['TransferSFTPConnectorSecurityPolicy-FIPS-2024-10', 'ssh', 'ssh', 'fs', 'fips'],
  ]),
];
