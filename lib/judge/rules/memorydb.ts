import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { isEncrypted } from './predicates';
import type { Rule } from './rule';

/** Rules on MemoryDB clusters, with their levels. */
export const MEMORYDB_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'MemoryDbRequiresTls',
      title: 'a MemoryDB cluster refuses connections in clear',
      risk: 'Whoever is on the path between a client and the cache reads and changes what is cached, sessions and passwords included.',
      fix: 'Leave TLSEnabled away or set it to true. CDK: MemoryDB has L1 only (CfnCluster.tlsEnabled).',
      references: { pciDss: ['4.2.1', '2.2.7'], gdpr: ['32(1)(a)', '5(1)(f)'], cwe: ['CWE-319'] },
      resourceTypes: ['AWS::MemoryDB::Cluster'],
      hops: ['memorydb.cluster'],
      judge: isEncrypted('true'),
    }),
  },
];

/** Rules on MemoryDB clusters. */
export const MEMORYDB_RULES: readonly Rule[] = MEMORYDB_PACK_ROWS.map(({ rule }) => rule);
