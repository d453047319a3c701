import { ProblemError } from '../app/problem';
import { type Replayed, replayErasures } from '../app/replay';
import { type Rotated, rewrapSubjects, rotateBranchKeys } from '../app/rotate';
import { aliasOf, callerOfAlias, type InvocationContext, OPERATOR_ALIAS } from '../http/caller';
import { KeyServiceError } from '../ports/key-service';
import { StoreError } from '../ports/store';
import type { Parts } from './parts';

/** A handler of what an operator or a schedule starts: it rejects where it fails, so that Lambda tries again. */
export type MaintenanceHandler<T> = (event: unknown, context: InvocationContext) => Promise<T>;

/**
 * Rotates the branch keys of the tenant whose alias was invoked.
 *
 * With `{ "rewrapOnly": true }` it makes no new key and wraps what is still under an old one: what a run that stopped left.
 */
export function rotating(parts: () => Parts): MaintenanceHandler<Rotated> {
  return (event, context) =>
    silent(async () => {
      const { vault, aliases } = parts();
      const { caller } = callerOfAlias(aliasOf(context), aliases);
      const isRewrap =
        typeof event === 'object' && event !== null && 'rewrapOnly' in event && event.rewrapOnly === true;
      const rotated = isRewrap
        ? { versions: {}, rewrapped: await rewrapSubjects(vault, caller.tenant) }
        : await rotateBranchKeys(vault, caller.tenant);
      const { audit, now } = vault.props;
      await audit.record([
        { action: 'rotate', caller, requestId: context.awsRequestId, at: now(), outcome: 'ok' },
      ]);
      return rotated;
    });
}

/**
 * Erases again what was erased, in tables that were restored; which restore it is, the configuration says. It is done for all
 * tenants, through an alias of its own.
 */
export function replaying(parts: () => Parts): MaintenanceHandler<Replayed> {
  return (_event, context) =>
    silent(async () => {
      if (aliasOf(context) !== OPERATOR_ALIAS) throw new ProblemError('forbidden');
      const { vault } = parts();
      const { restoreMark, audit, now } = vault.props;
      if (restoreMark === undefined)
        throw new ProblemError('invalid_request', 'the tables were not restored: RESTORE_MARK is not set');
      const replayed = await replayErasures(vault, restoreMark);
      // No name of a tenant can be this one.
      const caller = { tenant: '*', grantee: 'operator', proof: 'function-alias' } as const;
      await audit.record([
        { action: 'replay', caller, requestId: context.awsRequestId, at: now(), outcome: 'ok' },
      ]);
      return replayed;
    });
}

/** Lambda logs what a handler rejects with: none but our own errors, which hold no data, may reach it. */
async function silent<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    const isOurs =
      failure instanceof ProblemError || failure instanceof KeyServiceError || failure instanceof StoreError;
    throw isOurs ? failure : new ProblemError('internal_error');
  }
}
