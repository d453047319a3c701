import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { isEncrypted, wanted } from './predicates';
import type { Rule } from './rule';

/** Rules on ElastiCache, with their levels. */
export const ELASTICACHE_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'CacheRequiresTls',
      title: 'a cache refuses connections in clear',
      risk: 'Whoever is on the path between a client and the cache reads and changes what is cached, sessions and passwords included.',
      fix: "Set TransitEncryptionEnabled to true and leave TransitEncryptionMode away or set it to 'required': 'preferred' serves plaintext to whoever asks. CDK: ElastiCache has L1 only (CfnReplicationGroup.transitEncryptionEnabled, CfnCacheCluster.transitEncryptionEnabled).",
      references: {
        pciDss: ['4.2.1', '2.2.7', '8.3.2'],
        awsConfig: ['ELASTICACHE_REPL_GRP_ENCRYPTED_IN_TRANSIT'],
        gdpr: ['32(1)(a)', '5(1)(f)'],
        securityHub: ['ElastiCache.5'],
        cwe: ['CWE-319'],
      },
      resourceTypes: [
        'AWS::ElastiCache::ReplicationGroup',
        'AWS::ElastiCache::CacheCluster',
        'AWS::ElastiCache::ServerlessCache',
      ],
      hops: ['elasticache.cluster'],
      judge: wanted(isEncrypted('true'), [/\.TransitEncryptionMode$/, 'required']),
    }),
  },
];

/** Rules on ElastiCache. */
export const ELASTICACHE_RULES: readonly Rule[] = ELASTICACHE_PACK_ROWS.map(({ rule }) => rule);
