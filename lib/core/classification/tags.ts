import type { DataDescription, DescriptionField } from './description';
import {
  CLASSIFICATION_TAG,
  FIELD_OF_TAG,
  FIELDS,
  LISTS,
  type ListField,
  TEXTS,
  type TextField,
  tagValueOf,
} from './fields';
import { problemsOf } from './problems';
import { decodeList, decodeText } from './tag-text';

/** Something wrong with one tag. */
export interface TagProblem {
  /** The tag's key. */
  readonly key: string;
  /** What stands there; absent where the tag is missing. */
  readonly got?: string;
  /** What must be, what was got, what to do: lower case, no full stop. */
  readonly message: string;
}

/** What tags say about data. */
export type DecodedTags =
  /** None of them is ours. */
  | { readonly state: 'absent' }
  | { readonly state: 'given'; readonly description: DataDescription }
  | { readonly state: 'wrong'; readonly problems: readonly [TagProblem, ...TagProblem[]] };

/** A description as tags; by `problemsOf` it has to be without problems. */
export function encodeTags(description: DataDescription): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (const [field, key] of FIELDS) {
    const value = tagValueOf(description, field);
    if (value !== undefined) tags.set(key, value);
  }
  return tags;
}

/** The description that tags hold, read strictly: what is wrong in one tag is told, and nothing is guessed. */
export function decodeTags(tags: ReadonlyMap<string, string>): DecodedTags {
  const problems: TagProblem[] = [...misspelt(tags)];
  const found: Partial<Record<DescriptionField, unknown>> = {};
  for (const [field, key] of FIELDS) {
    const got = tags.get(key);
    if (got === undefined) continue;
    const value = readField(field, got);
    if (value === undefined) problems.push({ key, got, message: unreadable(field, key) });
    else found[field] = value;
  }
  if (problems.length === 0 && Object.keys(found).length === 0) return { state: 'absent' };
  if (found.holds === undefined && !tags.has(CLASSIFICATION_TAG)) {
    const message = `${CLASSIFICATION_TAG} must say what is held, got other tags without it, add it`;
    problems.push({ key: CLASSIFICATION_TAG, message });
  }
  const description = found as unknown as DataDescription;
  if (problems.length === 0) problems.push(...tagProblems(description, tags));
  const [first, ...others] = problems;
  return first === undefined
    ? { state: 'given', description }
    : { state: 'wrong', problems: [first, ...others] };
}

/** Our keys by what they are without capitals, underscores and a plural. */
const FOLDED = new Map([...FIELD_OF_TAG.keys()].map((key) => [folded(key), key]));

/** Keys that are ours but for capitals, underscores or a plural: keys of tags are case-sensitive. */
function misspelt(tags: ReadonlyMap<string, string>): readonly TagProblem[] {
  return [...tags].flatMap(([key, got]) => {
    const meant = FIELD_OF_TAG.has(key) ? undefined : FOLDED.get(folded(key));
    return meant === undefined
      ? []
      : [{ key, got, message: `${key} must be spelt ${meant}, rename the tag` }];
  });
}

function folded(key: string): string {
  return key.toLowerCase().replaceAll(/[-_ ]/g, '').replace(/s$/, '');
}

function readField(field: DescriptionField, value: string): unknown {
  if (field === 'retentionDays') return /^[1-9]\d{0,5}$/.test(value) ? Number(value) : undefined;
  return TEXTS.has(field as TextField) ? decodeText(value) : decodeList(value);
}

function unreadable(field: DescriptionField, key: string): string {
  if (field === 'retentionDays') return `${key} must be whole days, write digits only`;
  const wanted = Object.hasOwn(LISTS, field) ? `a list with + between ${listed(field as ListField)}` : 'text';
  return `${key} must be ${wanted}, with =XX for each byte that is no ASCII letter, digit, space or ._:/@-`;
}

function listed(field: ListField): string {
  const { terms, isWord } = LISTS[field];
  return terms !== undefined ? `words of ${Object.keys(terms).join(', ')}` : isWord ? 'words' : 'texts';
}

function tagProblems(description: DataDescription, tags: ReadonlyMap<string, string>): readonly TagProblem[] {
  return problemsOf(description).map(({ field, message }) => {
    const key = FIELDS.get(field) ?? CLASSIFICATION_TAG;
    const got = tags.get(key);
    const told = message.replace(`'${field}'`, key);
    return got === undefined ? { key, message: told } : { key, got, message: told };
  });
}
