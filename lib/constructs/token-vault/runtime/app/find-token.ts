import { type FingerprintOf, fingerprint, fingerprintTokenKey } from '../core/identity';
import { open, seal } from '../core/sealed';
import type { FingerprintRow } from '../ports/store';
import type { Vault } from './vault';

/** By what a fingerprint's row is authenticated, beside the value that it is sealed for. */
const AUTHENTICATED = Buffer.from('fingerprint-row/1', 'ascii');

/** Where the fingerprint of a value stands. */
export async function fingerprintIndex(vault: Vault, of: FingerprintOf): Promise<Uint8Array> {
  return fingerprint(await vault.derived('fingerprint'), of);
}

/** The row by which a value leads to its token, for who knows the value. */
export async function fingerprintRow(
  vault: Vault,
  of: FingerprintOf,
  to: { readonly token: string; readonly subject: Uint8Array; readonly expires: number },
): Promise<FingerprintRow> {
  const derived = await vault.derived('fingerprint');
  const key = fingerprintTokenKey(derived, of);
  const sealedToken = seal(key, Buffer.from(to.token, 'ascii'), AUTHENTICATED, vault.props.randomBytes);
  return { index: fingerprint(derived, of), subject: to.subject, sealedToken, expires: to.expires };
}

/** The token in such a row; `undefined` where it was not made for this value. */
export async function tokenIn(
  vault: Vault,
  of: FingerprintOf,
  { sealedToken }: FingerprintRow,
): Promise<string | undefined> {
  const key = fingerprintTokenKey(await vault.derived('fingerprint'), of);
  return open(key, sealedToken, AUTHENTICATED)?.toString('ascii');
}
