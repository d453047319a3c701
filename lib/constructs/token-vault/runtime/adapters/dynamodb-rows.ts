import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { View } from '../core/record';
import type {
  BranchKeyRow,
  ClosedTokenRow,
  FingerprintRow,
  SubjectRow,
  TokenRow,
  WrappedKey,
} from '../ports/store';

/** An item of a table. */
export type Item = Record<string, AttributeValue>;

/** The name of the key of every table. Hash only: one large tenant is not one hot partition. */
export const KEY = 'pk';
/** Where DynamoDB finds when an item may be deleted; it does so some days later. */
export const EXPIRES = 'x';

/** For how long a closed token keeps its place, in seconds: longer than any call may still try, and than a restore goes back. */
const CLOSED_FOR = 36 * 86_400;

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** Keys of rows, each of its own kind. Names of tenants hold no `#`. */
export const tokenKey = (index: Uint8Array): string => `T#${text(index)}`;
export const fingerprintKey = (index: Uint8Array): string => `F#${text(index)}`;
export const subjectKey = (tenant: string, subject: Uint8Array): string =>
  `${subjectPrefix(tenant)}${text(subject)}`;
export const subjectPrefix = (tenant: string): string => `S#${tenant}#`;
export const branchKeyKey = (tenant: string, view: View, version: number): string =>
  `B#${tenant}#${view}#${version}`;
export const newestKey = (tenant: string, view: View): string => `N#${tenant}#${view}`;
export const MARK_KEY = 'R#restore';

/** An item is not what this vault wrote. */
export class UnreadableItem extends Error {
  constructor() {
    super('an item of the table is not what the vault writes');
    this.name = 'UnreadableItem';
  }
}

export function tokenItem(row: TokenRow): Item {
  return {
    [KEY]: { S: tokenKey(row.index) },
    s: { B: row.subject },
    t: { S: row.type },
    c: { N: String(row.created) },
    ...(row.sealed.full === undefined ? {} : { f: { B: row.sealed.full } }),
    ...(row.sealed.masked === undefined ? {} : { m: { B: row.sealed.masked } }),
    ...(row.fingerprint === undefined ? {} : { fp: { B: row.fingerprint } }),
    ...expiry(row.expires),
  };
}

export function closedItem({ index, closed }: ClosedTokenRow): Item {
  return { [KEY]: { S: tokenKey(index) }, closed: { N: String(closed) }, ...expiry(closed + CLOSED_FOR) };
}

export function tokenRowOf(item: Item, index: Uint8Array): TokenRow | ClosedTokenRow {
  const closed = numberIn(item, 'closed');
  if (closed !== undefined) return { index, closed };
  const full = bytesIn(item, 'f');
  const masked = bytesIn(item, 'm');
  const fingerprint = bytesIn(item, 'fp');
  return {
    index,
    subject: present(bytesIn(item, 's')),
    type: present(item.t?.S),
    created: present(numberIn(item, 'c')),
    expires: numberIn(item, EXPIRES) ?? 0,
    sealed: {
      ...(full === undefined ? {} : { full }),
      ...(masked === undefined ? {} : { masked }),
    },
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

export function fingerprintItem(row: FingerprintRow): Item {
  return {
    [KEY]: { S: fingerprintKey(row.index) },
    s: { B: row.subject },
    k: { B: row.sealedToken },
    ...expiry(row.expires),
  };
}

export function fingerprintRowOf(item: Item, index: Uint8Array): FingerprintRow {
  return {
    index,
    subject: present(bytesIn(item, 's')),
    sealedToken: present(bytesIn(item, 'k')),
    expires: numberIn(item, EXPIRES) ?? 0,
  };
}

export function subjectItem(row: SubjectRow): Item {
  return {
    [KEY]: { S: subjectKey(row.tenant, row.subject) },
    s: { B: row.subject },
    ...(row.keys === undefined
      ? {}
      : { ...wrappedIn('f', row.keys.full), ...wrappedIn('m', row.keys.masked) }),
    ...(row.erased === undefined ? {} : { erased: { N: String(row.erased) } }),
    ...(row.heldUntil === undefined ? {} : { held: { N: String(row.heldUntil) } }),
  };
}

export function subjectRowOf(item: Item, tenant: string): SubjectRow {
  const full = wrappedOf(item, 'f');
  const masked = wrappedOf(item, 'm');
  const erased = numberIn(item, 'erased');
  const heldUntil = numberIn(item, 'held');
  return {
    tenant,
    subject: present(bytesIn(item, 's')),
    ...(full === undefined || masked === undefined ? {} : { keys: { full, masked } }),
    ...(erased === undefined ? {} : { erased }),
    ...(heldUntil === undefined ? {} : { heldUntil }),
  };
}

export function branchKeyItem({ tenant, view, version, wrapped }: BranchKeyRow): Item {
  return {
    [KEY]: { S: branchKeyKey(tenant, view, version) },
    w: { B: wrapped },
    v: { N: String(version) },
  };
}

export function branchKeyRowOf(item: Item, tenant: string, view: View): BranchKeyRow {
  return { tenant, view, version: present(numberIn(item, 'v')), wrapped: present(bytesIn(item, 'w')) };
}

/** The names of the attributes of a wrapped key, by the view that it is for. */
export const WRAPPED: Readonly<Record<View, { readonly key: string; readonly version: string }>> = {
  full: { key: 'f', version: 'fv' },
  masked: { key: 'm', version: 'mv' },
};

function wrappedIn(name: 'f' | 'm', { wrapped, branchVersion }: WrappedKey): Item {
  return { [name]: { B: wrapped }, [`${name}v`]: { N: String(branchVersion) } };
}

function wrappedOf(item: Item, name: 'f' | 'm'): WrappedKey | undefined {
  const wrapped = bytesIn(item, name);
  if (wrapped === undefined) return undefined;
  return { wrapped, branchVersion: present(numberIn(item, `${name}v`)) };
}

function expiry(seconds: number): Item {
  return seconds === 0 ? {} : { [EXPIRES]: { N: String(seconds) } };
}

function bytesIn(item: Item, name: string): Uint8Array | undefined {
  return item[name]?.B;
}

function numberIn(item: Item, name: string): number | undefined {
  const text = item[name]?.N;
  return text === undefined ? undefined : Number(text);
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new UnreadableItem();
  return value;
}
