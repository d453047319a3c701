import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { floorIsAtLeast, isEncrypted, wanted } from './predicates';
import type { Rule } from './rule';

const IN_GROUP = 'a parameter group with tls: tls1.2+';

/** Rules on DocumentDB clusters, with their levels. */
export const DOCUMENTDB_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'DocumentDbRequiresTls',
      title: 'a DocumentDB cluster refuses connections in clear',
      risk: 'Whoever is on the path between a client and the database reads and changes queries, results and the login.',
      fix: "Set the parameter tls to 'tls1.2+' in the cluster parameter group (AWS::DocDB::DBClusterParameterGroup, Parameters). CDK: parameterGroup: new ClusterParameterGroup(this, 'Tls', { family: 'docdb5.0', parameters: { tls: 'tls1.2+' } }).",
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)', '5(1)(f)'],
        securityHub: ['DocumentDB.6'],
        cwe: ['CWE-319'],
      },
      resourceTypes: ['AWS::DocDB::DBCluster', 'AWS::DocDB::DBClusterParameterGroup'],
      hops: ['docdb.cluster'],
      judge: wanted(isEncrypted(IN_GROUP), [/\.tls$/, 'tls1.2+']),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'DocumentDbRequiresTls12',
      title: 'a DocumentDB cluster negotiates no TLS version below 1.2',
      risk: "The value 'enabled', which is the default, accepts TLS 1.0 and 1.1, which are broken and withdrawn (RFC 8996).",
      fix: "Set the parameter tls to 'tls1.2+', 'tls1.3+' or 'fips-140-3' in a cluster parameter group of your own and name it in DBClusterParameterGroupName: the default group cannot be changed. CDK: parameterGroup: new ClusterParameterGroup(this, 'Tls', { family: 'docdb5.0', parameters: { tls: 'tls1.2+' } }).",
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-327'], securityHub: ['DocumentDB.6'] },
      resourceTypes: ['AWS::DocDB::DBCluster', 'AWS::DocDB::DBClusterParameterGroup'],
      hops: ['docdb.cluster'],
      judge: wanted(floorIsAtLeast('TLSv1.2', IN_GROUP), [/\.tls$/, 'tls1.2+']),
    }),
  },
];

/** Rules on DocumentDB clusters. */
export const DOCUMENTDB_RULES: readonly Rule[] = DOCUMENTDB_PACK_ROWS.map(({ rule }) => rule);
