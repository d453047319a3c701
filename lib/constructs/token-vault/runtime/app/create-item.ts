import type { Caller } from '../ports/audit';
import type { SubjectRow, TokenRow } from '../ports/store';
import { tokenRow } from './make-row';
import type { TokenType } from './types';
import { masked } from './value';
import type { Vault } from './vault';

/** Where the same value has the same token. */
export type Dedupe = 'none' | 'subject' | 'tenant';

/** What a token is to stand for. */
export interface CreateItem {
  readonly type: string;
  readonly value: string;
  /** Whom the value is about: erased with all that is; without it, the token alone is erased. */
  readonly subject?: string;
  /** @default 'none' */
  readonly dedupe?: Dedupe;
  /** @default - the longest life of its type */
  readonly lifeSeconds?: number;
}

/** A token that was made, or that stood for the value already: nobody is told which. */
export interface Created {
  readonly token: string;
  readonly masked?: string;
  /** In seconds since 1970. */
  readonly expires?: number;
}

/** What creates tokens, apart from the items. */
export interface CreateCall {
  readonly caller: Caller;
  /** Whether the caller may look values up, without which it may not have the tokens that they have already. */
  readonly mayLookUp: boolean;
  readonly idempotencyKey?: string;
}

/** How often a card-like token is drawn again where it is taken. */
export const MOST_DRAWS = 8;

/** An item that fits, with its type. */
export interface Sound extends CreateItem {
  readonly at: number;
  readonly kind: TokenType;
  readonly expires: number;
}

/** The row of an item under a token. */
export function rowOf(
  vault: Vault,
  tenant: string,
  token: string,
  item: Sound,
  subject: SubjectRow,
): Promise<TokenRow> {
  const { kind: type, value, expires } = item;
  return tokenRow(vault, subject, { tenant, token, type, value, expires });
}

/** What a caller is told. */
export function answer(token: string, { kind, value, expires }: Sound): Created {
  const shown = masked(value, kind);
  return {
    token,
    ...(shown === undefined ? {} : { masked: shown }),
    ...(expires === 0 ? {} : { expires }),
  };
}
