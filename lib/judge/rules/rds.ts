import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { floorIsAtLeast, isEncrypted, wanted } from './predicates';
import type { Rule } from './rule';

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
      resourceTypes: [
        'AWS::RDS::DBInstance',
        'AWS::RDS::DBCluster',
        'AWS::RDS::DBParameterGroup',
        'AWS::RDS::DBClusterParameterGroup',
      ],
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
      resourceTypes: [
        'AWS::RDS::DBInstance',
        'AWS::RDS::DBCluster',
        'AWS::RDS::DBParameterGroup',
        'AWS::RDS::DBClusterParameterGroup',
      ],
      hops: ['rds.database'],
      judge: wanted(
        floorIsAtLeast('TLSv1.2', 'TLSv1.2 or newer only'),
        [/\.tls_version$/, 'TLSv1.2, with TLSv1.3 where the engine has it'],
        [/\.ssl_min_protocol_version$/, 'TLSv1.2'],
        [/\.rds\.tls1[01]$/, 'disabled'],
      ),
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
