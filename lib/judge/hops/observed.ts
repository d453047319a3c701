import type { Cursor, Reading, Resource } from '../template';
import { show } from '../template';

/** One aspect of a fact, with the place that decides it. */
export interface Observed<T> {
  /** What it is; `undefined` where it is not known, or where there is nothing (then `unknown` is absent too). */
  readonly value: T | undefined;
  /** Why it is not known: a phrase that ends "it cannot be told, since ...". */
  readonly unknown: string | undefined;
  /** Whether the template says so; otherwise it is what the service does when the property is absent. */
  readonly given: boolean;
  /** The resource whose property decides. */
  readonly resource: Resource;
  /** That property, dotted, such as `Properties.SslPolicy`. */
  readonly path: string;
  /** The value as a message may show it: bounded, and redacted where it can hold a secret. */
  readonly got: string;
}

/** An aspect that a property decides, or the service's default where the property is absent. */
export function observe<T, R = T>(
  cursor: Cursor,
  reading: Reading<R>,
  options: {
    readonly map?: (value: R) => T | undefined;
    readonly otherwise: T | undefined;
    readonly secret?: true;
  },
): Observed<T> {
  const place = { resource: cursor.resource, path: cursor.path };
  if (reading.state === 'unresolved') {
    return { ...place, value: undefined, unknown: reading.why, given: true, got: 'unresolved' };
  }
  if (reading.state === 'absent') {
    return { ...place, value: options.otherwise, unknown: undefined, given: false, got: 'absent' };
  }
  const map = options.map ?? ((value: R) => value as unknown as T);
  const value = map(reading.value);
  const got = options.secret ? '(redacted)' : show(cursor.value());
  const unknown = value === undefined ? `${got} is not a value we know` : undefined;
  return { ...place, value, unknown, given: true, got };
}

/** An aspect that is known without reading a property of its own, at the place a reader would look. */
export function stated<T>(cursor: Cursor, value: T, options: { readonly given?: boolean } = {}): Observed<T> {
  return {
    value,
    unknown: undefined,
    given: options.given ?? false,
    resource: cursor.resource,
    path: cursor.path,
    got: cursor.isPresent ? show(cursor.value()) : 'absent',
  };
}

/** An aspect that the template hides. */
export function hidden<T>(cursor: Cursor, why: string): Observed<T> {
  return {
    value: undefined,
    unknown: why,
    given: cursor.isPresent,
    resource: cursor.resource,
    path: cursor.path,
    got: 'unresolved',
  };
}
