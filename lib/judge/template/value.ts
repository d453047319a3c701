import type { Resource } from './rendered-app';

/** The value is another resource's `Ref` or one of its attributes. */
export class Reference {
  constructor(
    readonly resource: Resource,
    /** `Ref`, or the name of the attribute. */
    readonly attribute: string,
  ) {}

  toString(): string {
    return this.attribute === 'Ref'
      ? `Ref ${this.resource.logicalId}`
      : `GetAtt ${this.resource.logicalId}.${this.attribute}`;
  }
}

/** The value is only known at deployment, or not at all. It is never taken for a fine one. */
export class Unresolved {
  constructor(
    /** A phrase that ends the sentence "it cannot be told, since ...". */
    readonly why: string,
    /** Two unresolved values with the same symbol are the same value, such as `AWS::AccountId`. */
    readonly symbol?: string,
    /** Values that it surely is not: those that were tried instead. */
    readonly not?: readonly string[],
  ) {}

  toString(): string {
    return `(${this.why})`;
  }
}

/** A string of which some parts are references or unresolved. */
export class Text {
  constructor(readonly parts: readonly (string | Reference | Unresolved)[]) {}

  /** Its known characters, and one for each part that is not. */
  get length(): number {
    return this.parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0);
  }

  /** Why the text is not a plain string. */
  get why(): string {
    const unresolved = this.parts.find((part) => part instanceof Unresolved);
    if (unresolved instanceof Unresolved) return unresolved.why;
    const reference = this.parts.find((part) => part instanceof Reference);
    return `it is made from ${String(reference)}`;
  }

  toString(): string {
    return this.parts.map((part) => (typeof part === 'string' ? part : `\${${String(part)}}`)).join('');
  }
}

/** What a property evaluates to in one world; `undefined` stands for absent (`AWS::NoValue`). */
export type Value = string | number | boolean | null | Reference | Unresolved | Text | ValueList | ValueMap;

/** A list of values. */
export type ValueList = readonly Value[];

/** A map of values. */
export interface ValueMap {
  readonly [key: string]: Value;
}

/** Inherits nothing, so that `constructor` and `__proto__` are keys like any other. */
class Bare {}
Object.setPrototypeOf(Bare.prototype, null);
Reflect.deleteProperty(Bare.prototype, 'constructor');
// Where a map stands and text is asked for, no connector shall fail over it.
Reflect.defineProperty(Bare.prototype, Symbol.toPrimitive, { value: () => '(a map)' });

/** A new map; V8 keeps it as fast as a literal, which it does not for `Object.create(null)`. */
export function emptyMap(): Record<string, Value> {
  return new Bare() as Record<string, Value>;
}

/** Whether a value is a plain map. */
export function isValueMap(value: Value | undefined): value is ValueMap {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Reference) &&
    !(value instanceof Unresolved) &&
    !(value instanceof Text)
  );
}

/** Whether a value is a list. */
export function isValueList(value: Value | undefined): value is ValueList {
  return Array.isArray(value);
}

/** Longer than any property, in characters and parts: text that is made from itself grows without end. */
const LONGEST_TEXT = 1_000_000;

/** Puts text together again; a plain string where every part is one. */
export function concatenate(parts: readonly Value[]): Value {
  const flat: (string | Reference | Unresolved)[] = [];
  let length = 0;
  for (const part of parts) {
    length += typeof part === 'string' ? part.length : part instanceof Text ? part.length : 1;
    if (length > LONGEST_TEXT) return new Unresolved('its text is longer than any property');
    if (part instanceof Text) for (const one of part.parts) flat.push(one);
    else if (part instanceof Reference || part instanceof Unresolved) flat.push(part);
    else if (typeof part === 'object') return new Unresolved('a list or map stands where text is needed');
    else flat.push(String(part));
  }
  const merged: (string | Reference | Unresolved)[] = [];
  for (const part of flat) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else if (part !== '') merged.push(part);
  }
  if (merged.length === 0) return '';
  const [only] = merged;
  if (merged.length === 1 && only !== undefined) return only;
  return new Text(merged);
}

/** Whether two values are surely the same; unresolved ones only where they carry the same symbol. */
export function isSame(left: Value | undefined, right: Value | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  if (left instanceof Reference || right instanceof Reference) {
    return (
      left instanceof Reference &&
      right instanceof Reference &&
      left.resource === right.resource &&
      left.attribute === right.attribute
    );
  }
  if (left instanceof Unresolved || right instanceof Unresolved) {
    return (
      left instanceof Unresolved &&
      right instanceof Unresolved &&
      left.symbol !== undefined &&
      left.symbol === right.symbol
    );
  }
  if (left instanceof Text || right instanceof Text) {
    return (
      left instanceof Text &&
      right instanceof Text &&
      left.parts.length === right.parts.length &&
      left.parts.every((part, i) => isSame(part, right.parts[i]))
    );
  }
  if (isValueList(left) || isValueList(right)) {
    return (
      isValueList(left) &&
      isValueList(right) &&
      left.length === right.length &&
      left.every((item, i) => isSame(item, right[i]))
    );
  }
  if (isValueMap(left) || isValueMap(right)) {
    if (!isValueMap(left) || !isValueMap(right)) return false;
    const keys = Object.keys(left);
    return keys.length === Object.keys(right).length && keys.every((key) => isSame(left[key], right[key]));
  }
  // CloudFormation compares numbers, booleans and strings by their text.
  return String(left) === String(right);
}

/** The resources that a value refers to, in order of appearance. */
export function resourcesIn(value: Value | undefined): Resource[] {
  if (value instanceof Reference) return [value.resource];
  if (value instanceof Text) return value.parts.flatMap((p) => (p instanceof Reference ? [p.resource] : []));
  if (isValueList(value)) return value.flatMap(resourcesIn);
  if (isValueMap(value)) return Object.values(value).flatMap(resourcesIn);
  return [];
}

/** The first reason why a value, or something within it, is not known. */
export function whyUnresolved(value: Value | undefined): string | undefined {
  if (value instanceof Unresolved) return value.why;
  if (value instanceof Text) {
    const part = value.parts.find((p) => p instanceof Unresolved);
    return part instanceof Unresolved ? part.why : undefined;
  }
  const children = isValueList(value) ? value : isValueMap(value) ? Object.values(value) : [];
  for (const child of children) {
    const why = whyUnresolved(child);
    if (why !== undefined) return why;
  }
  return undefined;
}

const LONGEST_SHOWN = 120;

/** A value as a message shows it: one line, bounded. Callers redact what can hold a secret. */
export function show(value: Value | undefined): string {
  const text = value === undefined ? 'absent' : typeof value === 'string' ? value : plain(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 3)}...` : text;
}

function plain(value: Value): string {
  if (value instanceof Reference || value instanceof Unresolved || value instanceof Text)
    return String(value);
  if (isValueList(value)) return `[${value.map(plain).join(', ')}]`;
  if (isValueMap(value)) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}: ${plain(item)}`)
      .join(', ')}}`;
  }
  return String(value);
}
