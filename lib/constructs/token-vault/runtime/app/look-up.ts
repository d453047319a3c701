import { type FingerprintOf, isSame, tokenIndex } from '../core/identity';
import type { AuditEvent, Caller } from '../ports/audit';
import { fingerprintIndex, tokenIn } from './find-token';
import { hasEnded, isClosed } from './opened';
import { failed, type ItemResult } from './problem';
import { isLive } from './subjects';
import { fits } from './value';
import type { Vault } from './vault';

/** Whose token is looked for. */
export interface LookUpItem {
  readonly type: string;
  readonly value: string;
  /** As when it was made with `dedupe: 'subject'`; left out for `tenant`. */
  readonly subject?: string;
}

/** Who looks up. */
export interface LookUpCall {
  readonly caller: Caller;
  readonly requestId: string;
}

/** The tokens that stand for values already; each has its own result, in the same order. */
export async function lookUpTokens(
  vault: Vault,
  call: LookUpCall,
  items: readonly LookUpItem[],
): Promise<readonly ItemResult<{ readonly token: string }>[]> {
  await vault.assertServes();
  const { caller, requestId } = call;
  const results = await Promise.all(items.map((item) => lookedUp(vault, caller.tenant, item)));
  const events = items.map((item, at): AuditEvent => {
    const result = results[at];
    const outcome = result !== undefined && failed(result) ? result.problem : 'ok';
    // A type is the caller's text until it is known.
    const type = vault.typeOf(item.type)?.name;
    return {
      action: 'look-up',
      caller,
      requestId,
      at: vault.props.now(),
      outcome,
      ...(type === undefined ? {} : { type }),
    };
  });
  await vault.props.audit.record(events);
  return results;
}

async function lookedUp(
  vault: Vault,
  tenant: string,
  { type, value, subject }: LookUpItem,
): Promise<ItemResult<{ readonly token: string }>> {
  const kind = vault.typeOf(type);
  if (kind === undefined) return { problem: 'invalid_request' };
  if (!kind.searchable) return { problem: 'forbidden' };
  if (!fits(value, kind)) return { problem: 'invalid_value' };
  const scope = subject === undefined ? new Uint8Array() : await vault.subjectOf(tenant, subject);
  const of: FingerprintOf = { tenant, type: kind.name, scope, value };
  const index = await fingerprintIndex(vault, of);
  const [lead] = await vault.props.store.fingerprints([index]);
  const token = lead === undefined || hasEnded(lead, vault) ? undefined : await tokenIn(vault, of, lead);
  if (lead === undefined || token === undefined) return { problem: 'token_not_found' };
  const [[row], [owner]] = await Promise.all([
    vault.props.store.tokens([tokenIndex(await vault.derived('token-index'), tenant, token)]),
    vault.props.store.subjects(tenant, [lead.subject]),
  ]);
  const isOurs =
    row !== undefined && !isClosed(row) && row.fingerprint !== undefined && isSame(row.fingerprint, index);
  return isOurs && isLive(owner) ? { token } : { problem: 'token_not_found' };
}
