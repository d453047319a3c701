import { isDay } from './expiry';
import { REQUIRED_FIELDS, SCOPE_FIELDS, WAIVER_FIELDS, type WaiverField } from './fields';
import { isPattern, parseWaivedRule } from './waived-rule';
import type { Waiver, WaiverProblem, WaiverScope } from './waiver';

/** A waiver as far as it can be read, and what is wrong with it: it holds only where nothing is. */
export interface ParsedWaiver {
  /** Absent where something that it must say is missing or wrong. */
  readonly waiver: Waiver | undefined;
  /** What it does not say, or says in a way that nobody can check. */
  readonly incomplete: readonly WaiverProblem[];
  /** Where it stands for more than was weighed. */
  readonly broad: readonly WaiverProblem[];
  /** Its texts as they were given, for lists of all waivers. */
  readonly given: Readonly<Record<string, string>>;
  readonly scope: WaiverScope;
}

/** Reads one waiver. What it is given may come from a template or a file, and be anything. */
export function parseWaiver(value: unknown): ParsedWaiver {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const want = `a map with ${REQUIRED_FIELDS.join(', ')}`;
    const problem = { field: '', got: shownValue(value), want };
    return { waiver: undefined, incomplete: [problem], broad: [], given: {}, scope: {} };
  }
  const entry: Readonly<Record<string, unknown>> = { ...value };
  const incomplete = [...unknownFields(entry), ...fieldProblems(entry)];
  const broad = [...patterns(entry), ...rootConstruct(entry)];
  const given = textsOf(entry);
  const scope = scopeOf(entry);
  const rule = given.rule === undefined ? undefined : parseWaivedRule(given.rule);
  if (given.rule !== undefined && rule === undefined && broad.length === 0) {
    incomplete.push(problemAt('rule', given.rule, WAIVER_FIELDS.rule));
  }
  if (isSamePerson(given.owner, given.approvedBy)) {
    incomplete.push({ field: 'approvedBy', got: 'the owner', want: 'somebody other than the owner' });
  }
  const isWhole = rule !== undefined && incomplete.length === 0 && broad.length === 0;
  const waiver = isWhole ? ({ ...given, rule, scope } as unknown as Waiver) : undefined;
  return { waiver, incomplete, broad, given, scope };
}

/** The same name in other letters is the same person. */
export function isSamePerson(one: string | undefined, other: string | undefined): boolean {
  const plain = (name: string) => name.normalize('NFKC').toLowerCase().replace(/^@/, '').replace(/\s+/g, ' ');
  return one !== undefined && other !== undefined && plain(one) === plain(other);
}

function unknownFields(entry: Readonly<Record<string, unknown>>): WaiverProblem[] {
  const known = [...Object.keys(WAIVER_FIELDS), ...Object.keys(SCOPE_FIELDS)];
  return Object.keys(entry)
    .filter((key) => !known.includes(key))
    .map((key) => ({ field: '', got: `a field ${shownValue(key)}`, want: `one of ${known.join(', ')}` }));
}

function fieldProblems(entry: Readonly<Record<string, unknown>>): WaiverProblem[] {
  const problems: WaiverProblem[] = [];
  for (const [name, field] of Object.entries(WAIVER_FIELDS)) {
    const value = entry[name];
    if (value === undefined ? REQUIRED_FIELDS.includes(name) : !fits(textOf(name, value), field)) {
      problems.push(problemAt(name, value, field));
    }
  }
  for (const [name, field] of Object.entries(SCOPE_FIELDS)) {
    const values = name === 'resource' && Array.isArray(entry[name]) ? entry[name] : [entry[name]];
    // The empty path is that of the app, which is told apart.
    const wrong = values.find((value) => value !== undefined && value !== '' && !fits(value, field));
    if (wrong !== undefined) problems.push(problemAt(name, wrong, field));
  }
  const { expires } = entry;
  if (typeof expires === 'string' && fits(expires, WAIVER_FIELDS.expires) && !isDay(expires.trim())) {
    problems.push({ field: 'expires', got: shownValue(expires), want: 'a day of the calendar' });
  }
  return problems;
}

function fits(value: unknown, field: WaiverField | undefined): boolean {
  if (typeof value !== 'string' || field === undefined) return false;
  const trimmed = value.trim();
  if (trimmed.length < field.minLength || trimmed.length > field.maxLength) return false;
  return new RegExp(field.pattern, 'u').test(trimmed);
}

/** A number of a ticket is a number to YAML. */
function textOf(name: string, value: unknown): unknown {
  return name === 'ticket' && typeof value === 'number' ? String(value) : value;
}

function textsOf(entry: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name of Object.keys(WAIVER_FIELDS)) {
    const text = textOf(name, entry[name]);
    if (typeof text === 'string') texts[name] = text.trim();
  }
  return texts;
}

function scopeOf({ construct, template, resource }: Readonly<Record<string, unknown>>): WaiverScope {
  const resources = (Array.isArray(resource) ? resource : [resource]).filter((id) => typeof id === 'string');
  return {
    ...(typeof construct === 'string' ? { construct: construct.replace(/^\/+|\/+$/g, '') } : {}),
    ...(typeof template === 'string' ? { template } : {}),
    ...(resource === undefined ? {} : { resources }),
  };
}

function patterns(entry: Readonly<Record<string, unknown>>): WaiverProblem[] {
  return ['rule', ...Object.keys(SCOPE_FIELDS)].flatMap((field) => {
    const values: readonly unknown[] = [entry[field]].flat();
    const pattern = values.find((value) => typeof value === 'string' && isPattern(value));
    return pattern === undefined
      ? []
      : [{ field, got: shownValue(pattern), want: 'one name, without * and ?' }];
  });
}

function rootConstruct({ construct }: Readonly<Record<string, unknown>>): WaiverProblem[] {
  if (typeof construct !== 'string' || construct.replace(/\//g, '') !== '') return [];
  return [{ field: 'construct', got: 'the whole app', want: 'the construct that the finding is about' }];
}

function problemAt(field: string, value: unknown, { description }: Partial<WaiverField> = {}): WaiverProblem {
  return { field, got: shownValue(value), want: description ?? 'left out' };
}

const LONGEST_SHOWN = 60;

/** A value as a message shows it: short, on one line, with nothing hidden. */
function shownValue(value: unknown): string {
  if (value === undefined) return 'absent';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  const text = JSON.stringify(value) ?? String(value);
  const cut = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 1)}…` : text;
  return cut.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
