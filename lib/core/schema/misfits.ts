import type { Schema } from './schema';

/** One mistake: what does not fit, and where; how it is told depends on what people write it in. */
export type Misfit =
  /** A value that is not allowed. */
  | { readonly kind: 'value'; readonly path: string; readonly schema: Schema; readonly value: unknown }
  /** A key that is there without a value: JSON has none, in code it may mean that it was left out. */
  | { readonly kind: 'undefined'; readonly path: string; readonly schema: Schema }
  /** A key that is required, and its schema where it has one. */
  | { readonly kind: 'missing'; readonly path: string; readonly schema: Schema | undefined }
  /** A key that nobody knows, beside those that are allowed. */
  | { readonly kind: 'key'; readonly path: string; readonly key: string; readonly allowed: readonly string[] }
  /** A list with too few or too many entries. */
  | { readonly kind: 'length'; readonly path: string; readonly schema: Schema; readonly length: number }
  /** An entry that its list holds already. */
  | { readonly kind: 'repeated'; readonly path: string; readonly value: unknown };

/**
 * What in a value does not fit a schema.
 *
 * @param path where it stands, such as `zones[0].zoneName`
 */
export function misfitsOf(schema: Schema, value: unknown, path = ''): readonly Misfit[] {
  if (!fits(schema, value)) return [{ kind: 'value', path, schema, value }];
  if (Array.isArray(value)) return misfitsOfList(schema, value, path);
  return isObject(value) ? misfitsOfObject(schema, value, path) : [];
}

/** Whether a value has the type of a schema, and keeps to the bounds of a single value. */
function fits(schema: Schema, value: unknown): boolean {
  switch (schema.type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'string':
      return typeof value === 'string' && fitsText(schema, value);
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) && fitsNumber(schema, value);
    case 'boolean':
      return typeof value === 'boolean';
  }
}

function fitsText(schema: Schema, text: string): boolean {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema;
  // JSON Schema counts characters where JavaScript counts UTF-16 units.
  const length = [...text].length;
  if (length < minLength || length > maxLength) return false;
  if (schema.enum !== undefined && !schema.enum.includes(text)) return false;
  return pattern === undefined || new RegExp(pattern, 'u').test(text);
}

function fitsNumber({ minimum = -Infinity, maximum = Infinity }: Schema, value: number): boolean {
  return value >= minimum && value <= maximum;
}

function misfitsOfObject(schema: Schema, value: Readonly<Record<string, unknown>>, path: string): Misfit[] {
  const { properties = {}, required = [] } = schema;
  const misfits: Misfit[] = required
    .filter((key) => value[key] === undefined)
    .map((key) => ({ kind: 'missing', path: inside(path, key), schema: properties[key] }));
  for (const [key, given] of Object.entries(value)) {
    const at = inside(path, key);
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (property !== undefined) {
      misfits.push(
        ...(given === undefined
          ? [{ kind: 'undefined', path: at, schema: property } as const]
          : misfitsOf(property, given, at)),
      );
    } else if (schema.additionalProperties === false) {
      // What only editors read is none that anybody means.
      const allowed = Object.keys(properties).filter((name) => !name.startsWith('$'));
      misfits.push({ kind: 'key', path: at, key, allowed });
    }
  }
  return misfits;
}

function misfitsOfList(schema: Schema, value: readonly unknown[], path: string): readonly Misfit[] {
  const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems = false } = schema;
  const { length } = value;
  if (length < minItems || length > maxItems) return [{ kind: 'length', path, schema, length }];
  const repeated = uniqueItems ? firstRepeated(value) : -1;
  if (repeated !== -1) return [{ kind: 'repeated', path: `${path}[${repeated}]`, value: value[repeated] }];
  if (items === undefined) return [];
  const described = { ...items, description: items.description ?? `an entry of ${schema.description}` };
  return value.flatMap((entry, index) => misfitsOf(described, entry, `${path}[${index}]`));
}

function firstRepeated(list: readonly unknown[]): number {
  const keys = list.map((entry) => JSON.stringify(entry));
  return keys.findIndex((key, index) => keys.indexOf(key) !== index);
}

function inside(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
