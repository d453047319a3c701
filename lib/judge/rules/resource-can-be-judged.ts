import type { PackRule } from '../packs/pack';
import { defineRule } from './define';

/**
 * What a template hides, or a connector fails on, is never taken for fine.
 *
 * A connector that throws makes the finding `fatal`, which nothing can acknowledge: see `judge`.
 */
export const resourceCanBeJudged = defineRule({
  id: 'ResourceCanBeJudged',
  title: 'every resource that carries traffic can be judged',
  risk: 'A hop that nobody could judge may carry data of customers in clear.',
  fix: 'Write the value into the template, give the parameter that decides it with --parameters, or split the conditions so that fewer combinations are possible. CDK: pass plain values in place of CfnParameter and Fn.conditionIf(); replace ApiDefinition.fromBucket() by fromInline().',
  references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'] },
  resourceTypes: ['*'],
  reads: 'not-judged',
  judge: ({ resource, path, why }) => ({ verdict: 'unknown', resource, path, why }),
});

/** Its row in every pack. */
export const RESOURCE_CAN_BE_JUDGED_ROW: PackRule = {
  rule: resourceCanBeJudged,
  level: 'error',
  unknown: 'error',
};
