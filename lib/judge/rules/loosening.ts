import type { PackRule } from '../packs/pack';
import { defineRule } from './define';
import { violation } from './predicates';

/**
 * The rule for what is looser than the default of our constructs and no other finding is about. It is shown those
 * alone: the sentence of any other stands in the finding of its own rule.
 */
export const LOOSENING_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      id: 'LooseningIsWaived',
      title: 'what is looser than the default is waived by somebody who answers for it',
      risk: 'Whoever wrote the code has given up a protection and said why. The sentence is a reason, and no decision: nobody else has weighed it, and it never ends.',
      fix: 'Remove the property that ends in Reason, or the reason in it, so that the default holds again; or cover the finding with a waiver that has an owner, an approver and an end. CDK: the construct that made the resource names the property.',
      references: { pciDss: ['6.5.1', '12.3.1'], gdpr: ['25(2)', '32(1)(d)'] },
      resourceTypes: ['*'],
      reads: 'loosening',
      judge: ({ declared }) => violation(declared, 'left out, or waived'),
    }),
  },
];
