import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { isEncrypted, wanted } from './predicates';
import type { Rule } from './rule';

/** Rules on EMR, with their levels. */
export const EMR_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'EmrNodesEncryptTraffic',
      title: 'the nodes of an EMR cluster encrypt what they tell each other',
      risk: 'Shuffles of Spark and Hadoop carry the data itself between nodes. Without a security configuration that says so they travel in clear.',
      fix:
        'In the SecurityConfiguration set EncryptionConfiguration.EnableInTransitEncryption to true and give certificates in ' +
        'EncryptionConfiguration.InTransitEncryptionConfiguration.TLSCertificateConfiguration, and name it in SecurityConfiguration of the cluster. ' +
        'CDK: EMR has L1 constructs only; EmrCreateCluster of Step Functions takes securityConfiguration.',
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)'],
        securityHub: ['EMR.4'],
        cwe: ['CWE-319'],
      },
      resourceTypes: ['AWS::EMR::Cluster', 'AWS::EMR::SecurityConfiguration'],
      hops: ['emr.cluster'],
      judge: wanted(isEncrypted('a security configuration with EnableInTransitEncryption true'), [
        /\.EnableInTransitEncryption$/,
        'true',
      ]),
    }),
  },
];

/** The rules alone. */
export const EMR_RULES: readonly Rule[] = EMR_PACK_ROWS.map(({ rule }) => rule);
