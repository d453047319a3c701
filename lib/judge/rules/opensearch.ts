import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { floorIsAtLeast, isEncrypted, isForwardSecret, tlsPolicyIsClassified } from './predicates';
import type { Rule } from './rule';

const BEST = 'Policy-Min-TLS-1-2-PFS-2023-10';
const SET_POLICY = `Set DomainEndpointOptions.TLSSecurityPolicy to ${BEST}. CDK: tlsSecurityPolicy: TLSSecurityPolicy.TLS_1_2_PFS on Domain (its default, TLS_1_2, lacks forward secrecy; without the L2 the service applies TLS 1.0).`;

/** Rules on OpenSearch and Elasticsearch domains, with their levels. */
export const OPENSEARCH_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'OpenSearchRequiresHttps',
      title: 'an OpenSearch domain answers HTTPS only',
      risk: 'The domain answers HTTP beside HTTPS, so that documents, queries and credentials can travel in clear.',
      fix: 'Set DomainEndpointOptions.EnforceHTTPS to true. CDK: enforceHttps: true on Domain (the default is false, except with fine-grained access control).',
      references: {
        pciDss: ['4.2.1', '2.2.7', '1.2.5', '2.2.5', '8.3.2'],
        awsConfig: ['OPENSEARCH_HTTPS_REQUIRED'],
        gdpr: ['32(1)(a)', '5(1)(f)'],
        securityHub: ['Opensearch.8', 'ES.8'],
        cwe: ['CWE-319'],
      },
      resourceTypes: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
      hops: ['opensearch.domain'],
      judge: isEncrypted('true'),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'OpenSearchTlsPolicyIsClassified',
      title: 'the TLS policy of an OpenSearch domain is one whose properties are known',
      risk: 'A TLS policy that nobody has looked up may accept any version and any cipher suite.',
      fix: SET_POLICY,
      references: { pciDss: ['4.2.1', '12.3.3'], gdpr: ['32(1)(a)'], cwe: ['CWE-326'] },
      resourceTypes: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
      hops: ['opensearch.domain'],
      judge: tlsPolicyIsClassified,
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'OpenSearchRequiresTls12',
      title: 'an OpenSearch domain negotiates no TLS version below 1.2',
      risk: 'TLS 1.0 and 1.1 are broken and withdrawn (RFC 8996): an attacker on the path can bring a client down to them.',
      fix: SET_POLICY,
      references: {
        pciDss: ['4.2.1', '1.2.5', '2.2.5'],
        awsConfig: ['OPENSEARCH_HTTPS_REQUIRED'],
        gdpr: ['32(1)(a)'],
        cwe: ['CWE-327'],
        securityHub: ['Opensearch.8', 'ES.8'],
      },
      resourceTypes: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
      hops: ['opensearch.domain'],
      judge: floorIsAtLeast('TLSv1.2', BEST),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'OpenSearchTlsPolicyIsForwardSecret',
      title: 'an OpenSearch domain offers cipher suites with forward secrecy only',
      risk: 'Whoever records traffic and later gets the private key reads all of it.',
      fix: SET_POLICY,
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-326'], securityHub: ['Opensearch.8'] },
      resourceTypes: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
      hops: ['opensearch.domain'],
      judge: isForwardSecret(BEST),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'OpenSearchNodesEncryptTraffic',
      title: 'the nodes of an OpenSearch domain encrypt what they send each other',
      risk: 'Documents and queries travel between the nodes in clear, whatever clients use.',
      fix: 'Set NodeToNodeEncryptionOptions.Enabled to true. CDK: nodeToNodeEncryption: true on Domain (the default is false).',
      references: {
        pciDss: ['4.2.1', '2.2.7', '1.2.5', '2.2.5', '8.3.2'],
        awsConfig: [
          'ELASTICSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK',
          'OPENSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK',
        ],
        gdpr: ['32(1)(a)', '5(1)(f)'],
        securityHub: ['Opensearch.3', 'ES.3'],
        cwe: ['CWE-319'],
      },
      resourceTypes: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
      hops: ['opensearch.node-to-node'],
      judge: isEncrypted('true'),
    }),
  },
];

/** Rules on OpenSearch and Elasticsearch domains. */
export const OPENSEARCH_RULES: readonly Rule[] = OPENSEARCH_PACK_ROWS.map(({ rule }) => rule);
