import type { Json, JsonMap } from '../../../lib/judge/template';

/** A value of a property; `undefined` leaves it out. */
export type Value = Json | undefined;

/** What an axis takes, by what it is called, or called as it is written. The first is right by both sides' lights. */
export type Values = readonly Value[] | Readonly<Record<string, Value>>;

/** One value of each axis, by the names of both. */
export type Choice = Readonly<Record<string, string>>;

/** Resources that vary along some axes. */
export interface Subject {
  readonly axes: Readonly<Record<string, Values>>;
  /** Axes of which the values say what there is, and stand in no property: they can be no parameter or `Fn::If`. */
  readonly relations?: readonly string[];
  /** The resources that chosen values make. */
  readonly resources: (chosen: Readonly<Record<string, Value>>) => JsonMap;
}

/** A rule of cdk-nag, the rules of ours that ask the same, and what both are shown. */
export interface Pair {
  /** `folder.Rule` in `rules` of cdk-nag. */
  readonly theirs: string;
  readonly ours: readonly string[];
  readonly subject: Subject;
}

/** The values of an axis with their names, in order. */
export function namedValues(values: Values): readonly (readonly [string, Value])[] {
  return isList(values) ? values.map((value) => [nameOf(value), value]) : Object.entries(values);
}

function isList(values: Values): values is readonly Value[] {
  return Array.isArray(values);
}

/** How a value is called that has no name of its own. */
export function nameOf(value: Value): string {
  if (value === undefined) return 'absent';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** On, off, and not said. */
export const ON_OFF: Values = [true, false, undefined];

/** Off, on, and not said. */
export const OFF_ON: Values = [false, true, undefined];

/**
 * One resource, `It`, whose properties vary.
 *
 * @param axes by dotted path in its properties
 * @param others resources beside it
 */
export function resource(
  type: string,
  base: JsonMap,
  axes: Readonly<Record<string, Values>>,
  others: JsonMap = {},
): Subject {
  return {
    axes,
    resources: (chosen) => ({
      It: {
        Type: type,
        Properties: Object.entries(chosen).reduce<JsonMap>(
          (properties, [path, value]) => withValue(properties, path.split('.'), value) as JsonMap,
          base,
        ),
      },
      ...others,
    }),
  };
}

/**
 * One resource, `It`, that stays as it is, and beside it what an axis says.
 *
 * @param others what stands beside it, by what that is called
 */
export function beside(
  type: string,
  Properties: JsonMap,
  axis: string,
  others: Readonly<Record<string, JsonMap>>,
): Subject {
  return {
    relations: [axis],
    axes: { [axis]: others },
    resources: ({ [axis]: chosen }) => ({ It: { Type: type, Properties }, ...(chosen as JsonMap) }),
  };
}

/** A value with another at a path; numbers are places in lists. */
function withValue(into: Value, [first, ...rest]: readonly string[], value: Value): Value {
  if (first === undefined) return value;
  if (/^\d+$/.test(first)) {
    const list = [...(Array.isArray(into) ? (into as readonly Json[]) : [])];
    list[Number(first)] = withValue(list[Number(first)], rest, value) ?? {};
    return list;
  }
  const { [first]: old, ...others } = (into ?? {}) as JsonMap;
  const set = withValue(old, rest, value);
  return set === undefined ? others : { ...others, [first]: set };
}
