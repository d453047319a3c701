import { parseDayOrInstant } from '../instant';
import { knownCategory } from './categories';
import type { DataDescription, DescriptionField } from './description';
import { FIELDS, LISTS, type ListField, TEXTS, type TextField, tagValueOf } from './fields';
import { LONGEST_TAG_VALUE } from './tag-text';
import { CLASSIFICATIONS, type Classification } from './vocabulary';

/** Something wrong with one part of a description. */
export interface DescriptionProblem {
  readonly field: DescriptionField;
  /** What must be, what was got, what to do: lower case, no full stop. */
  readonly message: string;
}

/** A hundred years; more is a slip of the keyboard. */
const LONGEST_RETENTION_DAYS = 36_500;

/** Shorter than this no sentence gives a reason that a reviewer could weigh. */
const SHORTEST_REASON = 20;

/** Words that stand where nobody has thought yet. */
const PLACEHOLDERS = new Set(
  ['n/a', 'na', 'none', 'tbd', 'tba', 'todo', 'fixme', 'unknown', 'any', 'anything', 'various', 'other']
    .concat([
      'others',
      'misc',
      'general',
      'all',
      'everything',
      'everyone',
      'business',
      'test',
      'xxx',
      '-',
      '.',
    ])
    .concat([
      'tbc',
      'null',
      'undefined',
      'nobody',
      'someone',
      'somebody',
      'default',
      'yes',
      'no',
      'true',
      'false',
    ]),
);

const WORD = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Fields that only make sense of data about persons. */
const OF_PERSONS: readonly DescriptionField[] = [
  'subjects',
  'lawfulBases',
  'specialCategoryConditions',
  'transferBases',
  'erasureHandler',
  'accessHandler',
  'impactAssessment',
  'impactAssessmentReviewed',
];

/**
 * What is wrong with a description: unknown words, contradictions, text that no tag can hold. What is merely not said is
 * told by `missingFrom`. It takes whatever JavaScript hands it.
 */
export function problemsOf(description: DataDescription): readonly DescriptionProblem[] {
  const shape = [...FIELDS].flatMap(([field]) => shapeProblem(field, description[field]) ?? []);
  return shape.length > 0 ? shape : [...contradictions(description), ...tooLong(description)];
}

function shapeProblem(field: DescriptionField, value: unknown): DescriptionProblem | undefined {
  if (value === undefined) {
    return field === 'holds'
      ? problem(field, `must name what is held, got nothing, use one or more of ${words()}`)
      : undefined;
  }
  if (field === 'retentionDays') return retentionProblem(value);
  if (field === 'impactAssessmentReviewed') return dayProblem(field, value);
  if (TEXTS.has(field as TextField)) return textProblem(field, value, 'text');
  if (!Array.isArray(value)) return problem(field, `must be a list, got ${shown(value)}, put it in brackets`);
  return listProblem(field as ListField, value);
}

function retentionProblem(value: unknown): DescriptionProblem | undefined {
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= LONGEST_RETENTION_DAYS) {
    return undefined;
  }
  const range = `whole days, from 1 to ${LONGEST_RETENTION_DAYS}`;
  return problem('retentionDays', `must be ${range}, got ${shown(value)}, count in days`);
}

function dayProblem(field: DescriptionField, value: unknown): DescriptionProblem | undefined {
  const isDay = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  if (isDay && parseDayOrInstant(value) !== undefined) return undefined;
  return problem(field, `must be a day like '2026-11-22', got ${shown(value)}, write year, month and day`);
}

function listProblem(field: ListField, list: readonly unknown[]): DescriptionProblem | undefined {
  if (list.length === 0) return problem(field, 'must have an item, got an empty list, leave it out');
  const repeated = list.find((item, i) => list.indexOf(item) !== i);
  if (repeated !== undefined)
    return problem(field, `must name each once, got ${shown(repeated)} twice, drop one`);
  const { terms, isWord } = LISTS[field];
  for (const item of list) {
    if (terms !== undefined && !(typeof item === 'string' && Object.hasOwn(terms, item))) {
      return problem(
        field,
        `must be of ${Object.keys(terms).join(', ')}, got ${shown(item)}, use one of those`,
      );
    }
    if (terms !== undefined) continue;
    if (isWord && !(typeof item === 'string' && WORD.test(item))) {
      const want = 'words of small letters, digits and hyphens';
      return problem(field, `must be ${want}, got ${shown(item)}, write it like 'delivery-address'`);
    }
    const wrong = textProblem(field, item, 'each item');
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function textProblem(field: DescriptionField, value: unknown, what: string): DescriptionProblem | undefined {
  if (typeof value !== 'string') return problem(field, `must be text, got ${shown(value)}, put it in quotes`);
  // Control, format (bidirectional marks among them), private use, halves of surrogate pairs, line ends.
  if (/[\p{C}\u2028\u2029]/u.test(value)) {
    return problem(field, `must be printable in ${what}, got ${shown(value)}, remove control characters`);
  }
  if (value.trim() !== value || value === '') {
    return problem(
      field,
      `must not be empty or padded with spaces, got ${shown(value)}, trim it or leave it out`,
    );
  }
  if (PLACEHOLDERS.has(value.toLowerCase())) {
    return problem(
      field,
      `must say something, got ${shown(value)}, which says nothing, name it or leave it out`,
    );
  }
  return undefined;
}

function contradictions(description: DataDescription): DescriptionProblem[] {
  const { holds, reason } = description;
  const alone = holds.find((held) => CLASSIFICATIONS[held].alone);
  const problems: DescriptionProblem[] = [];
  if (alone !== undefined && holds.length > 1) {
    const others = holds.filter((held) => held !== alone).join(', ');
    problems.push(
      problem('holds', `must have '${alone}' alone, got ${others} beside it, remove one or the other`),
    );
  }
  problems.push(...reasonProblems(holds, reason), ...categoryProblems(description));
  if (alone !== undefined) {
    const told = OF_PERSONS.filter((field) => description[field] !== undefined);
    problems.push(
      ...told.map((field) =>
        problem(
          field,
          `must be left out where '${alone}' is held, got a value, say what data of persons is held`,
        ),
      ),
    );
  }
  if (description.specialCategoryConditions !== undefined && !holds.includes('special-category-data')) {
    const message = "must be left out without 'special-category-data', got a value, add that to 'holds'";
    problems.push(problem('specialCategoryConditions', message));
  }
  const { transferBases = [] } = description;
  if (transferBases.includes('no-transfer') && transferBases.length > 1) {
    const message =
      "must have 'no-transfer' alone, got a basis for transfers beside it, remove one or the other";
    problems.push(problem('transferBases', message));
  }
  return problems;
}

function reasonProblems(
  holds: readonly Classification[],
  reason: string | undefined,
): readonly DescriptionProblem[] {
  if (!holds.includes('none')) {
    return reason === undefined
      ? []
      : [problem('reason', "must be left out unless 'none' is held, got a value, remove it")];
  }
  if (reason !== undefined && reason.length >= SHORTEST_REASON && reason.includes(' ')) return [];
  const want = `a sentence of at least ${SHORTEST_REASON} characters that says why nothing is held`;
  return [problem('reason', `must be ${want}, got ${shown(reason)}, say what is in there instead`)];
}

function categoryProblems({ holds, categories = [] }: DataDescription): readonly DescriptionProblem[] {
  const known = categories.map((name) => ({ name, of: knownCategory(name)?.of }));
  const problems = known.flatMap(({ name, of }) =>
    of === undefined || holds.includes(of)
      ? []
      : [
          problem(
            'categories',
            `must not have '${name}' without '${of}', got it alone, add '${of}' to 'holds'`,
          ),
        ],
  );
  const card = known.filter(({ of }) => of === 'cardholder-data').map(({ name }) => name);
  // The glossary calls it cardholder data where the number is there; a name alone is personal data.
  if (card.length > 0 && holds.includes('cardholder-data') && !card.includes('primary-account-number')) {
    const message =
      "must have 'primary-account-number' beside other cardholder data, got " +
      `${card.join(', ')}, add it, or call it 'personal-data' if no card number is there`;
    problems.push(problem('categories', message));
  }
  return problems;
}

function tooLong(description: DataDescription): readonly DescriptionProblem[] {
  return [...FIELDS].flatMap(([field, key]) => {
    const length = tagValueOf(description, field)?.length ?? 0;
    if (length <= LONGEST_TAG_VALUE) return [];
    const fit = `must fit the ${LONGEST_TAG_VALUE} characters of the tag ${key}`;
    return [problem(field, `${fit}, got ${length}, shorten it or name a register that has the rest`)];
  });
}

function words(): string {
  return Object.keys(CLASSIFICATIONS).join(', ');
}

function problem(field: DescriptionField, message: string): DescriptionProblem {
  return { field, message: `'${field}' ${message}` };
}

const LONGEST_SHOWN = 60;

/** A value as a message shows it: escaped, since it may be hostile, and bounded. */
function shown(value: unknown): string {
  const text = (() => {
    try {
      return JSON.stringify(value) ?? typeof value;
    } catch {
      return typeof value;
    }
  })();
  const safe = text.replace(/[\p{C}\u2028\u2029]/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
  return safe.length > LONGEST_SHOWN ? `${safe.slice(0, LONGEST_SHOWN)}…` : safe;
}
