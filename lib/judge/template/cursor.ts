import { branchOf, evaluate, intrinsicIn } from './evaluate';
import { childOf, isJsonMap, type Json, type Resource } from './rendered-app';
import {
  isValueList,
  isValueMap,
  Reference,
  resourcesIn,
  Text,
  Unresolved,
  type Value,
  whyUnresolved,
} from './value';
import type { World } from './world';

/** A property's value as a rule can use it: there, absent, or hidden with the reason why. */
export type Reading<T> =
  | { readonly state: 'given'; readonly value: T }
  | { readonly state: 'absent' }
  | { readonly state: 'unresolved'; readonly why: string };

type Held = { readonly raw: Json } | { readonly value: Value } | undefined;

/** How many places below one are searched one after the other. */
const LONGEST_CHAIN = 12;

/**
 * A place in a resource's properties, in one world.
 *
 * It evaluates only what is asked for, and its path keeps the indexes of the template, also where `Fn::If` or
 * `AWS::NoValue` drop elements of a list.
 */
export class Cursor {
  readonly #held: Held;
  // A place is read by many rules: what was found there in this world stays. Most have few places below: a chain of them
  // takes the least memory, and a map what has many.
  #lastChild: Cursor | undefined;
  #sibling: Cursor | undefined;
  #children: Map<string | number, Cursor> | undefined;
  #value: { readonly value: Value | undefined } | undefined;
  #list: Reading<readonly Cursor[]> | undefined;
  #path: string | undefined;

  private constructor(
    readonly world: World,
    readonly resource: Resource,
    private readonly parent: Cursor | undefined,
    private readonly key: string | number,
    raw: Json | undefined,
    value?: Value,
  ) {
    this.#held = raw !== undefined ? this.#settle(raw) : value !== undefined ? { value } : undefined;
  }

  /** The properties of a resource. */
  static over(world: World, resource: Resource): Cursor {
    return new Cursor(world, resource, undefined, 'Properties', resource.properties);
  }

  /** The same place with other content: what a property's text turned out to hold. */
  holding(raw: Json): Cursor {
    return new Cursor(this.world, this.resource, this.parent, this.key, raw);
  }

  /** The steps from the resource to here; made when asked for, since most places are never told. */
  get keys(): readonly (string | number)[] {
    const keys: (string | number)[] = [];
    for (let at: Cursor | undefined = this; at !== undefined; at = at.parent) keys.push(at.key);
    return keys.reverse();
  }

  /** The dotted property path, such as `Properties.DefaultActions.0.Type`. */
  get path(): string {
    this.#path ??= this.parent === undefined ? String(this.key) : `${this.parent.path}.${this.key}`;
    return this.#path;
  }

  /** Whether these are the properties as a whole. */
  get isWhole(): boolean {
    return this.parent === undefined;
  }

  /** Whether there is something at this place, known or not. */
  get isPresent(): boolean {
    return this.#held !== undefined;
  }

  /** Whether a map is written out here, so that nothing needs to be evaluated to go down. */
  get isMap(): boolean {
    return this.#held !== undefined && 'raw' in this.#held && isJsonMap(this.#held.raw);
  }

  /** The value, where it is written out as text, a number or a boolean, so that there is nothing to evaluate. */
  get literal(): string | number | boolean | undefined {
    const held = this.#held;
    if (held === undefined || !('raw' in held)) return undefined;
    const { raw } = held;
    if (typeof raw === 'string') return raw.includes('{{resolve:') ? undefined : raw;
    return typeof raw === 'number' || typeof raw === 'boolean' ? raw : undefined;
  }

  /** Goes down by keys and indexes of the template; what is not there is an absent place. */
  at(...keys: readonly (string | number)[]): Cursor {
    let cursor: Cursor = this;
    for (const key of keys) cursor = cursor.#child(key);
    return cursor;
  }

  /** The elements of a list that exist in this world. */
  list(): Reading<readonly Cursor[]> {
    this.#list ??= this.#readList();
    return this.#list;
  }

  #readList(): Reading<readonly Cursor[]> {
    const held = this.#held;
    if (held === undefined) return { state: 'absent' };
    if ('raw' in held) {
      // CloudFormation takes a single value where a list is wanted.
      const indexes = Array.isArray(held.raw) ? [...(held.raw as readonly Json[]).keys()] : undefined;
      if (indexes === undefined) return { state: 'given', value: [this] };
      return { state: 'given', value: indexes.map((i) => this.#child(i)).filter((item) => item.isPresent) };
    }
    if (isValueList(held.value)) {
      return { state: 'given', value: held.value.map((_, i) => this.#child(i)) };
    }
    if (held.value instanceof Unresolved) return { state: 'unresolved', why: held.value.why };
    return { state: 'given', value: [this] };
  }

  /** The elements of a list, none where it is absent or hidden: for callers that ask `list` elsewhere. */
  items(): readonly Cursor[] {
    const list = this.list();
    return list.state === 'given' ? list.value : [];
  }

  /** The entries of a map that exist in this world. */
  entries(): Reading<readonly (readonly [string, Cursor])[]> {
    const held = this.#held;
    if (held === undefined) return { state: 'absent' };
    const content = 'raw' in held ? held.raw : held.value;
    const within = whyHidden(content as Value);
    if (within !== undefined) return { state: 'unresolved', why: within.why };
    if (!isJsonMap(content as Json) && !isValueMap(content as Value))
      return { state: 'unresolved', why: 'it is not a map' };
    const keys = Object.keys(content as object);
    const entries = keys
      .map((key) => [key, this.#child(key)] as const)
      .filter(([, cursor]) => cursor.isPresent);
    return { state: 'given', value: entries };
  }

  /** The whole value, evaluated; `undefined` where absent. */
  value(): Value | undefined {
    const held = this.#held;
    if (held === undefined) return undefined;
    if ('value' in held) return held.value;
    this.#value ??= { value: evaluate(held.raw, this.resource.template, this.world) };
    return this.#value.value;
  }

  /** The value as text; numbers and booleans as CloudFormation prints them. */
  string(): Reading<string> {
    return this.#read((value) => (typeof value === 'object' ? undefined : String(value)), 'text');
  }

  /** The value as a number; CloudFormation takes text too. */
  number(): Reading<number> {
    return this.#read((value) => {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      return typeof number === 'number' && !Number.isNaN(number) ? number : undefined;
    }, 'a number');
  }

  /** The value as a boolean; CloudFormation takes `true` and `"true"`. */
  boolean(): Reading<boolean> {
    return this.#read((value) => {
      const text = typeof value === 'object' ? '' : String(value).toLowerCase();
      return text === 'true' ? true : text === 'false' ? false : undefined;
    }, 'true or false');
  }

  /** The resource that the value refers to, if it refers to exactly one. */
  reference(): Resource | undefined {
    const value = this.value();
    if (value instanceof Reference) return value.resource;
    const resources = value instanceof Text ? resourcesIn(value) : [];
    return resources.length === 1 ? resources[0] : undefined;
  }

  #child(key: string | number): Cursor {
    if (this.#children !== undefined) return this.#childIn(this.#children, key);
    let count = 0;
    for (let at = this.#lastChild; at !== undefined; at = at.#sibling) {
      if (at.key === key) return at;
      count += 1;
    }
    const child = this.#makeChild(key);
    child.#sibling = this.#lastChild;
    this.#lastChild = child;
    if (count === LONGEST_CHAIN) {
      this.#children = new Map();
      for (let at: Cursor | undefined = child; at !== undefined; at = at.#sibling)
        this.#children.set(at.key, at);
    }
    return child;
  }

  #childIn(children: Map<string | number, Cursor>, key: string | number): Cursor {
    const known = children.get(key);
    if (known !== undefined) return known;
    const child = this.#makeChild(key);
    children.set(key, child);
    return child;
  }

  #makeChild(key: string | number): Cursor {
    const held = this.#held;
    if (held !== undefined && 'raw' in held) {
      return new Cursor(this.world, this.resource, this, key, childOf(held.raw, key));
    }
    const value = held?.value;
    const within = whyHidden(value);
    if (within !== undefined) return new Cursor(this.world, this.resource, this, key, undefined, within);
    const child = isValueList(value)
      ? value[Number(key)]
      : isValueMap(value) && Object.hasOwn(value, key)
        ? value[key]
        : undefined;
    return new Cursor(this.world, this.resource, this, key, undefined, child);
  }

  /** Follows `Fn::If` and evaluates any other intrinsic, so that `raw` is always written-out JSON. */
  #settle(start: Json): Held {
    let raw: Json | undefined = start;
    while (isJsonMap(raw)) {
      const call = intrinsicIn(raw);
      if (call === undefined) break;
      if (call.name !== 'Fn::If') {
        const value = evaluate(raw, this.resource.template, this.world);
        return value === undefined ? undefined : { value };
      }
      raw = branchOf(call.argument, this.resource.template, this.world);
    }
    return raw === undefined || raw === null ? undefined : { raw };
  }

  #read<T>(
    convert: (value: string | number | boolean | object) => T | undefined,
    wanted: string,
  ): Reading<T> {
    const value = this.value();
    if (value === undefined || value === null) return { state: 'absent' };
    if (value instanceof Unresolved || value instanceof Text) return { state: 'unresolved', why: value.why };
    if (value instanceof Reference) return { state: 'unresolved', why: `it is ${String(value)}` };
    const converted = convert(value);
    if (converted !== undefined) return { state: 'given', value: converted };
    return { state: 'unresolved', why: whyUnresolved(value) ?? `it is not ${wanted}` };
  }
}

/** What is within something hidden is hidden for the same reason; so is what an attribute or a text holds. */
function whyHidden(value: Value | undefined): Unresolved | undefined {
  if (value instanceof Unresolved) return value;
  if (value instanceof Reference) return new Unresolved(`it is ${String(value)}`);
  return value instanceof Text ? new Unresolved(value.why) : undefined;
}
