import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { isEncrypted } from './predicates';
import type { Rule } from './rule';

/** Rules on DynamoDB Accelerator clusters, with their levels. */
export const DAX_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'DaxRequiresTls',
      title: 'a DAX cluster refuses connections in clear',
      risk: 'Whoever is on the path between a client and the cluster reads and changes items, whatever the table behind it refuses.',
      fix: 'Set ClusterEndpointEncryptionType to TLS (a new cluster is made, since it is fixed at creation). CDK: DAX has L1 only (CfnCluster.clusterEndpointEncryptionType).',
      references: {
        pciDss: ['4.2.1', '2.2.7', '8.3.2'],
        awsConfig: ['DAX_TLS_ENDPOINT_ENCRYPTION'],
        gdpr: ['32(1)(a)', '5(1)(f)'],
        securityHub: ['DynamoDB.7'],
        cwe: ['CWE-319'],
      },
      resourceTypes: ['AWS::DAX::Cluster'],
      hops: ['dax.cluster'],
      judge: isEncrypted('TLS'),
    }),
  },
];

/** Rules on DynamoDB Accelerator clusters. */
export const DAX_RULES: readonly Rule[] = DAX_PACK_ROWS.map(({ rule }) => rule);
