import { openRecord, type View } from '../core/record';
import { KeyServiceError } from '../ports/key-service';
import type { ClosedTokenRow, SubjectRow, TokenRow } from '../ports/store';
import { recordIdentity } from './make-row';
import { subjectKeyOf } from './subjects';
import type { Vault } from './vault';

/** Whether a row was taken back. */
export function isClosed(row: TokenRow | ClosedTokenRow): row is ClosedTokenRow {
  return 'closed' in row;
}

/** Whether a token has ended. DynamoDB deletes what has ended some days later, so that this is asked at every read. */
export function hasEnded({ expires }: { readonly expires: number }, vault: Vault): boolean {
  return expires !== 0 && expires <= vault.seconds;
}

/**
 * What stands behind a token in a view.
 *
 * @throws KeyServiceError where the rows are not what this vault wrote
 */
export async function openedView(
  vault: Vault,
  { token, row, subject }: { readonly token: string; readonly row: TokenRow; readonly subject: SubjectRow },
  view: View,
): Promise<string> {
  const sealed = row.sealed[view];
  if (sealed === undefined) throw new KeyServiceError('refused');
  const key = await subjectKeyOf(vault, subject, view);
  const opened = openRecord(key, token, recordIdentity(vault, subject.tenant, row, view), sealed);
  key.fill(0);
  if (opened === undefined) throw new KeyServiceError('refused');
  return opened.toString('utf8');
}
