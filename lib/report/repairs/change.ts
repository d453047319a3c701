import { isDeepStrictEqual } from 'node:util';
import { isJsonMap, type Json, type JsonMap, type TemplatePath } from '../../judge/template';

/** What a repair changes in a template, by paths from its top. */
export type Change =
  /** Makes a value what it should be; of a map the keys that are named, and no others. */
  | { readonly at: TemplatePath; readonly set: Json }
  /** Puts a value in the place of whatever is written there. */
  | { readonly at: TemplatePath; readonly put: Json }
  /** Adds elements at the end of a list, which is made where there is none. */
  | { readonly at: TemplatePath; readonly append: readonly Json[] };

/** One thing to write, at a place that exists. */
export type Step =
  | { readonly kind: 'replace'; readonly at: TemplatePath; readonly value: Json }
  | { readonly kind: 'insert'; readonly at: TemplatePath; readonly key: string; readonly value: Json }
  | { readonly kind: 'append'; readonly at: TemplatePath; readonly items: readonly Json[] };

/**
 * The steps that make changes; `undefined` where one of them would have to guess, as where a condition or a parameter
 * decides what stands there.
 */
export function stepsOf(template: JsonMap, changes: readonly Change[]): readonly Step[] | undefined {
  const steps: Step[] = [];
  for (const change of changes) {
    const found =
      'set' in change
        ? setting(template, change.at, change.set)
        : 'put' in change
          ? putting(template, change.at, change.put)
          : appending(template, change);
    if (found === undefined) return undefined;
    steps.push(...found);
  }
  return steps.length === 0 ? undefined : steps;
}

function setting(template: JsonMap, at: TemplatePath, value: Json): readonly Step[] | undefined {
  const found = lookUp(template, at);
  if (found === undefined) return undefined;
  if (found.missing !== undefined) {
    const { above, missing } = found;
    const [key = '', ...below] = missing.map(String);
    return [{ kind: 'insert', at: above, key, value: nested(below, value) }];
  }
  const { value: present } = found;
  if (isDeepStrictEqual(present, value)) return [];
  if (isJsonMap(value) && !isIntrinsic(value)) {
    if (!isJsonMap(present) || isIntrinsic(present)) return undefined;
    const inner = Object.entries(value).map(([key, item]) => setting(template, [...at, key], item ?? null));
    return inner.includes(undefined) ? undefined : inner.flatMap((steps) => steps ?? []);
  }
  return isLiteral(present) ? [{ kind: 'replace', at, value }] : undefined;
}

function putting(template: JsonMap, at: TemplatePath, value: Json): readonly Step[] | undefined {
  const found = lookUp(template, at);
  if (found?.missing !== undefined) return setting(template, at, value);
  if (found === undefined || (isJsonMap(found.value) && isIntrinsic(found.value))) return undefined;
  return [{ kind: 'replace', at, value }];
}

function appending(
  template: JsonMap,
  { at, append }: Extract<Change, { readonly append: unknown }>,
): readonly Step[] | undefined {
  const found = lookUp(template, at);
  if (found?.missing !== undefined) return setting(template, at, append);
  if (found === undefined || !Array.isArray(found.value)) return undefined;
  return [{ kind: 'append', at, items: append }];
}

type Found =
  | { readonly value: Json; readonly missing?: undefined }
  | { readonly above: TemplatePath; readonly missing: TemplatePath };

/** What stands at a path, or the nearest map above it and the keys that it lacks. */
function lookUp(template: JsonMap, at: TemplatePath): Found | undefined {
  let value: Json = template;
  for (const [i, key] of at.entries()) {
    if (Array.isArray(value)) {
      const item: Json | undefined = (value as readonly Json[])[Number(key)];
      if (item === undefined) return undefined;
      value = item;
    } else if (isJsonMap(value) && !isIntrinsic(value)) {
      const next: Json | undefined = Object.hasOwn(value, key) ? value[key] : undefined;
      if (next === undefined) return { above: at.slice(0, i), missing: at.slice(i) };
      value = next;
    } else return undefined;
  }
  return { value };
}

function nested(keys: readonly string[], value: Json): Json {
  return keys.reduceRight<Json>((inner, key) => ({ [key]: inner }), value);
}

/** What CloudFormation replaces: nobody knows what it will be. */
function isIntrinsic(map: JsonMap): boolean {
  return Object.keys(map).some((key) => key === 'Ref' || key === 'Condition' || key.startsWith('Fn::'));
}

function isLiteral(value: Json): boolean {
  return Array.isArray(value)
    ? (value as readonly Json[]).every((item) => typeof item !== 'object')
    : typeof value !== 'object' || value === null;
}
