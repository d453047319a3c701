import { isValueList, isValueMap, show, Unresolved, type Value, whyUnresolved } from '../template';

/** What is known of every request that is asked about; all other context keys are free. */
export interface RequestClass {
  readonly secureTransport: boolean;
  /** As `s3:TlsVersion` has it; requests in clear have none. */
  readonly tlsVersion: number | undefined;
}

/** Something that holds for some requests and not for others. */
export interface Atom {
  readonly id: string;
  /** It holds where the atom does not. */
  readonly negated: boolean;
  /** The request in words, where the atom holds and where it does not. */
  readonly words: (holds: boolean) => string;
  /** The condition that holds where the atom does, with values that the template tells. */
  readonly test?: ConditionTest;
}

/** One operator, on one key. */
export interface ConditionTest {
  /** In lower case, without `IfExists` and `ForAllValues`: `stringequals`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
  /** Whether it holds of a request that does not have the key. */
  readonly withoutKey: boolean;
}

/** What one entry of a Condition block says about a class of requests. */
export type ConditionAnswer = boolean | { readonly unknown: string } | Atom;

const SECURE_TRANSPORT = 'aws:securetransport';
const TLS_VERSION = 's3:tlsversion';

/** Operators that hold exactly where their positive does not, absent keys included. */
const COMPLEMENTS: Readonly<Record<string, string>> = {
  stringnotequals: 'stringequals',
  stringnotequalsignorecase: 'stringequalsignorecase',
  stringnotlike: 'stringlike',
  arnnotequals: 'arnequals',
  arnnotlike: 'arnlike',
  numericnotequals: 'numericequals',
  datenotequals: 'dateequals',
  notipaddress: 'ipaddress',
};

interface Entry {
  readonly name: string;
  readonly operator: string;
  readonly ifExists: boolean;
  readonly set: 'all' | 'any' | undefined;
  readonly key: string;
  readonly values: readonly Value[];
}

/** Whether a Condition block speaks of the transport at all. */
export function mentionsTransport(condition: Value | undefined): boolean {
  if (!isValueMap(condition)) return false;
  return Object.values(condition).some(
    (keys) =>
      isValueMap(keys) &&
      Object.keys(keys).some((key) => [SECURE_TRANSPORT, TLS_VERSION].includes(key.toLowerCase())),
  );
}

/** What each entry of a Condition block answers; all of them must hold. */
export function conditionAnswers(
  condition: Value | undefined,
  request: RequestClass,
  place: string,
): readonly ConditionAnswer[] {
  if (condition === undefined || condition === null) return [];
  if (!isValueMap(condition)) return [{ unknown: whyOf(condition) }];
  return Object.entries(condition).flatMap(([name, keys]): ConditionAnswer[] => {
    if (!isValueMap(keys)) return [{ unknown: whyOf(keys) }];
    return Object.entries(keys).map(([key, raw]) => answer(entryOf(name, key, raw), request, place));
  });
}

function entryOf(name: string, key: string, raw: Value): Entry {
  const [, set, base = '', suffix] =
    /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(name.toLowerCase()) ?? [];
  return {
    name,
    operator: base,
    ifExists: suffix !== undefined,
    set: set === 'forallvalues' ? 'all' : set === 'foranyvalue' ? 'any' : undefined,
    key,
    values: isValueList(raw) ? raw : [raw],
  };
}

function answer(entry: Entry, request: RequestClass, place: string): ConditionAnswer {
  const key = entry.key.toLowerCase();
  if (key === SECURE_TRANSPORT) {
    // The key is in every request.
    if (entry.operator === 'bool') return anyValue(entry, (text) => text === String(request.secureTransport));
    if (entry.operator === 'null') return anyValue(entry, (text) => text === 'false');
  }
  if (key === TLS_VERSION) {
    const known = tlsVersionAnswer(entry, request.tlsVersion);
    if (known !== undefined) return known;
  }
  if (takesEverything(entry)) return true;
  return atomOf(entry, place);
}

function tlsVersionAnswer(entry: Entry, version: number | undefined): ConditionAnswer | undefined {
  if (entry.operator === 'null') return anyValue(entry, (text) => text === String(version === undefined));
  const compare = NUMERIC[entry.operator];
  if (compare === undefined) return undefined;
  const negative = entry.operator === 'numericnotequals';
  if (version === undefined)
    return entry.ifExists || entry.set === 'all' || (negative && entry.set === undefined);
  if (negative) {
    const equal = anyValue(entry, (text) => Number(text) === version);
    return typeof equal === 'boolean' ? !equal : equal;
  }
  return anyValue(entry, (text) => text.trim() !== '' && compare(version, Number(text)));
}

const NUMERIC: Readonly<Record<string, (found: number, wanted: number) => boolean>> = {
  numericequals: (found, wanted) => found === wanted,
  numericnotequals: (found, wanted) => found !== wanted,
  numericlessthan: (found, wanted) => found < wanted,
  numericlessthanequals: (found, wanted) => found <= wanted,
  numericgreaterthan: (found, wanted) => found > wanted,
  numericgreaterthanequals: (found, wanted) => found >= wanted,
};

function anyValue(entry: Entry, matches: (text: string) => boolean): ConditionAnswer {
  const texts = entry.values.filter((value) => typeof value !== 'object');
  if (texts.some((value) => matches(String(value).toLowerCase()))) return true;
  const hidden = entry.values.find((value) => typeof value === 'object');
  return hidden === undefined ? false : { unknown: whyOf(hidden) };
}

/** `StringLikeIfExists *` and the like exclude nobody. */
function takesEverything(entry: Entry): boolean {
  const isLike = entry.operator === 'stringlike' || entry.operator === 'arnlike';
  return (
    isLike && (entry.ifExists || entry.set === 'all') && entry.set !== 'any' && entry.values.includes('*')
  );
}

function atomOf(entry: Entry, place: string): Atom {
  const { name, operator, key, values } = entry;
  const isPlain = !entry.ifExists && entry.set === undefined;
  const shown = values.map((value) => show(value)).sort();
  const isFirm = values.every((value) => typeof value !== 'object');
  const unique = isFirm ? '' : ` at ${place}`;
  if (isPlain && operator === 'null' && shown.length === 1 && isFirm) {
    return {
      id: `null ${key.toLowerCase()}`,
      negated: shown[0]?.toLowerCase() === 'false',
      words: (holds) => `${holds ? 'without' : 'with'} ${key}`,
      test: { operator, key, values: ['true'], withoutKey: true },
    };
  }
  const positive = isPlain ? COMPLEMENTS[operator] : undefined;
  // The order of values does not matter, and keys are not case-sensitive.
  const id = `${positive ?? (isPlain ? operator : name.toLowerCase())} ${key.toLowerCase()} ${JSON.stringify(shown)}${unique}`;
  const either = shown.join(' or ');
  const isEquality = positive !== undefined || Object.values(COMPLEMENTS).includes(operator);
  const words = (holds: boolean): string =>
    isPlain && isEquality
      ? `whose ${key} is ${holds ? '' : 'not '}${either}`
      : `for which ${name} ${key} ${either} does ${holds ? '' : 'not '}hold`;
  const made = { id, negated: positive !== undefined, words };
  if (!isFirm) return made;
  const withoutKey = entry.ifExists || entry.set === 'all';
  return {
    ...made,
    test: { operator: positive ?? operator, key, values: values.map(String), withoutKey },
  };
}

function whyOf(value: Value): string {
  if (value instanceof Unresolved) return value.why;
  return whyUnresolved(value) ?? `a condition has ${show(value)} where something else is needed`;
}
