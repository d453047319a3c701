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
  if (reading.state === 'absent') return aspect(cursor, options.otherwise, undefined, false, 'absent');
  const map = options.map ?? ((value: R) => value as unknown as T);
  const value = map(reading.value);
  const word = options.secret ? '(redacted)' : undefined;
  const unknown = value === undefined ? `${word ?? shown(cursor)} is not a value we know` : undefined;
  return aspect(cursor, value, unknown, true, word);
}

/** An aspect that is known without reading a property of its own, at the place a reader would look. */
export function stated<T>(cursor: Cursor, value: T, options: { readonly given?: boolean } = {}): Observed<T> {
  return aspect(cursor, value, undefined, options.given ?? false);
}

/** An aspect that the template hides. */
export function hidden<T>(
  cursor: Cursor,
  why: string,
  options: { readonly given?: boolean } = {},
): Observed<T> {
  return aspect<T>(cursor, undefined, why, options.given ?? cursor.isPresent, 'unresolved');
}

/** An aspect that a fact does not have. */
export function none<T>(cursor: Cursor): Observed<T> {
  return aspect<T>(cursor, undefined, undefined, false, 'absent');
}

/** What stands for a value that is not shown. */
type Word = 'absent' | '(redacted)' | 'unresolved';

function aspect<T>(
  cursor: Cursor,
  value: T | undefined,
  unknown: string | undefined,
  given: boolean,
  word?: Word,
): Observed<T> {
  const { resource } = cursor;
  const got = word ?? plainly(cursor, given);
  // Of most aspects all is known here, and a judge looks at thousands.
  if (got !== undefined) return { value, unknown, given, resource, path: cursor.path, got };
  return {
    value,
    unknown,
    given,
    resource,
    path: cursor.path,
    // To evaluate it now could make a choice that nobody asked for.
    get got() {
      return shown(cursor);
    },
  };
}

function shown(cursor: Cursor): string {
  return cursor.isPresent ? show(cursor.value()) : 'absent';
}

/** What is shown where nothing has to be evaluated for it. */
function plainly(cursor: Cursor, given: boolean): string | undefined {
  // Aspects of a service that no property decides: nobody wants to see all properties.
  if (!cursor.isPresent || (!given && cursor.isWhole)) return 'absent';
  const { literal } = cursor;
  return literal === undefined ? undefined : show(literal);
}
