import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { isEncrypted, wanted } from './predicates';
import type { Rule } from './rule';

/** Rules on Redshift clusters and serverless workgroups, with their levels. */
export const REDSHIFT_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'RedshiftRequiresTls',
      title: 'a Redshift cluster refuses connections in clear',
      risk: 'Whoever is on the path between a client and the database reads and changes queries, results and the login.',
      fix: "Add the parameter require_ssl with the value 'true' to the AWS::Redshift::ClusterParameterGroup that ClusterParameterGroupName names; the family redshift-1.0 has it off, redshift-2.0 and the default group of new clusters have it on. CDK: CfnClusterParameterGroup.parameters (the L2 is the alpha module aws-redshift-alpha, ClusterParameterGroup).",
      references: {
        pciDss: ['4.2.1', '2.2.7', '1.2.5', '2.2.5', '8.3.2'],
        awsConfig: ['REDSHIFT_REQUIRE_TLS_SSL'],
        gdpr: ['32(1)(a)', '5(1)(f)'],
        securityHub: ['Redshift.2'],
        cwe: ['CWE-319'],
      },
      resourceTypes: ['AWS::Redshift::Cluster', 'AWS::Redshift::ClusterParameterGroup'],
      hops: ['redshift.cluster'],
      judge: wanted(isEncrypted('a parameter group with require_ssl true'), [/\.ParameterValue$/, 'true']),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'RedshiftServerlessRequiresTls',
      title: 'a Redshift Serverless workgroup refuses connections in clear',
      risk: 'Whoever is on the path between a client and the database reads and changes queries, results and the login.',
      fix: "Add { ParameterKey: require_ssl, ParameterValue: 'true' } to ConfigParameters: a workgroup accepts connections in clear by default. CDK: CfnWorkgroup.configParameters.",
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)', '5(1)(f)'],
        securityHub: ['RedshiftServerless.2'],
        cwe: ['CWE-319'],
      },
      resourceTypes: ['AWS::RedshiftServerless::Workgroup'],
      hops: ['redshift-serverless.workgroup'],
      judge: wanted(isEncrypted('a list with require_ssl true'), [/\.ParameterValue$/, 'true']),
    }),
  },
];

/** Rules on Redshift clusters and serverless workgroups. */
export const REDSHIFT_RULES: readonly Rule[] = REDSHIFT_PACK_ROWS.map(({ rule }) => rule);
