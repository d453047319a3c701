import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { isEncrypted } from './predicates';
import type { Rule } from './rule';

/** Rules on Neptune clusters, with their levels. */
export const NEPTUNE_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'NeptuneRequiresTls',
      title: 'a Neptune cluster refuses connections in clear',
      risk: 'Whoever is on the path between a client and the database reads and changes queries, results and the login.',
      fix: "Raise EngineVersion to 1.0.4.0 or newer, from which on Neptune answers HTTPS only; on an older engine set neptune_enforce_ssl to '1' in the cluster parameter group. CDK: CfnDBCluster.engineVersion (the L2 is the alpha module aws-neptune-alpha, engineVersion).",
      references: { pciDss: ['4.2.1', '2.2.7'], gdpr: ['32(1)(a)', '5(1)(f)'], cwe: ['CWE-319'] },
      resourceTypes: ['AWS::Neptune::DBCluster', 'AWS::Neptune::DBClusterParameterGroup'],
      hops: ['neptune.cluster'],
      judge: isEncrypted('1, or the engine 1.0.4.0 or newer'),
    }),
  },
];

/** Rules on Neptune clusters. */
export const NEPTUNE_RULES: readonly Rule[] = NEPTUNE_PACK_ROWS.map(({ rule }) => rule);
