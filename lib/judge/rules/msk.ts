import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { clientIsAuthenticated, isEncrypted } from './predicates';
import type { Rule } from './rule';

/** Rules on Kafka clusters, with their levels. */
export const MSK_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'KafkaClientsRequireTls',
      title: 'Kafka brokers refuse clients in clear',
      risk: 'Whoever is on the path between a client and a broker reads and changes messages.',
      fix: 'Leave EncryptionInfo.EncryptionInTransit.ClientBroker away or set it to TLS. CDK: MSK has L1 only in aws-cdk-lib (CfnCluster.encryptionInfo); the alpha module names it encryptionInTransit.clientBroker.',
      references: { pciDss: ['4.2.1', '2.2.7'], gdpr: ['32(1)(a)', '5(1)(f)'], cwe: ['CWE-319'] },
      resourceTypes: ['AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster'],
      hops: ['msk.client'],
      judge: isEncrypted('TLS'),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'KafkaBrokersUseTls',
      title: 'Kafka brokers encrypt what they send each other',
      risk: 'Messages travel between the brokers in clear, whatever clients use.',
      fix: 'Leave EncryptionInfo.EncryptionInTransit.InCluster away or set it to true (a new cluster is made). CDK: CfnCluster.encryptionInfo; in the alpha module encryptionInTransit.enableInCluster.',
      references: {
        pciDss: ['4.2.1', '2.2.7', '8.3.2'],
        awsConfig: ['MSK_IN_CLUSTER_NODE_REQUIRE_TLS'],
        gdpr: ['32(1)(a)', '5(1)(f)'],
        securityHub: ['MSK.1'],
        cwe: ['CWE-319'],
      },
      resourceTypes: ['AWS::MSK::Cluster'],
      hops: ['msk.broker'],
      judge: isEncrypted('true'),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'KafkaClientsAreAuthenticated',
      title: 'Kafka brokers ask clients who they are',
      risk: 'Whoever reaches the brokers reads and writes every topic.',
      fix: 'Enable ClientAuthentication.Sasl.Iam, Sasl.Scram or Tls, and set ClientAuthentication.Unauthenticated.Enabled to false: a cluster without any scheme lets everyone in. CDK: CfnCluster.clientAuthentication; in the alpha module ClientAuthentication.sasl({ iam: true }).',
      references: {
        pciDss: ['8.3.1', '7.2.1'],
        gdpr: ['32(1)(b)'],
        securityHub: ['MSK.6'],
        cwe: ['CWE-306'],
      },
      resourceTypes: ['AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster'],
      hops: ['msk.client'],
      judge: clientIsAuthenticated('IAM, SCRAM or mutual TLS, and no unauthenticated access'),
    }),
  },
];

/** Rules on Kafka clusters. */
export const MSK_RULES: readonly Rule[] = MSK_PACK_ROWS.map(({ rule }) => rule);
