import { misfitsOf } from '../../../../core/schema/misfits';
import { failed, type ItemResult, ProblemError } from '../app/problem';
import type { Vault } from '../app/vault';
import type { Caller } from '../ports/audit';
import { parseJson } from './json';
import { DEEPEST, MOST_VALUES, ROUTES, type Route, type RouteName } from './routes';

/** A call that was let in. */
export interface Call {
  readonly caller: Caller;
  readonly requestId: string;
  /** Whether the caller has the right to look up. */
  readonly mayLookUp: boolean;
}

/** What an operation gives back. */
export interface Done {
  readonly data: object;
  /** How many items there were, for the log. */
  readonly items: number;
}

/** What answers one route. */
export interface Operation {
  readonly route: Route;
  /** @param body JSON, not yet read */
  run(vault: Vault, call: Call, body: string): Promise<Done>;
}

/** An operation whose body has the schema of its route. */
export function operation<Body>(
  name: RouteName,
  run: (vault: Vault, call: Call, body: Body) => Promise<Done>,
): Operation {
  const route: Route = ROUTES[name];
  return { route, run: async (vault, call, body) => run(vault, call, bodyOf<Body>(route, body)) };
}

/** A batch: each item with its own result, in the order of the items. */
export function batch<T extends object>(
  results: readonly ItemResult<T>[],
  told: (result: T) => object = (result) => result,
): Done {
  const each = results.map((result) =>
    failed(result) ? { status: 'error', error: result.problem } : { status: 'ok', ...told(result) },
  );
  return { data: { results: each }, items: results.length };
}

/** What is undefined is left out. */
export function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** The schema is what `Body` says in words of TypeScript: the OpenAPI document and its tests hold them together. */
function bodyOf<Body>({ body: schema }: Route, text: string): Body {
  if (schema === undefined) return undefined as Body;
  const body = parseJson(text, { depth: DEEPEST, values: MOST_VALUES });
  const [misfit] = misfitsOf(schema, body);
  if (misfit === undefined) return body as Body;
  const where = misfit.path === '' ? 'the body' : `'${misfit.path}'`;
  switch (misfit.kind) {
    case 'key':
      // Its name is the caller's text.
      throw new ProblemError('invalid_request', 'an object has a member that is not known');
    case 'missing':
      throw new ProblemError('invalid_request', `${where} is missing`);
    case 'length':
      throw new ProblemError('invalid_request', `${where} has too few or too many entries`);
    default:
      throw new ProblemError(
        'invalid_request',
        `${where} is not ${misfit.kind === 'value' ? misfit.schema.description : 'allowed'}`,
      );
  }
}
