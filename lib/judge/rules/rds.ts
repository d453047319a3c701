import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { floorIsAtLeast, type HopPredicate, isEncrypted, violation, wanted } from './predicates';
import { COMPLIANT, NOT_APPLICABLE, type Rule } from './rule';

const DATABASES = [
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBParameterGroup',
  'AWS::RDS::DBClusterParameterGroup',
];

const TLS_VERSION = [/\.tls_version$/, 'TLSv1.2, with TLSv1.3 where the engine has it'] as const;

/** What stands nowhere, neither in a template nor in AWS's documentation, is for `DatabaseStatesTls12` to tell. */
const whereStated =
  (predicate: HopPredicate): HopPredicate =>
  (hop, context) =>
    hop.floor.unknown !== undefined && !hop.floor.given ? NOT_APPLICABLE : predicate(hop, context);

const floorIsStated: HopPredicate = ({ protocol, floor }) => {
  if (protocol.value !== 'tls') return NOT_APPLICABLE;
  if (floor.value !== undefined) return COMPLIANT;
  return floor.unknown === undefined || floor.given
    ? NOT_APPLICABLE
    : violation(floor, 'a parameter group with TLSv1.2 or newer', floor.unknown);
};

/** Rules on RDS and Aurora databases and proxies, with their levels. */
export const RDS_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'DatabaseRequiresTls',
      title: 'an RDS or Aurora database refuses connections in clear',
      risk: 'Whoever is on the path between a client and the database reads and changes queries, results and the login.',
      fix: "In the parameter group set rds.force_ssl to '1' (PostgreSQL, SQL Server) or require_secure_transport to '1' (MySQL, MariaDB; 'ON' for Aurora MySQL), and name the group in DBParameterGroupName or, for a cluster, DBClusterParameterGroupName. Only RDS for PostgreSQL from 15, Aurora PostgreSQL from 17, Aurora MySQL from 8.4 and MariaDB from 11.8 do so by default. CDK: parameterGroup: new ParameterGroup(this, 'Tls', { engine, parameters: { 'rds.force_ssl': '1' } }), or parameters on DatabaseInstance and DatabaseCluster.",
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)', '5(1)(f)'],
        securityHub: ['RDS.38', 'RDS.39', 'RDS.41', 'RDS.44'],
        cwe: ['CWE-319'],
      },
      resourceTypes: DATABASES,
      loosenings: ['plaintextClients'],
      hops: ['rds.database'],
      judge: wanted(isEncrypted('a parameter group that requires TLS'), [/\.Parameters\./, "on ('1')"]),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'DatabaseRequiresTls12',
      title: 'an RDS or Aurora database negotiates no TLS version below 1.2',
      risk: 'TLS 1.0 and 1.1 are broken and withdrawn (RFC 8996): an attacker on the path can bring a client down to them.',
      fix: "In the parameter group set tls_version to 'TLSv1.2,TLSv1.3' (MySQL, MariaDB), ssl_min_protocol_version to 'TLSv1.2' (PostgreSQL), or rds.tls10 and rds.tls11 to 'disabled' (SQL Server). CDK: parameters of ParameterGroup.",
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-327'] },
      resourceTypes: DATABASES,
      hops: ['rds.database'],
      judge: wanted(
        whereStated(floorIsAtLeast('TLSv1.2', 'TLSv1.2 or newer only')),
        TLS_VERSION,
        [/\.ssl_min_protocol_version$/, 'TLSv1.2'],
        [/\.rds\.tls1[01]$/, 'disabled'],
      ),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'DatabaseStatesTls12',
      title: 'an RDS or Aurora database states the lowest TLS version where AWS documents no default',
      risk: 'Nobody can show that TLS 1.0 and 1.1 are refused: AWS lists 1.1 among the versions that RDS for PostgreSQL supports, and tells of few engines which is the lowest that a parameter group has by itself.',
      fix: "In a parameter group of its own set ssl_min_protocol_version to 'TLSv1.2' (PostgreSQL) or tls_version to 'TLSv1.2,TLSv1.3' (MySQL, MariaDB), and name the group in DBParameterGroupName or, for a cluster, DBClusterParameterGroupName: a default group cannot be changed. CDK: parameters of ParameterGroup, DatabaseInstance and DatabaseCluster; TlsDatabase of this package does so.",
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-327'] },
      resourceTypes: DATABASES,
      hops: ['rds.database'],
      judge: wanted(floorIsStated, [/\.ssl_min_protocol_version$/, 'TLSv1.2 or newer'], TLS_VERSION),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'DatabaseProxyRequiresTls',
      title: 'an RDS Proxy refuses connections in clear',
      risk: 'Whoever is on the path between a client and the database reads and changes queries, results and the login.',
      fix: 'Set RequireTLS to true. CDK: DatabaseProxy does so by default (requireTLS); CfnDBProxy does not.',
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)', '5(1)(f)'],
        securityHub: ['RDS.43'],
        cwe: ['CWE-319'],
      },
      resourceTypes: ['AWS::RDS::DBProxy'],
      hops: ['rds.proxy'],
      judge: isEncrypted('true'),
    }),
  },
];

/** Rules on RDS and Aurora databases and proxies. */
export const RDS_RULES: readonly Rule[] = RDS_PACK_ROWS.map(({ rule }) => rule);
