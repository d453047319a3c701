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
  if (reading.state === 'unresolved') return hidden(cursor, reading.why, { given: true });
  if (reading.state === 'absent') return aspect(cursor, options.otherwise, undefined, false, absent);
  const map = options.map ?? ((value: R) => value as unknown as T);
  const value = map(reading.value);
  const got = options.secret ? redacted : shown;
  const unknown = value === undefined ? `${got(cursor)} is not a value we know` : undefined;
  return aspect(cursor, value, unknown, true, got);
}

/** An aspect that is known without reading a property of its own, at the place a reader would look. */
export function stated<T>(cursor: Cursor, value: T, options: { readonly given?: boolean } = {}): Observed<T> {
  return aspect(cursor, value, undefined, options.given ?? false, shown);
}

/** An aspect that the template hides. */
export function hidden<T>(
  cursor: Cursor,
  why: string,
  options: { readonly given?: boolean } = {},
): Observed<T> {
  return aspect<T>(cursor, undefined, why, options.given ?? cursor.isPresent, () => 'unresolved');
}

/** An aspect that a fact does not have. */
export function none<T>(cursor: Cursor): Observed<T> {
  return aspect<T>(cursor, undefined, undefined, false, absent);
}

const absent = () => 'absent';
const redacted = () => '(redacted)';
const shown = (cursor: Cursor) => (cursor.isPresent ? show(cursor.value()) : 'absent');

/** Its texts are made when asked for: a judge looks at thousands of aspects and reports a few. */
function aspect<T>(
  cursor: Cursor,
  value: T | undefined,
  unknown: string | undefined,
  given: boolean,
  got: (cursor: Cursor) => string,
): Observed<T> {
  const { resource } = cursor;
  // Most aspects of a service that no property decides: all of them look the same, and nobody has to look.
  if (!given && cursor.isWhole) {
    return {
      value,
      unknown,
      given,
      resource,
      path: 'Properties',
      got: got === shown ? 'absent' : got(cursor),
    };
  }
  return {
    value,
    unknown,
    given,
    resource,
    get path() {
      return cursor.path;
    },
    get got() {
      return got(cursor);
    },
  };
}
