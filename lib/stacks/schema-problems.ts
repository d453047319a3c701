import type { ConfigurationSchema } from './schema';

type Described = Omit<ConfigurationSchema, 'description'> & { readonly description?: string };

/** Longer values are cut in messages. */
const SHOWN = 60;
/** More edits than this make two names different words rather than one mistyped. */
const MAX_EDITS = 2;

/**
 * What in a value does not fit a schema, one sentence for each mistake.
 *
 * @param schema what is allowed
 * @param value what was given
 * @param path where it stands, such as `zones[0].zoneName`
 */
export function schemaProblems(schema: Described, value: unknown, path = ''): string[] {
  if (!hasType(schema.type, value)) return [mismatch(schema, value, path)];
  if (isObject(value)) return objectProblems(schema, value, path);
  if (Array.isArray(value)) return arrayProblems(schema, value, path);
  return isWithin(schema, value) ? [] : [mismatch(schema, value, path)];
}

/** A value as a message may quote it: short, and on one line. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
}

/** The word that was meant, as a question; `undefined` where none is near. */
function suggestion(word: string, words: readonly string[]): string | undefined {
  const [nearest] = words
    .map((candidate) => ({ candidate, edits: editsBetween(word, candidate) }))
    .sort((one, other) => one.edits - other.edits);
  return nearest !== undefined && nearest.edits <= MAX_EDITS
    ? `did you mean '${nearest.candidate}'?`
    : undefined;
}

function objectProblems(schema: Described, value: Record<string, unknown>, path: string): string[] {
  const { properties = {}, required = [] } = schema;
  const problems = required
    .filter((key) => value[key] === undefined)
    .map((key) => `'${inside(path, key)}' is missing, add ${words(properties[key])}`);
  for (const [key, given] of Object.entries(value)) {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (property !== undefined) problems.push(...schemaProblems(property, given, inside(path, key)));
    else if (schema.additionalProperties === false)
      problems.push(unknownProperty(inside(path, key), key, properties));
  }
  return problems;
}

function arrayProblems(schema: Described, value: readonly unknown[], path: string): string[] {
  const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems = false } = schema;
  if (value.length < minItems)
    return [`'${path}' is empty, add at least one entry: it must be ${words(schema)}`];
  if (value.length > maxItems)
    return [`'${path}' must have at most ${maxItems} entries, got ${value.length}`];
  const keys = value.map((entry) => JSON.stringify(entry));
  const repeated = uniqueItems ? keys.findIndex((key, index) => keys.indexOf(key) !== index) : -1;
  if (repeated !== -1) return [`'${path}[${repeated}]' repeats ${shown(value[repeated])}, remove it`];
  if (items === undefined) return [];
  const described =
    items.description === undefined ? { ...items, description: `an entry of ${schema.description}` } : items;
  return value.flatMap((entry, index) => schemaProblems(described, entry, `${path}[${index}]`));
}

function hasType(type: ConfigurationSchema['type'], value: unknown): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function isWithin(schema: Described, value: unknown): boolean {
  if (typeof value === 'number') {
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
    return value >= minimum && value <= maximum;
  }
  if (typeof value !== 'string') return true;
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
  // JSON Schema counts characters where JavaScript counts UTF-16 units.
  const length = [...value].length;
  if (length < minLength || length > maxLength) return false;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return false;
  return schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(value);
}

function mismatch(schema: Described, value: unknown, path: string): string {
  const subject = path === '' ? 'the configuration' : `'${path}'`;
  const meant = typeof value === 'string' ? suggestion(value, schema.enum ?? []) : undefined;
  return [`${subject} must be ${words(schema)}`, `got ${shown(value)}`, meant].filter(Boolean).join(', ');
}

function unknownProperty(path: string, key: string, properties: object): string {
  const allowed = Object.keys(properties).filter((name) => !name.startsWith('$'));
  return `${shown(path)} is not a property, ${suggestion(key, allowed) ?? `use one of ${allowed.join(', ')}`}`;
}

function words(schema: Described | undefined): string {
  const [example] = schema?.examples ?? [];
  const allowed = schema?.description ?? 'a value';
  return example === undefined ? allowed : `${allowed}, such as ${JSON.stringify(example)}`;
}

function inside(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The edit distance of Levenshtein, capped: words that differ much in length need no table. */
function editsBetween(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > MAX_EDITS || one.length > SHOWN) return Number.POSITIVE_INFINITY;
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...one.toLowerCase()].entries()) {
    const current = [row + 1];
    for (const [column, candidate] of [...other.toLowerCase()].entries()) {
      const changed = (previous[column] ?? 0) + (letter === candidate ? 0 : 1);
      current.push(Math.min(changed, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
