import { tokenIndex } from '../core/identity';
import type { View } from '../core/record';
import { isCardLikeToken, isRandomToken } from '../core/token';
import type { AuditEvent, Caller } from '../ports/audit';
import type { ClosedTokenRow, SubjectRow, TokenRow } from '../ports/store';
import { hasEnded, isClosed, openedView } from './opened';
import { failed, type ItemResult } from './problem';
import { isLive, subjectRows } from './subjects';
import type { Vault } from './vault';

/** What is revealed. */
export interface Revealed {
  readonly type: string;
  readonly value: string;
}

/** Who reveals what, and for what. */
export interface RevealCall {
  readonly caller: Caller;
  readonly requestId: string;
  readonly view: View;
  /** What the caller says it is for; recorded. */
  readonly purpose: string;
}

/** What was found for a token. */
interface Found {
  readonly token: string;
  readonly index: Uint8Array;
  readonly row: TokenRow | ClosedTokenRow | undefined;
}

/**
 * Reveals tokens; each has its own result, in the same order. A token of another tenant is as unknown as one that never
 * was. Nothing is given out before it is recorded.
 */
export async function revealTokens(
  vault: Vault,
  call: RevealCall,
  tokens: readonly string[],
): Promise<readonly ItemResult<Revealed>[]> {
  await vault.assertServes();
  const { tenant } = call.caller;
  const indexKey = await vault.derived('token-index');
  const indexes = tokens.map((token) => tokenIndex(indexKey, tenant, token));
  const rows = await vault.props.store.tokens(indexes);
  const found = tokens.map((token, at): Found => {
    const index = indexes[at] ?? new Uint8Array();
    return { token, index, row: isToken(token) ? rows[at] : undefined };
  });
  const subjects = found.flatMap(({ row }) => (row === undefined || isClosed(row) ? [] : [row.subject]));
  const { rowOf } = await subjectRows(vault, tenant, subjects);
  const results = await Promise.all(found.map((one) => revealed(vault, call, one, rowOf)));
  await vault.props.audit.record(found.map((one, at) => event(vault, call, one, results[at])));
  return results;
}

async function revealed(
  vault: Vault,
  { view }: RevealCall,
  { token, index, row }: Found,
  subjectOf: (subject: Uint8Array) => SubjectRow | undefined,
): Promise<ItemResult<Revealed>> {
  if (row === undefined) return { problem: 'token_not_found' };
  if (isClosed(row) || hasEnded(row, vault)) return { problem: 'token_gone' };
  const subject = subjectOf(row.subject);
  if (!isLive(subject)) return { problem: 'token_gone' };
  const type = vault.typeOf(row.type);
  if (type === undefined || row.sealed[view] === undefined) return { problem: 'forbidden' };
  const value = await openedView(vault, { token, row, subject }, view);
  // Read once: whoever takes it back has it, and nobody else.
  if (type.kind === 'security-code' && !(await vault.props.store.closeToken(index, vault.seconds, true)))
    return { problem: 'token_gone' };
  return { type: row.type, value };
}

/** Whether a text has the form of a token. */
export function isToken(text: string): boolean {
  return isRandomToken(text) || isCardLikeToken(text);
}

function event(
  vault: Vault,
  { caller, requestId, view, purpose }: RevealCall,
  { index, row }: Found,
  result: ItemResult<Revealed> | undefined,
): AuditEvent {
  const about =
    row === undefined || isClosed(row)
      ? {}
      : { subject: Buffer.from(row.subject).toString('base64url'), type: row.type };
  return {
    action: 'reveal',
    caller,
    requestId,
    at: vault.props.now(),
    outcome: result !== undefined && failed(result) ? result.problem : 'ok',
    token: Buffer.from(index).toString('base64url'),
    ...about,
    view,
    purpose,
  };
}
