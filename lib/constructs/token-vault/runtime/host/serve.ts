import { TransmissionError } from '../../../../core/errors';
import { PROBLEMS, ProblemError } from '../app/problem';
import type { InvocationContext } from '../http/caller';
import { type Asked, askedBy } from '../http/event';
import type { Operation } from '../http/operation';
import { type ApiResponse, problemResponse, success } from '../http/response';
import { KeyServiceError } from '../ports/key-service';
import { StoreError } from '../ports/store';
import type { Parts } from './parts';

/** Where lines go: standard output of the function. */
export interface Log {
  write(text: string): unknown;
}

/** A handler of the API. It never rejects: Lambda would log what went wrong, with whatever its message holds. */
export type ApiHandler = (event: unknown, context: InvocationContext) => Promise<ApiResponse>;

/**
 * A handler that answers some routes.
 *
 * @param parts gives what it is put together from; where it throws, the call is answered with 500
 * @param log takes one line for each call, also where there are no parts
 */
export function serve(operations: readonly Operation[], parts: () => Parts, log: Log): ApiHandler {
  return async (event, context) => {
    const { awsRequestId: requestId } = context;
    let used: Parts | undefined;
    let asked: Asked | undefined;
    let operation: Operation | undefined;
    const started = performance.now();
    try {
      used = parts();
      asked = askedBy(event, context, used.aliases);
      operation = operationFor(operations, asked);
      const call = { caller: asked.caller, requestId, mayLookUp: asked.mayLookUp };
      const { data, items } = await operation.run(used.vault, call, asked.body);
      if (operation.route.handler === 'vault-create') used.meter.created(asked.caller, items);
      tell(log, { requestId, asked, operation, status: 200, items, started });
      return success(data);
    } catch (failure) {
      const problem = problemOf(failure);
      used?.meter.failed(problem.code);
      const { status } = PROBLEMS[problem.code];
      const what = status === 500 ? kindOf(failure) : problem.code;
      tell(log, { requestId, asked, operation, status, what, started });
      return problemResponse(problem, requestId);
    }
  };
}

function operationFor(
  operations: readonly Operation[],
  { path, method, caller, mayLookUp }: Asked,
): Operation {
  const found = operations.find(
    ({ route }) => route.path === path && (caller.proof === 'function-alias' || route.method === method),
  );
  if (found === undefined) throw new ProblemError('route_not_found');
  if (found.route.needsLookUp && !mayLookUp) throw new ProblemError('forbidden');
  return found;
}

function problemOf(failure: unknown): ProblemError {
  if (failure instanceof ProblemError) return failure;
  if (failure instanceof KeyServiceError) return new ProblemError('key_unavailable');
  if (failure instanceof StoreError) return new ProblemError('store_unavailable');
  return new ProblemError('internal_error');
}

/** The kind of an error, since its message may hold anything; our own say what in the environment is wrong. */
function kindOf(failure: unknown): string {
  if (failure instanceof TransmissionError) return failure.message;
  const name = failure instanceof Error ? failure.constructor.name : typeof failure;
  return /^[A-Za-z]{1,64}$/.test(name) ? name : 'unknown';
}

interface Logged {
  readonly requestId: string;
  readonly asked: Asked | undefined;
  readonly operation: Operation | undefined;
  readonly status: number;
  readonly what?: string;
  readonly items?: number;
  readonly started: number;
}

/** One line for each call: who, which route, how it ended and how long it took; nothing that was sent. */
function tell(log: Log, logged: Logged): void {
  const { requestId, asked, operation, status, what, items, started } = logged;
  const line = JSON.stringify({
    level: status >= 500 ? 'ERROR' : status >= 400 ? 'WARN' : 'INFO',
    requestId,
    route: operation?.route.path,
    tenant: asked?.caller.tenant,
    grantee: asked?.caller.grantee,
    proof: asked?.caller.proof,
    status,
    what,
    items,
    milliseconds: Math.round(performance.now() - started),
  });
  log.write(`${line}\n`);
}
