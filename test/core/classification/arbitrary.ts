import fc from 'fast-check';
import {
  CLASSIFICATIONS,
  type Classification,
  type DataDescription,
  KNOWN_CATEGORIES,
  LAWFUL_BASES,
  type LawfulBasis,
  PROTECTIONS,
  type Protection,
  SPECIAL_CATEGORY_CONDITIONS,
  type SpecialCategoryCondition,
  TRANSFER_BASES,
  type TransferBasis,
} from '../../../lib/core/classification';

const keys = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as K[];

/** A list of some of these, each once. */
const someOf = <T>(items: readonly T[]) =>
  fc.uniqueArray(fc.constantFrom(...items), { minLength: 1, maxLength: 3 });

/** Names as people write them, and as attackers do; short enough for a tag. */
export const freeText: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
    fc.constantFrom(
      'Müller GmbH',
      'A+B=C',
      'aws:admin',
      'AWS:x',
      '=2B',
      '100%',
      '<b>&"',
      'a/b:c@d_e.f-g',
      '株式会社',
    ),
  )
  .filter(
    (text) =>
      text.trim() === text &&
      !/[\p{C}\u2028\u2029]/u.test(text) &&
      text.length > 0 &&
      new TextEncoder().encode(text).length <= 36,
  )
  .map((text) => `x${text}x`);

const word = fc.constantFrom('customers', 'delivery-address', 'web-2', 'a', 'order-history');

/** Descriptions without problems. */
export const description: fc.Arbitrary<DataDescription> = fc.oneof(
  fc.record({
    holds: fc.constant<Classification[]>(['none']),
    reason: fc.constant('static files of the shop only'),
  }),
  fc.record({ holds: fc.constantFrom<Classification[]>(['internal'], ['public']) }),
  fc
    .record({
      more: someOf(keys(CLASSIFICATIONS).filter((name) => !CLASSIFICATIONS[name].alone)),
      own: fc.uniqueArray(word, { maxLength: 2 }),
      known: fc.uniqueArray(fc.constantFrom(...keys(KNOWN_CATEGORIES)), { maxLength: 3 }),
      rest: fc.record(
        {
          subjects: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
          purposes: fc.uniqueArray(freeText, { minLength: 1, maxLength: 2 }),
          lawfulBases: someOf<LawfulBasis>(keys(LAWFUL_BASES)),
          recipients: fc.uniqueArray(freeText, { minLength: 1, maxLength: 2 }),
          retentionDays: fc.integer({ min: 1, max: 36_500 }),
          transferBases: someOf<TransferBasis>(
            keys(TRANSFER_BASES).filter((basis) => basis !== 'no-transfer'),
          ),
          protections: someOf<Protection>(keys(PROTECTIONS)),
          owner: freeText,
          erasureHandler: freeText,
          accessHandler: freeText,
          impactAssessment: freeText,
          impactAssessmentReviewed: fc.constantFrom('2026-11-22', '2024-02-29', '1999-12-31'),
        },
        { requiredKeys: [] },
      ),
      conditions: fc.option(someOf<SpecialCategoryCondition>(keys(SPECIAL_CATEGORY_CONDITIONS)), {
        nil: undefined,
      }),
    })
    .map(({ more, own, known, rest, conditions }): DataDescription => {
      const implied = known.map((name) => KNOWN_CATEGORIES[name].of);
      const holds = [...new Set([...more, ...implied])];
      const pan = implied.includes('cardholder-data') ? ['primary-account-number'] : [];
      const categories = [...new Set([...own, ...known, ...pan])];
      return {
        holds,
        ...(categories.length > 0 ? { categories } : {}),
        ...rest,
        ...(conditions !== undefined && holds.includes('special-category-data')
          ? { specialCategoryConditions: conditions }
          : {}),
      };
    }),
);
