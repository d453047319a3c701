import { type Cursor, isValueList, isValueMap, type Reading, show, Unresolved } from '../../template';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import type { PropertyTest } from './property-rule';

/** What the service does where a property is absent: whether that is right. */
export interface IfAbsent {
  /** @default 'violation' */
  readonly absent?: 'violation' | 'compliant' | 'notApplicable';
}

/** The property at a dotted path must be true. */
export function isTrue(path: string, { absent = 'violation' }: IfAbsent = {}): PropertyTest {
  const keys = path.split('.');
  return (properties) => {
    const at = properties.at(...keys);
    return decided(at, at.boolean(), absent, 'true', (value) => value);
  };
}

/** The property at a dotted path must be false. */
export function isFalse(path: string, { absent = 'violation' }: IfAbsent = {}): PropertyTest {
  const keys = path.split('.');
  return (properties) => {
    const at = properties.at(...keys);
    return decided(at, at.boolean(), absent, 'false', (value) => !value);
  };
}

/** The property must be one of these texts. */
export function isOneOf(
  path: string,
  allowed: readonly string[],
  { absent = 'violation' }: IfAbsent = {},
): PropertyTest {
  const keys = path.split('.');
  return (properties) => {
    const at = properties.at(...keys);
    return decided(at, at.string(), absent, wordsOf(allowed), (value) => allowed.includes(value));
  };
}

/** The property must be none of these texts. */
export function isNoneOf(
  path: string,
  refused: readonly string[],
  { absent = 'compliant' }: IfAbsent = {},
): PropertyTest {
  const keys = path.split('.');
  return (properties) => {
    const at = properties.at(...keys);
    return decided(
      at,
      at.string(),
      absent,
      `another than ${wordsOf(refused)}`,
      (value) => !refused.includes(value),
    );
  };
}

/** The property must be a number of at least so much. */
export function isAtLeast(
  path: string,
  least: number,
  { absent = 'violation' }: IfAbsent = {},
): PropertyTest {
  const keys = path.split('.');
  return (properties) => {
    const at = properties.at(...keys);
    return decided(at, at.number(), absent, `${least} or more`, (value) => value >= least);
  };
}

/** The property must be a number of at most so much. */
export function isAtMost(path: string, most: number, { absent = 'violation' }: IfAbsent = {}): PropertyTest {
  const keys = path.split('.');
  return (properties) => {
    const at = properties.at(...keys);
    return decided(at, at.number(), absent, `${most} or less`, (value) => value <= most);
  };
}

/**
 * There must be something: a text that is not empty, a list or map with entries. A value that is known at deployment
 * only is something.
 *
 * @param want what a message asks for, such as `the ARN of a key`
 */
export function isPresent(path: string, want = 'given'): PropertyTest {
  const keys = path.split('.');
  return (properties) => {
    const at = properties.at(...keys);
    if (!at.isPresent) return violation(at, 'absent', want);
    const value = at.value();
    const isEmpty =
      value === undefined ||
      value === '' ||
      (isValueList(value) && value.length === 0) ||
      (isValueMap(value) && Object.keys(value).length === 0);
    return isEmpty ? violation(at, 'empty', want) : COMPLIANT;
  };
}

/** There must be something, and it must be known that it is not empty: what is empty turns the feature off. */
export function isGiven(path: string, want: string): PropertyTest {
  const keys = path.split('.');
  return (properties, context) => {
    const at = properties.at(...keys);
    const value = at.value();
    return value instanceof Unresolved ? unknown(at, value.why) : isPresent(path, want)(properties, context);
  };
}

/** There must be nothing. */
export function isAbsent(path: string): PropertyTest {
  const keys = path.split('.');
  return (properties) => {
    const at = properties.at(...keys);
    return at.isPresent && at.value() !== undefined ? violation(at, show(at.value()), 'left out') : COMPLIANT;
  };
}

/** Each element of a list must pass; an absent list is none. */
export function each(path: string, test: PropertyTest): PropertyTest {
  const keys = path.split('.');
  return (properties, context) => {
    const at = properties.at(...keys);
    const list = at.list();
    if (list.state === 'unresolved') return unknown(at, list.why);
    return list.state === 'absent' ? NOT_APPLICABLE : list.value.flatMap((item) => test(item, context));
  };
}

/** Both must pass; each that does not is told. */
export function allOf(...tests: readonly PropertyTest[]): PropertyTest {
  return (properties, context) => {
    const verdicts = tests.flatMap((test) => test(properties, context));
    const bad = verdicts.filter(({ verdict }) => verdict === 'violation' || verdict === 'unknown');
    if (bad.length > 0) return bad;
    return verdicts.some(({ verdict }) => verdict === 'compliant') ? COMPLIANT : NOT_APPLICABLE;
  };
}

/** One must pass; where none does, the first that does not is told. */
export function anyOf(...tests: readonly PropertyTest[]): PropertyTest {
  return (properties, context) => {
    const outcomes = tests.map((test) => [test(properties, context)].flat());
    const passes = outcomes.find((verdicts) =>
      verdicts.every(({ verdict }) => verdict === 'compliant' || verdict === 'notApplicable'),
    );
    if (passes !== undefined) return passes;
    // What cannot be told might pass.
    const hidden = outcomes.flat().find(({ verdict }) => verdict === 'unknown');
    return hidden ?? outcomes[0] ?? NOT_APPLICABLE;
  };
}

/** Asks only where another test passes; where that cannot be told, nor can this. */
export function onlyWhere(condition: PropertyTest, test: PropertyTest): PropertyTest {
  return (properties, context) => {
    const holds = [condition(properties, context)].flat();
    if (holds.some(({ verdict }) => verdict === 'violation' || verdict === 'notApplicable'))
      return NOT_APPLICABLE;
    const hidden = holds.find(({ verdict }) => verdict === 'unknown');
    if (hidden === undefined) return test(properties, context);
    const verdicts = [test(properties, context)].flat();
    const isFine = verdicts.every(({ verdict }) => verdict === 'compliant' || verdict === 'notApplicable');
    return isFine ? verdicts : hidden;
  };
}

/** The verdict on a reading. */
export function decided<T>(
  at: Cursor,
  reading: Reading<T>,
  absent: NonNullable<IfAbsent['absent']>,
  want: string,
  isRight: (value: T) => boolean,
): Verdict {
  if (reading.state === 'unresolved') return unknown(at, reading.why);
  if (reading.state === 'absent') {
    return absent === 'violation' ? violation(at, 'absent', want) : { verdict: absent };
  }
  return isRight(reading.value) ? COMPLIANT : violation(at, show(at.value()), want);
}

/** What a verdict names: a place in the properties, or a statement of a policy. */
type Place = Pick<Cursor, 'resource' | 'path'>;

/** What breaks the rule, at a place. */
export function violation(at: Place, got: string, want: string, detail?: string): Verdict {
  const { resource, path } = at;
  return { verdict: 'violation', resource, path, got, want, ...(detail === undefined ? {} : { detail }) };
}

/** What cannot be told, at a place. */
export function unknown(at: Place, why: string): Verdict {
  return { verdict: 'unknown', resource: at.resource, path: at.path, why };
}

function wordsOf(allowed: readonly string[]): string {
  return allowed.length === 1 ? String(allowed[0]) : `one of ${allowed.join(', ')}`;
}
