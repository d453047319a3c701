import { BlockList, isIPv6 } from 'node:net';

/** What a template cannot say before it is deployed; recorded events hold it where such a value would stand. */
export const AT_DEPLOYMENT = '(known at deployment)';

type Json = unknown;
type JsonMap = Readonly<Record<string, Json>>;

/**
 * Whether a pattern of EventBridge matches an event.
 *
 * Written from the documentation, since no npm package for it is maintained; held against its examples in
 * `test/drill/event-pattern.test.ts`. What it does not know, it refuses: a drill must not pass by ignorance.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function eventMatches(pattern: Json, event: Json): boolean {
  const resolved = resolve(pattern);
  if (!isMap(resolved)) throw new TypeError('a pattern is a map');
  return mapMatches(resolved, event);
}

/** Objects in a list match one by one: all fields of a pattern are looked for in the same one. */
function mapMatches(pattern: JsonMap, value: Json): boolean {
  if (Array.isArray(value)) return value.some((item) => mapMatches(pattern, item));
  return Object.entries(pattern).every(([key, wanted]) => {
    if (isAlternatives(key, wanted)) return wanted.some((one) => mapMatches(one, value));
    const found = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    if (Array.isArray(wanted)) return wanted.some((matcher) => leafMatches(matcher, found));
    if (isMap(wanted)) return mapMatches(wanted, found);
    throw new TypeError(`'${key}' must be a list or a map`);
  });
}

function isAlternatives(key: string, wanted: Json): wanted is readonly JsonMap[] {
  return key === '$or' && Array.isArray(wanted) && wanted.length > 1 && wanted.every(isMap);
}

function leafMatches(matcher: Json, found: Json): boolean {
  if (isMap(matcher) && 'exists' in matcher) return isLeaf(found) === matcher.exists;
  const values: readonly Json[] = Array.isArray(found) ? found : [found];
  return values.some((value) => isLeaf(value) && valueMatches(matcher, value));
}

/** What is no leaf is not there, for patterns: `exists` looks at leaves alone. */
function isLeaf(value: Json): boolean {
  return value !== undefined && !isMap(value);
}

function valueMatches(matcher: Json, value: Json): boolean {
  if (!isMap(matcher)) return matcher === value;
  const [[operator, operand] = ['', undefined], ...others] = Object.entries(matcher);
  if (others.length > 0) throw new TypeError(`one operator at a time, got ${JSON.stringify(matcher)}`);
  const compare = OPERATORS[operator];
  if (compare === undefined) throw new TypeError(`unknown operator ${JSON.stringify(operator)}`);
  return compare(operand, value);
}

const OPERATORS: Readonly<Record<string, (operand: Json, value: Json) => boolean>> = {
  prefix: (operand, value) => ofText(operand, value, (text, end) => text.startsWith(end)),
  suffix: (operand, value) => ofText(operand, value, (text, end) => text.endsWith(end)),
  'equals-ignore-case': (operand, value) => lower(operand) === lower(value),
  wildcard: (operand, value) => typeof value === 'string' && wildcard(String(operand)).test(value),
  numeric: (operand, value) => typeof value === 'number' && isWithin(operand as Json[], value),
  cidr: (operand, value) => typeof value === 'string' && isInRange(String(operand), value),
  'anything-but': anythingBut,
};

function ofText(operand: Json, value: Json, compare: (text: string, end: string) => boolean): boolean {
  if (typeof value !== 'string') return false;
  if (!isMap(operand)) return compare(value, String(operand));
  return compare(value.toLowerCase(), String(operand['equals-ignore-case']).toLowerCase());
}

/** Of a list, none may match; of an operator with a list, none of its own. */
function anythingBut(operand: Json, value: Json): boolean {
  if (!isMap(operand)) {
    const wrong = list(operand).find((one) => typeof one !== 'string' && typeof one !== 'number');
    if (wrong !== undefined) throw new TypeError(`anything-but takes texts and numbers, got ${wrong}`);
    return !list(operand).includes(value);
  }
  const [[operator, operands] = ['', undefined]] = Object.entries(operand);
  return !list(operands).some((one) => valueMatches({ [operator]: one }, value));
}

function list(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}

function lower(value: Json): Json {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** `*` is anything, `\*` is itself. */
function wildcard(text: string): RegExp {
  const parts = text.match(/\\[*\\]|\*|[^*\\]+/g) ?? [];
  const source = parts.map((part) => (part === '*' ? '.*' : escaped(part.replace(/^\\(?=[*\\])/, ''))));
  return new RegExp(`^${source.join('')}$`, 's');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function isWithin(terms: readonly Json[], value: number): boolean {
  for (let at = 0; at < terms.length; at += 2) {
    const limit = Number(terms[at + 1]);
    const holds = { '=': value === limit, '<': value < limit, '<=': value <= limit, '>': value > limit };
    const all: Readonly<Record<string, boolean>> = { ...holds, '>=': value >= limit };
    if (all[String(terms[at])] !== true) return false;
  }
  return true;
}

function isInRange(range: string, address: string): boolean {
  const [network = '', length = ''] = range.split('/');
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  const block = new BlockList();
  block.addSubnet(network, Number(length), family);
  return isIPv6(address) === (family === 'ipv6') && block.check(address, family);
}

/** Values that CloudFormation fills in become one that recorded events can hold. */
function resolve(pattern: Json): Json {
  if (Array.isArray(pattern)) return pattern.map(resolve);
  if (!isMap(pattern)) return pattern;
  const keys = Object.keys(pattern);
  if (keys.length === 1 && /^(Ref|Fn::\w+)$/.test(keys[0] ?? '')) return AT_DEPLOYMENT;
  return Object.fromEntries(Object.entries(pattern).map(([key, value]) => [key, resolve(value)]));
}

function isMap(value: Json): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
