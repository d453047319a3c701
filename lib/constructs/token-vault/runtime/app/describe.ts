import { tokenIndex } from '../core/identity';
import type { AuditEvent, Caller } from '../ports/audit';
import type { ClosedTokenRow, SubjectRow, TokenRow } from '../ports/store';
import { hasEnded, isClosed } from './opened';
import { failed, type ItemResult } from './problem';
import { isToken } from './reveal';
import { isLive, subjectRows } from './subjects';
import type { Vault } from './vault';

/** What is known of a token, without what it stands for. */
export interface Described {
  readonly type: string;
  /** In seconds since 1970. */
  readonly created: number;
  /** In seconds since 1970; absent where it does not end. */
  readonly expires?: number;
  /** Until when its subject must not be erased, in seconds since 1970. */
  readonly heldUntil?: number;
}

/** Who asks. */
export interface DescribeCall {
  readonly caller: Caller;
  readonly requestId: string;
}

/** Describes tokens; each has its own result, in the same order. No key that opens anything is used. */
export async function describeTokens(
  vault: Vault,
  { caller, requestId }: DescribeCall,
  tokens: readonly string[],
): Promise<readonly ItemResult<Described>[]> {
  await vault.assertServes();
  const { tenant } = caller;
  const indexKey = await vault.derived('token-index');
  const indexes = tokens.map((token) => tokenIndex(indexKey, tenant, token));
  const stored = await vault.props.store.tokens(indexes);
  const rows = tokens.map((token, at) => (isToken(token) ? stored[at] : undefined));
  const subjects = rows.flatMap((row) => (row === undefined || isClosed(row) ? [] : [row.subject]));
  const { rowOf } = await subjectRows(vault, tenant, subjects);
  const results = rows.map((row) => described(vault, row, rowOf));
  await vault.props.audit.record(
    results.map(
      (result, at): AuditEvent => ({
        action: 'describe',
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

function described(
  vault: Vault,
  row: TokenRow | ClosedTokenRow | undefined,
  subjectOf: (subject: Uint8Array) => SubjectRow | undefined,
): ItemResult<Described> {
  if (row === undefined) return { problem: 'token_not_found' };
  if (isClosed(row) || hasEnded(row, vault)) return { problem: 'token_gone' };
  const subject = subjectOf(row.subject);
  if (!isLive(subject)) return { problem: 'token_gone' };
  const { type, created, expires } = row;
  const { heldUntil } = subject;
  return {
    type,
    created,
    ...(expires === 0 ? {} : { expires }),
    ...(heldUntil === undefined || heldUntil <= vault.seconds ? {} : { heldUntil }),
  };
}
