import { tokenIndex } from '../core/identity';
import { type RecordIdentity, sealRecord, type View } from '../core/record';
import type { SubjectRow, TokenRow } from '../ports/store';
import { subjectKeyOf } from './subjects';
import type { TokenType } from './types';
import { masked } from './value';
import type { Vault } from './vault';

/** What a row is made of. */
export interface RowOf {
  readonly tenant: string;
  readonly token: string;
  readonly type: TokenType;
  readonly value: string;
  readonly expires: number;
  readonly fingerprint?: Uint8Array;
}

/** The row of a token: the value and its masked view, each sealed under a key of its own. */
export async function tokenRow(vault: Vault, subject: SubjectRow, of: RowOf): Promise<TokenRow> {
  const { tenant, token, type, value, expires, fingerprint } = of;
  const index = tokenIndex(await vault.derived('token-index'), tenant, token);
  const row = { index, subject: subject.subject, type: type.name, expires, created: vault.seconds };
  const shown = masked(value, type);
  const sealed: TokenRow['sealed'] = {
    full: await sealedView(vault, subject, row, { view: 'full', token, text: value }),
    ...(shown === undefined
      ? {}
      : { masked: await sealedView(vault, subject, row, { view: 'masked', token, text: shown }) }),
  };
  return { ...row, sealed, ...(fingerprint === undefined ? {} : { fingerprint }) };
}

/** All that must hold when a row is opened. */
export function recordIdentity(
  vault: Vault,
  tenant: string,
  { subject, type, index, expires }: Pick<TokenRow, 'subject' | 'type' | 'index' | 'expires'>,
  view: View,
): RecordIdentity {
  return { vault: vault.props.name, tenant, subject, type, view, tokenIndex: index, expires };
}

async function sealedView(
  vault: Vault,
  subject: SubjectRow,
  row: Omit<TokenRow, 'sealed'>,
  { view, token, text }: { readonly view: View; readonly token: string; readonly text: string },
): Promise<Uint8Array> {
  const key = await subjectKeyOf(vault, subject, view);
  const identity = recordIdentity(vault, subject.tenant, row, view);
  const sealed = sealRecord(key, token, identity, Buffer.from(text, 'utf8'), vault.props.randomBytes);
  key.fill(0);
  return sealed;
}
