import { tokenIndex } from '../core/identity';
import type { AuditEvent, Caller } from '../ports/audit';
import type { ClosedTokenRow, SubjectRow, TokenRow } from '../ports/store';
import { isClosed } from './opened';
import { failed, type ItemResult } from './problem';
import { isToken } from './reveal';
import { subjectRows } from './subjects';
import type { Vault } from './vault';

/** Who deletes. */
export interface DeleteCall {
  readonly caller: Caller;
  readonly requestId: string;
}

/** A token that is deleted, now or since long. */
export interface Deleted {
  readonly deleted: true;
}

/**
 * Deletes tokens; each has its own result, in the same order, and the same one when it is asked for again. What was
 * sealed is gone from the tables at once, and the ledger keeps a restore from bringing it back. A copy in a backup stays
 * sealed under the key of its subject; of a token without a subject, that key is destroyed too.
 *
 * Its fingerprint's row stays: it may lead to a newer token by now, and only who knows the value can tell. It leads
 * nowhere: look-ups find that the token is closed, and whoever creates the value again replaces it.
 */
export async function deleteTokens(
  vault: Vault,
  { caller, requestId }: DeleteCall,
  tokens: readonly string[],
): Promise<readonly ItemResult<Deleted>[]> {
  await vault.assertServes();
  const { tenant } = caller;
  const indexKey = await vault.derived('token-index');
  const indexes = tokens.map((token) => tokenIndex(indexKey, tenant, token));
  const stored = await vault.props.store.tokens(indexes);
  const rows = tokens.map((token, at) => (isToken(token) ? stored[at] : undefined));
  const subjects = rows.flatMap((row) => (row === undefined || isClosed(row) ? [] : [row.subject]));
  const { rowOf } = await subjectRows(vault, tenant, subjects);
  const results = await Promise.all(
    tokens.map((token, at) => deleted(vault, tenant, token, rows[at], rowOf)),
  );
  await vault.props.audit.record(
    results.map(
      (result, at): AuditEvent => ({
        action: 'delete',
        caller,
        requestId,
        at: vault.props.now(),
        outcome: failed(result) ? result.problem : 'ok',
        token: Buffer.from(indexes[at] ?? []).toString('base64url'),
      }),
    ),
  );
  return results;
}

async function deleted(
  vault: Vault,
  tenant: string,
  token: string,
  row: TokenRow | ClosedTokenRow | undefined,
  subjectOf: (subject: Uint8Array) => SubjectRow | undefined,
): Promise<ItemResult<Deleted>> {
  if (row === undefined) return { problem: 'token_not_found' };
  if (isClosed(row)) return { deleted: true };
  const { store, ledger } = vault.props;
  const at = vault.seconds;
  const heldUntil = subjectOf(row.subject)?.heldUntil;
  if (heldUntil !== undefined && heldUntil > at) return { problem: 'legal_hold' };
  const subject = await vault.subjectOfToken(tenant, token);
  // First, so that whoever stops here leaves a deletion that a restore completes, and none that it undoes.
  await ledger.append({ tenant, subject, token: row.index, erased: at, withdrawn: false });
  const isOwn = Buffer.from(subject).equals(row.subject);
  if (isOwn) await store.eraseSubject(tenant, subject, at);
  await closed(vault, row, at);
  return { deleted: true };
}

/** Where a type is not known any more, its token may stand in either table. */
async function closed(vault: Vault, { index, type }: TokenRow, at: number): Promise<void> {
  const kind = vault.typeOf(type)?.kind;
  const tables = kind === undefined ? [false, true] : [kind === 'security-code'];
  for (const shortLived of tables) await vault.props.store.closeToken(index, at, shortLived);
}
