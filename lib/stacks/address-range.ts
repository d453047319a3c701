import { isIPv4 } from 'node:net';
import { shown } from '../core/schema';

/**
 * What is wrong with an address range of IPv4 whose shape the schema has let through.
 *
 * AWS takes a range that begins inside itself (`10.1.2.3/8`) and widens it without a word: who wrote it meant
 * something else. A length is spelt in one way only, so that `/00` does not pass for something narrower than `/0`.
 */
export function rangeProblems(property: string, range: string | undefined): string[] {
  if (range === undefined) return [];
  const [address = '', length = ''] = range.split('/');
  const prefix = Number(length);
  if (!isIPv4(address) || prefix > 32 || String(prefix) !== length) {
    return [
      `${property} must be an address range in CIDR notation, such as "10.0.0.0/16", got ${shown(range)}`,
    ];
  }
  const first = firstAddress(address, prefix);
  return first === address
    ? []
    : [
        `${property} must begin with the first address of its range, got ${shown(range)}, write "${first}/${prefix}" or correct its length`,
      ];
}

/** The first address of the range that holds an address. */
function firstAddress(address: string, prefix: number): string {
  const parts = address.split('.').map(Number);
  return parts
    .map((part, index) => {
      const kept = Math.min(8, Math.max(0, prefix - 8 * index));
      return part & (0xff << (8 - kept)) & 0xff;
    })
    .join('.');
}
