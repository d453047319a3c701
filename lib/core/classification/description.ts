import type { KnownCategory } from './categories';
import type { Protection } from './protections';
import {
  CLASSIFICATIONS,
  type Classification,
  type LawfulBasis,
  type SpecialCategoryCondition,
  type TransferBasis,
} from './vocabulary';

/** What something holds, and what has to be known about it. */
export interface DataDescription {
  /** What is held: at least one. `internal`, `public` and `none` stand alone. */
  readonly holds: readonly Classification[];
  /** Why it is `none`: a sentence. @default - nothing but `none` has a reason */
  readonly reason?: string;
  /**
   * The categories of data, such as `delivery-address` (GDPR 30(1)(c)), and the elements of account data (PCI DSS):
   * words in lower case with hyphens. @default - not said
   */
  readonly categories?: readonly (KnownCategory | (string & {}))[];
  /** Whose data it is, such as `customers` (GDPR 30(1)(c)): words in lower case with hyphens. @default - not said */
  readonly subjects?: readonly string[];
  /** What it is for (GDPR 5(1)(b), 30(1)(b)). @default - not said */
  readonly purposes?: readonly string[];
  /** Why it may be processed (GDPR 6(1)). @default - not said */
  readonly lawfulBases?: readonly LawfulBasis[];
  /** Why special categories may be processed at all (GDPR 9(2)). @default - not said */
  readonly specialCategoryConditions?: readonly SpecialCategoryCondition[];
  /** Who else gets it: names, as in the register of processors (GDPR 30(1)(d)). @default - nobody */
  readonly recipients?: readonly string[];
  /** After how many days it is erased (GDPR 5(1)(e), 30(1)(f); PCI DSS 3.2.1). @default - not said */
  readonly retentionDays?: number;
  /** Why it may leave the European Economic Area (GDPR Chapter V). @default - not said */
  readonly transferBases?: readonly TransferBasis[];
  /** What makes it unreadable where it is stored, beside encryption of the store (PCI DSS 3.5.1). @default - nothing */
  readonly protections?: readonly Protection[];
  /** Who answers for it: a role, a team or its address. @default - not said */
  readonly owner?: string;
  /** What erases the data of one person (GDPR 17): a construct path or a name. @default - not said */
  readonly erasureHandler?: string;
  /** What hands a person the data about them (GDPR 15, 20): a construct path or a name. @default - not said */
  readonly accessHandler?: string;
  /** The assessment of its impact on persons (GDPR 35): where it is to be found. @default - not said */
  readonly impactAssessment?: string;
  /** When that was last looked at (GDPR 35(11)): a day like `2026-11-22`. @default - not said */
  readonly impactAssessmentReviewed?: string;
}

/** One part of a description. */
export type DescriptionField = keyof DataDescription;

/** Whether a description is of identifiable persons, by definition of what is held. */
export function isAboutPersons({ holds }: DataDescription): boolean {
  return holds.some((held) => CLASSIFICATIONS[held].concerns === 'person');
}

/**
 * What the GDPR asks to be known of personal data and a description does not say. For anything else: nothing.
 *
 * Whether an incomplete description is refused or found is for the caller to decide.
 */
export function missingFrom(description: DataDescription): readonly DescriptionField[] {
  if (!isAboutPersons(description)) return [];
  const wanted: DescriptionField[] = [
    'categories',
    'subjects',
    'purposes',
    'lawfulBases',
    'retentionDays',
    'owner',
  ];
  if (description.holds.includes('special-category-data')) wanted.push('specialCategoryConditions');
  return wanted.filter((field) => {
    const value = description[field];
    return value === undefined || (Array.isArray(value) && value.length === 0);
  });
}
