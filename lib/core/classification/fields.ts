import type { DataDescription, DescriptionField } from './description';
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
  ['owner', 'data:owner'],
  ['erasureHandler', 'data:erasure-handler'],
]);

/** The part that each tag holds. */
export const FIELD_OF_TAG: ReadonlyMap<string, DescriptionField> = new Map(
  [...FIELDS].map(([field, key]) => [key, field]),
);

/** Parts that are one text. */
export const TEXTS = new Set(['reason', 'owner', 'erasureHandler'] as const);

/** A part that is one text. */
export type TextField = 'reason' | 'owner' | 'erasureHandler';

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
};

/** One part as its tag holds it. */
export function tagValueOf(description: DataDescription, field: DescriptionField): string | undefined {
  const value = description[field];
  if (value === undefined) return undefined;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? encodeText(value) : encodeList(value);
}
