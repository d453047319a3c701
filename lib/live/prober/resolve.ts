import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { addressText, type Reach, whyNotReachable } from './address-guard';

/** Gives all addresses of a name. */
export type Resolver = (host: string) => Promise<readonly string[]>;

/** Where a name leads, and which of its addresses may be asked. */
export type Resolved =
  | { readonly address: string; readonly others: readonly string[] }
  | { readonly why: string };

/** As the system does it: `/etc/hosts` counts, as it does for clients. */
export const systemResolver: Resolver = async (host) => {
  const found = await lookup(host, { all: true, verbatim: true });
  return found.map(({ address }) => address);
};

/**
 * Resolves a name once, so that what was looked at is what is connected to: a second look could give another address.
 *
 * @param given connects to this address instead, for the same name
 */
export async function resolveHost(
  host: string,
  given: string | undefined,
  reach: Reach,
  resolver: Resolver,
  milliseconds: number,
): Promise<Resolved> {
  const addresses = await addressesOf(host, given, resolver, milliseconds);
  if (typeof addresses === 'string') return { why: addresses };
  // Networks that have no way out over IPv6 are many, and their silence would be told as the host's.
  const sorted = [...new Set(addresses)].sort((a, b) => isIP(a) - isIP(b));
  const address = sorted.find((each) => whyNotReachable(each, reach) === undefined);
  if (address !== undefined) return { address, others: sorted.filter((each) => each !== address) };
  const [first] = sorted;
  if (first === undefined) return { why: 'the name leads to no address' };
  const leads = first === host ? 'it is' : `it leads to ${addressText(first)},`;
  return { why: `${leads} ${whyNotReachable(first, reach)}, which is not probed unless that is allowed` };
}

async function addressesOf(
  host: string,
  given: string | undefined,
  resolver: Resolver,
  milliseconds: number,
): Promise<readonly string[] | string> {
  if (given !== undefined) return [given];
  if (isIP(host) !== 0) return [host];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((done) => {
    timer = setTimeout(() => done('the name is not resolved in time'), milliseconds);
  });
  try {
    return await Promise.race([resolver(host), late]);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return code === 'ENOTFOUND' ? 'the name does not exist' : `the name cannot be resolved (${code})`;
  } finally {
    clearTimeout(timer);
  }
}
