import { nearest } from '../suggest';
import type { Schema } from './schema';

/** Longer values are cut in messages. */
const SHOWN = 60;

/** What in a value does not fit a schema: one sentence for each mistake, with what to do. */
export function schemaProblems(schema: Schema, value: unknown, path = ''): readonly string[] {
  switch (schema.type) {
    case 'object':
      return isObject(value) ? objectProblems(schema, value, path) : [mismatch(schema, value, path)];
    case 'array':
      return Array.isArray(value) ? arrayProblems(schema, value, path) : [mismatch(schema, value, path)];
    case 'string':
      return fitsText(schema, value) ? [] : [mismatch(schema, value, path)];
    case 'integer':
      return fitsNumber(schema, value) ? [] : [mismatch(schema, value, path)];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [mismatch(schema, value, path)];
  }
}

/** A value as a message may quote it: short, and on one line. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
}

/** `, did you mean 'pci'?`, or nothing. */
export function meant(given: unknown, words: readonly string[]): string {
  const near = typeof given === 'string' ? nearest(given, words) : undefined;
  return near === undefined ? '' : `, did you mean '${near}'?`;
}

function objectProblems(schema: Schema, value: Readonly<Record<string, unknown>>, path: string): string[] {
  const { properties = {}, required = [] } = schema;
  const problems = required.flatMap((key) =>
    value[key] === undefined ? [`'${inside(path, key)}' is missing, add ${words(properties[key])}`] : [],
  );
  for (const [key, given] of Object.entries(value)) {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    // What is undefined was left out.
    if (property !== undefined) {
      if (given !== undefined) problems.push(...schemaProblems(property, given, inside(path, key)));
    } else if (schema.additionalProperties === false) {
      problems.push(unknownKey(inside(path, key), key, Object.keys(properties)));
    }
  }
  return problems;
}

function arrayProblems(schema: Schema, value: readonly unknown[], path: string): string[] {
  const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems = false } = schema;
  if (value.length < minItems || value.length > maxItems) {
    return [`'${path}' must be ${words(schema)}, got ${value.length} entries, correct it`];
  }
  const keys = value.map((entry) => JSON.stringify(entry));
  const repeated = uniqueItems ? keys.findIndex((key, index) => keys.indexOf(key) !== index) : -1;
  if (repeated !== -1) return [`'${path}[${repeated}]' repeats ${shown(value[repeated])}, remove it`];
  return items === undefined
    ? []
    : value.flatMap((entry, index) => schemaProblems(items, entry, `${path}[${index}]`));
}

function fitsNumber({ minimum = -Infinity, maximum = Infinity }: Schema, value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum;
}

function fitsText(schema: Schema, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema;
  // JSON Schema counts characters where JavaScript counts UTF-16 units.
  const length = [...value].length;
  if (length < minLength || length > maxLength) return false;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return false;
  return pattern === undefined || new RegExp(pattern, 'u').test(value);
}

function mismatch(schema: Schema, value: unknown, path: string): string {
  const subject = path === '' ? 'it' : `'${path}'`;
  return `${subject} must be ${words(schema)}, got ${shown(value)}${meant(value, schema.enum ?? []) || ', correct it'}`;
}

function unknownKey(path: string, key: string, keys: readonly string[]): string {
  const allowed = keys.filter((name) => !name.startsWith('$'));
  return `${shown(path)} is not a setting${meant(key, allowed)}, use only ${allowed.join(', ')}`;
}

function words(schema: Schema | undefined): string {
  const [example] = schema?.examples ?? [];
  const allowed = schema?.description ?? 'a value';
  return example === undefined ? allowed : `${allowed}, such as ${JSON.stringify(example)}`;
}

function inside(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
