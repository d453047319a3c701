/** What a request says of itself: one value for each key, or several. */
export type RequestContext = ReadonlyMap<string, string | readonly string[]>;

/** The operators of conditions that are known, with their prefixes and `IfExists`. */
export const CONDITION_OPERATORS =
  /^(?:(?:ForAllValues|ForAnyValue):)?(?:String(?:Not)?(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Not)?(?:Equals|Like)|Bool|Numeric(?:Not)?Equals|Numeric(?:Less|Greater)Than(?:Equals)?)(?:IfExists)?$|^Null$/;

type Compare = (given: string, wanted: string) => boolean;

const COMPARES: Readonly<Record<string, Compare>> = {
  StringEquals: (given, wanted) => given === wanted,
  StringEqualsIgnoreCase: (given, wanted) => given.toLowerCase() === wanted.toLowerCase(),
  StringLike: isLike,
  ArnEquals: isLike,
  ArnLike: isLike,
  Bool: (given, wanted) => given.toLowerCase() === wanted.toLowerCase(),
  NumericEquals: (given, wanted) => Number(given) === Number(wanted),
  NumericLessThan: (given, wanted) => Number(given) < Number(wanted),
  NumericLessThanEquals: (given, wanted) => Number(given) <= Number(wanted),
  NumericGreaterThan: (given, wanted) => Number(given) > Number(wanted),
  NumericGreaterThanEquals: (given, wanted) => Number(given) >= Number(wanted),
};

/**
 * Whether one condition holds (IAM user guide, "Multivalued context keys" and "IfExists"). Names of keys are compared
 * without regard to case, but for what follows `kms:EncryptionContext:`.
 */
export function holds(
  {
    operator,
    key,
    values,
  }: { readonly operator: string; readonly key: string; readonly values: readonly string[] },
  request: RequestContext,
): boolean {
  const given = givenOf(request, key);
  if (operator === 'Null') return values.some((value) => (value === 'true') === (given === undefined));
  const [, set, word = operator] = /^(?:(ForAllValues|ForAnyValue):)?(.+)$/.exec(operator) ?? [];
  const isIfExists = word.endsWith('IfExists');
  const bare = isIfExists ? word.slice(0, -'IfExists'.length) : word;
  const isNegated = bare.includes('Not');
  const compare = COMPARES[bare.replace('Not', '')];
  if (compare === undefined) return false;
  // A negated operator is true where the key is missing, as ForAllValues is of nothing.
  if (given === undefined) return isIfExists || isNegated || set === 'ForAllValues';
  const all = typeof given === 'string' ? [given] : given;
  const one = (value: string) => values.some((wanted) => compare(value, wanted)) !== isNegated;
  return set === 'ForAllValues' || (isNegated && set === undefined) ? all.every(one) : all.some(one);
}

function givenOf(request: RequestContext, key: string): string | readonly string[] | undefined {
  return request.get(key) ?? request.get(normalKey(key));
}

/** A key of a condition as it is kept: in lower case, but for the name of a pair of the encryption context. */
export function normalKey(key: string): string {
  const prefix = 'kms:encryptioncontext:';
  const lower = key.toLowerCase();
  return lower.startsWith(prefix) ? prefix + key.slice(prefix.length) : lower;
}

/** Whether a text fits a pattern with `*` and `?`. */
export function isLike(text: string, pattern: string): boolean {
  const parts = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('?', '.');
  return new RegExp(`^${parts.replaceAll(/\*+/g, '.*')}$`, 's').test(text);
}
