import type { Caller } from '../ports/audit';
import { ProblemError } from './problem';
import type { Vault } from './vault';

/** Who asks for a legal hold, or for its end. */
export interface HoldCall {
  readonly caller: Caller;
  readonly requestId: string;
}

/** A hold that stands, or none. */
export interface Held {
  /** In seconds since 1970; 0 where nothing is held. */
  readonly until: number;
}

/**
 * Holds a subject: until then neither it nor one of its tokens can be erased.
 *
 * @param until in seconds since 1970; 0 ends a hold
 * @throws ProblemError `subject_not_found`; `subject_erased`, which no hold undoes; `invalid_request` for a time that is over
 */
export async function holdSubject(
  vault: Vault,
  { caller, requestId }: HoldCall,
  name: string,
  until: number,
): Promise<Held> {
  await vault.assertServes();
  const { store, audit, now } = vault.props;
  if (until !== 0 && until <= vault.seconds)
    throw new ProblemError('invalid_request', "'until' must be in the future, or 0");
  const { tenant } = caller;
  const subject = await vault.subjectOf(tenant, name);
  const isDone = await store.holdSubject(tenant, subject, until === 0 ? undefined : until);
  const [row] = isDone ? [] : await store.subjects(tenant, [subject]);
  const missing = row?.erased === undefined ? 'subject_not_found' : 'subject_erased';
  await audit.record([
    {
      action: 'hold',
      caller,
      requestId,
      at: now(),
      outcome: isDone ? 'ok' : missing,
      subject: Buffer.from(subject).toString('base64url'),
    },
  ]);
  if (!isDone) throw new ProblemError(missing);
  return { until };
}
