import { parseCidr } from '../hops/address-range';
import type { Literal, Universe } from './clauses';
import type { ConditionTest, RequestClass } from './condition';
import { takesIn } from './glob';

/** One request, as a client could send it: what proves that a policy lets plaintext, or old TLS, through. */
export interface AllowedRequest {
  /** An ARN, an account or a service; its partition, as that of `resource`, may be spelt `partition`. */
  readonly principal: string;
  readonly action: string;
  /** Absent where the policy's statements name none. */
  readonly resource?: string;
  /** Condition keys, as the policy writes them, that the request has; all others it has not. */
  readonly context: Readonly<Record<string, string>>;
}

/** What is so of a request that no statement matches. */
export type Truths = readonly (readonly [Literal, boolean])[];

/** Somebody whom no policy names: accounts have no number of zeros. */
const ANYONE = 'arn:partition:iam::000000000000:role/anyone';

/** A documentation address (RFC 5737), which no network has. */
const ELSEWHERE = '198.51.100.7';

/**
 * The request that makes a gap concrete; `undefined` where none of those tried fits it, such as one that a policy
 * variable decides.
 */
export function requestIn(
  truths: Truths,
  { resource }: Universe,
  examples: readonly string[],
  request: RequestClass,
): AllowedRequest | undefined {
  const principal = principalIn(truths);
  const made = of('action', truths).map(([{ pattern = '' }]) => filled(pattern, 'x'));
  const action = actionIn(truths, [...examples, ...made]);
  const target = resource === undefined ? undefined : resourceIn(truths, resource);
  const context = contextIn(truths);
  if (principal === undefined || action === undefined || context === undefined) return undefined;
  if (resource !== undefined && target === undefined) return undefined;
  const transport = {
    'aws:SecureTransport': String(request.secureTransport),
    ...(request.tlsVersion === undefined ? {} : { 's3:TlsVersion': request.tlsVersion.toFixed(1) }),
  };
  return {
    principal,
    action,
    ...(target === undefined ? {} : { resource: target }),
    context: { ...context, ...transport },
  };
}

/** The first of some actions of which everything is so. */
export function actionIn(truths: Truths, actions: readonly string[]): string | undefined {
  const patterns = of('action', truths);
  return actions.find((name) => isWhatItShouldBe(name.toLowerCase(), patterns));
}

function principalIn(truths: Truths): string | undefined {
  const named = of('principal', truths);
  if (named.some(([{ principal }]) => principal === undefined)) return undefined;
  const [one, other] = named.flatMap(([{ principal }, holds]) => (holds ? [principal] : []));
  return other === undefined ? (one ?? ANYONE) : undefined;
}

function resourceIn(truths: Truths, universe: string): string | undefined {
  const patterns = of('resource', truths);
  const within = universe.replace(/\*.*$/, '');
  // `public/*` and `*.csv` at once: the star of one stands for what the other asks for.
  const inserts = [
    'key',
    ...patterns.map(([{ pattern = '' }]) => filled(pattern.replace(within, ''), 'key')),
  ];
  const tried = [universe, ...patterns.map(([{ pattern = '' }]) => pattern)];
  return tried
    .flatMap((pattern) => inserts.map((insert) => filled(pattern, insert)))
    .find((name) => takesIn(universe, name) && isWhatItShouldBe(name, patterns));
}

function of(dimension: Literal['dimension'], truths: Truths): Truths {
  return truths.filter(([literal]) => literal.dimension === dimension);
}

function filled(pattern: string, insert: string): string {
  return pattern.replaceAll('*', insert).replaceAll('?', 'x');
}

function isWhatItShouldBe(name: string, patterns: Truths): boolean {
  return patterns.every(([{ pattern }, holds]) => pattern !== undefined && takesIn(pattern, name) === holds);
}

function contextIn(truths: Truths): Record<string, string> | undefined {
  const byKey = new Map<string, [ConditionTest, boolean][]>();
  for (const [{ atom }, holds] of of('condition', truths)) {
    if (atom.test === undefined) return undefined;
    const key = atom.test.key.toLowerCase();
    byKey.set(key, [...(byKey.get(key) ?? []), [atom.test, holds]]);
  }
  const context: Record<string, string> = {};
  for (const tests of byKey.values()) {
    const candidates = [
      undefined,
      ...tests.flatMap(([{ values }]) =>
        values.flatMap((value) => [filled(value.replace(/\/\d+$/, ''), 'x'), value]),
      ),
      'other',
      ELSEWHERE,
    ];
    const found = candidates.findIndex((value) =>
      tests.every(([test, holds]) => passes(test, value) === holds),
    );
    if (found === -1) return undefined;
    const value = candidates[found];
    const [first] = tests;
    if (value !== undefined && first !== undefined) context[first[0].key] = value;
  }
  return context;
}

/** Whether a condition holds of a value of its key; `undefined` where its operator is none of these. */
function passes(
  { operator, values, withoutKey }: ConditionTest,
  found: string | undefined,
): boolean | undefined {
  if (operator === 'null') return found === undefined;
  const compare = COMPARISONS[operator];
  if (compare === undefined) return undefined;
  return found === undefined ? withoutKey : values.some((wanted) => compare(wanted, found));
}

type Comparison = (wanted: string, found: string) => boolean;

const equal: Comparison = (wanted, found) => wanted === found;
const equalIgnoringCase: Comparison = (wanted, found) => wanted.toLowerCase() === found.toLowerCase();

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  bool: equalIgnoringCase,
  stringequals: equal,
  stringequalsignorecase: equalIgnoringCase,
  stringlike: takesIn,
  arnequals: takesIn,
  arnlike: takesIn,
  ipaddress: (wanted, found) => {
    const block = parseCidr(wanted.includes('/') ? wanted : `${wanted}/32`);
    const address = parseCidr(`${found}/32`);
    if (block === undefined || address === undefined || block.family !== address.family) return false;
    return block.first <= address.first && address.first <= block.last;
  },
};
