import { ALL_PARTITIONS, table } from './row';

const DOCS = 'AWS docs, elasticloadbalancing "describe-ssl-policies" (protocols and ciphers by policy)';
const ALB_AND_NLB = { partitions: ALL_PARTITIONS, source: `${DOCS}; aws/s2n-tls policy snapshots` };

/**
 * Listeners of Application and Network Load Balancers, general-purpose names first.
 *
 * `TLS13` in a name says only that TLS 1.3 is offered: the digits after it are the oldest version, so that
 * `TLS13-1-0` accepts TLS 1.0. Names that s2n-tls defines and AWS has not published (`CNSA2-INTEROP`) are left
 * out, hence unknown.
 */
export const ELBV2 = [
  ...table('elbv2', ALB_AND_NLB, [
    ['ELBSecurityPolicy-TLS13-1-3-PQ-2025-09', '1.3', '1.3', 'fs', 'pq', 'hub'],
    ['ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', '1.2', '1.3', 'fs', 'pq', 'hub'],
    ['ELBSecurityPolicy-TLS13-1-2-PQ-2025-09', '1.2', '1.3', 'fs', 'cbc', 'pq'],
    ['ELBSecurityPolicy-TLS13-1-2-Ext1-PQ-2025-09', '1.2', '1.3', 'cbc', 'pq'],
    ['ELBSecurityPolicy-TLS13-1-2-Ext2-PQ-2025-09', '1.2', '1.3', 'cbc', 'pq'],
    ['ELBSecurityPolicy-TLS13-1-0-PQ-2025-09', '1.0', '1.3', 'cbc', 'pq'],
    ['ELBSecurityPolicy-TLS13-1-3-2021-06', '1.3', '1.3', 'fs', 'hub'],
    ['ELBSecurityPolicy-TLS13-1-2-Res-2021-06', '1.2', '1.3', 'fs', 'hub'],
    ['ELBSecurityPolicy-TLS13-1-2-2021-06', '1.2', '1.3', 'fs', 'cbc'],
    ['ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06', '1.2', '1.3', 'cbc'],
    ['ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06', '1.2', '1.3', 'cbc'],
    ['ELBSecurityPolicy-TLS13-1-1-2021-06', '1.1', '1.3', 'cbc'],
    ['ELBSecurityPolicy-TLS13-1-0-2021-06', '1.0', '1.3', 'cbc'],
  ]),
  ...table('elbv2', ALB_AND_NLB, [
    ['ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09', '1.3', '1.3', 'fs', 'pq', 'fips', 'hub'],
    ['ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09', '1.2', '1.3', 'fs', 'pq', 'fips', 'hub'],
    ['ELBSecurityPolicy-TLS13-1-2-FIPS-PQ-2025-09', '1.2', '1.3', 'fs', 'cbc', 'pq', 'fips'],
    ['ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-PQ-2025-09', '1.2', '1.3', 'fs', 'cbc', 'pq', 'fips'],
    ['ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-PQ-2025-09', '1.2', '1.3', 'cbc', 'pq', 'fips'],
    ['ELBSecurityPolicy-TLS13-1-2-Ext2-FIPS-PQ-2025-09', '1.2', '1.3', 'cbc', 'pq', 'fips'],
    ['ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09', '1.0', '1.3', 'cbc', 'pq', 'fips'],
    ['ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04', '1.3', '1.3', 'fs', 'fips', 'hub'],
    ['ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04', '1.2', '1.3', 'fs', 'fips', 'hub'],
    ['ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04', '1.2', '1.3', 'fs', 'cbc', 'fips'],
    ['ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-2023-04', '1.2', '1.3', 'fs', 'cbc', 'fips'],
    ['ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-2023-04', '1.2', '1.3', 'cbc', 'fips'],
    ['ELBSecurityPolicy-TLS13-1-2-Ext2-FIPS-2023-04', '1.2', '1.3', 'cbc', 'fips'],
    ['ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04', '1.1', '1.3', 'cbc', 'fips'],
    ['ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04', '1.0', '1.3', 'cbc', 'fips'],
  ]),
  // The INTEROP names offer suites outside RFC 9151 as well, for a transition: they are not CNSA.
  ...table(
    'elbv2',
    {
      partitions: ALL_PARTITIONS,
      source: `AWS news of August 2026 on RFC 9151 policies and ${DOCS}; suites from aws/s2n-tls snapshots 20251013 and 20251113 to 20251117`,
    },
    [
      ['ELBSecurityPolicy-TLS13-1-3-RFC9151-FIPS-2023-07', '1.3', '1.3', 'fs', 'fips', 'cnsa'],
      ['ELBSecurityPolicy-TLS13-1-2-RFC9151-FIPS-2023-07', '1.2', '1.3', 'fs', 'fips', 'cnsa'],
      ['ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP1-FIPS-2023-07', '1.2', '1.3', 'fs', 'fips'],
      ['ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP2-FIPS-2023-07', '1.2', '1.3', 'fs', 'cbc', 'fips'],
      ['ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP3-FIPS-2023-07', '1.2', '1.3', 'fs', 'cbc', 'fips'],
      ['ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07', '1.2', '1.3', 'cbc', 'fips'],
    ],
  ),
  ...table(
    'elbv2',
    {
      partitions: ALL_PARTITIONS,
      source: `${DOCS} (offers RSA key transport); no CBC: derived from aws/s2n-tls snapshot 20250429 of RFC 9151`,
    },
    [['ELBSecurityPolicy-TLS13-1-2-Ext0-RFC9151-FIPS-2023-07', '1.2', '1.3', 'fips', 'cnsa']],
  ),
  ...table('elbv2', ALB_AND_NLB, [
    ['ELBSecurityPolicy-FS-1-2-Res-2020-10', '1.2', '1.2', 'fs'],
    ['ELBSecurityPolicy-FS-1-2-Res-2019-08', '1.2', '1.2', 'fs', 'cbc'],
    ['ELBSecurityPolicy-FS-1-2-2019-08', '1.2', '1.2', 'fs', 'cbc'],
    ['ELBSecurityPolicy-FS-1-1-2019-08', '1.1', '1.2', 'fs', 'cbc'],
    ['ELBSecurityPolicy-FS-2018-06', '1.0', '1.2', 'fs', 'cbc'],
    ['ELBSecurityPolicy-TLS-1-2-Ext-2018-06', '1.2', '1.2', 'cbc'],
    ['ELBSecurityPolicy-TLS-1-2-2017-01', '1.2', '1.2', 'cbc'],
    ['ELBSecurityPolicy-TLS-1-1-2017-01', '1.1', '1.2', 'cbc'],
    // What CloudFormation applies without `SslPolicy`; CDK calls it `SslPolicy.RECOMMENDED`.
    ['ELBSecurityPolicy-2016-08', '1.0', '1.2', 'cbc', 'default'],
    ['ELBSecurityPolicy-2015-05', '1.0', '1.2', 'cbc'],
  ]),
  ...table(
    'elbv2',
    { partitions: ALL_PARTITIONS, source: 'aws/s2n-tls policy snapshots; no longer in the AWS docs' },
    [
      ['ELBSecurityPolicy-TLS-1-0-2015-05', '1.0', '1.2', 'cbc'],
      // Offers triple DES as well.
      ['ELBSecurityPolicy-TLS-1-0-2015-04', '1.0', '1.2', 'cbc'],
    ],
  ),
];

/** What load balancers use towards targets: it follows from the listener, and no property selects it. */
export const ELBV2_BACKEND = table(
  'elbv2-backend',
  { partitions: ALL_PARTITIONS, source: `${DOCS}, considerations on back-end connections` },
  [
    ['ELBSecurityPolicy-2016-08', '1.0', '1.2', 'cbc', 'default'],
    ['ELBSecurityPolicy-TLS13-1-0-2021-06', '1.0', '1.3', 'cbc'],
    ['ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04', '1.0', '1.3', 'cbc', 'fips'],
    ['ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07', '1.2', '1.3', 'cbc', 'fips'],
  ],
);
