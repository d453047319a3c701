import { CLASSIFICATION_METADATA, CLASSIFICATION_TAG, CLASSIFICATIONS } from '../../core/classification';
import type { PackRule } from '../packs/pack';
import { defineRule } from './define';
import { unknown, violation } from './predicates';
import { COMPLIANT } from './rule';

const WORDS = Object.keys(CLASSIFICATIONS).join(', ');

/** Rules on what stores say they hold, with their levels, which packs may change. */
export const CLASSIFICATION_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      id: 'DataStoreIsClassified',
      title: 'every data store says what it holds',
      risk: 'Nobody knows where card numbers and personal data are, so that nobody protects them there, erases them in time, or tells whose they were after a breach.',
      fix: `Tag the store ${CLASSIFICATION_TAG} with what it holds (${WORDS}; several with + between), and none with data:none-reason; where its type has no tags, write the same into Metadata ${CLASSIFICATION_METADATA}. CDK: DataClassification.of(construct).set({ holds: [...] }), on the store or anything around it.`,
      references: { pciDss: ['12.5.2'], gdpr: ['5(2)', '24(1)', '30(1)(c)'] },
      resourceTypes: ['*'],
      reads: 'data-holding',
      judge: ({ description, problems: [problem, ...others] }) => {
        if (problem !== undefined) {
          const details = others.map(({ message }) => message);
          return violation(description, problem.message, details.length > 0 ? details.join('; ') : undefined);
        }
        if (description.unknown !== undefined) return unknown(description, description.unknown);
        return description.value === undefined
          ? violation(description, `${CLASSIFICATION_TAG} with one or more of ${WORDS}`)
          : COMPLIANT;
      },
    }),
  },
];
