import type { DataDescription, DescriptionField } from './description';
import { PROTECTIONS } from './protections';
import { encodeList, encodeText } from './tag-text';
import {
  CLASSIFICATIONS,
  LAWFUL_BASES,
  SPECIAL_CATEGORY_CONDITIONS,
  type Term,
  TRANSFER_BASES,
} from './vocabulary';

/** The tag that says what is held; the others say more about it. */
export const CLASSIFICATION_TAG = 'data:classification';

/** The section of a resource's Metadata that says the same where tags cannot. */
export const CLASSIFICATION_METADATA = 'SecureTransmissionData';

/** The tag of every part, in the order in which they are told. */
export const FIELDS: ReadonlyMap<DescriptionField, string> = new Map([
  ['holds', CLASSIFICATION_TAG],
  ['reason', 'data:none-reason'],
  ['categories', 'data:categories'],
  ['subjects', 'data:subjects'],
  ['purposes', 'data:purposes'],
  ['lawfulBases', 'data:lawful-basis'],
  ['specialCategoryConditions', 'data:special-category-condition'],
  ['recipients', 'data:recipients'],
  ['retentionDays', 'data:retention-days'],
  ['transferBases', 'data:transfer-basis'],
  ['protections', 'data:protection'],
  ['owner', 'data:owner'],
  ['erasureHandler', 'data:erasure-handler'],
  ['accessHandler', 'data:access-handler'],
  ['impactAssessment', 'data:impact-assessment'],
  ['impactAssessmentReviewed', 'data:impact-assessment-reviewed'],
]);

/** The part that each tag holds. */
export const FIELD_OF_TAG: ReadonlyMap<string, DescriptionField> = new Map(
  [...FIELDS].map(([field, key]) => [key, field]),
);

/** Parts that are one text. */
export const TEXTS = new Set([
  'reason',
  'owner',
  'erasureHandler',
  'accessHandler',
  'impactAssessment',
  'impactAssessmentReviewed',
] as const);

/** A part that is one text. */
export type TextField = typeof TEXTS extends Set<infer Field> ? Field : never;

/** A part that is a list. */
export type ListField = Exclude<DescriptionField, TextField | 'retentionDays'>;

/** What the items of lists are: words of a vocabulary, words of the app's own, or free text. */
export const LISTS: Readonly<
  Record<ListField, { readonly terms?: Readonly<Record<string, Term>>; readonly isWord?: true }>
> = {
  holds: { terms: CLASSIFICATIONS },
  categories: { isWord: true },
  subjects: { isWord: true },
  purposes: {},
  lawfulBases: { terms: LAWFUL_BASES },
  specialCategoryConditions: { terms: SPECIAL_CATEGORY_CONDITIONS },
  recipients: {},
  transferBases: { terms: TRANSFER_BASES },
  protections: { terms: PROTECTIONS },
};

/** One part as its tag holds it. */
export function tagValueOf(description: DataDescription, field: DescriptionField): string | undefined {
  const value = description[field];
  if (value === undefined) return undefined;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? encodeText(value) : encodeList(value);
}
