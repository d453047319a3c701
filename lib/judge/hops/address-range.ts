/** A block of addresses as numbers, both ends included. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** Reads a block such as `10.0.0.0/8` or `2001:db8::/32`; `undefined` where it is none. */
export function parseCidr(text: string): AddressRange | undefined {
  const [, address = '', length = ''] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text.trim()) ?? [];
  const family = address.includes(':') ? 6 : 4;
  const start = family === 6 ? parseIpv6(address) : parseIpv4(address);
  const bits = family === 6 ? 128 : 32;
  if (start === undefined || length === '' || Number(length) > bits) return undefined;
  const host = BigInt(bits - Number(length));
  const first = (start >> host) << host;
  return { family, first, last: first + (1n << host) - 1n };
}

/**
 * How many different addresses of the internet blocks hold together, whatever overlaps, those of private networks
 * left out.
 */
export function publicAddresses(ranges: readonly AddressRange[], family: 4 | 6): bigint {
  if (ranges.length === 0) return 0n;
  const ours = union(ranges.filter((range) => range.family === family));
  return family === 6 ? overlap(ours, GLOBAL_UNICAST) : size(ours) - overlap(ours, PRIVATE);
}

/**
 * More addresses than any one organisation holds: the largest assignments are an IPv4 /8 and an IPv6 /16. Whoever
 * opens a port to more opens it to strangers.
 */
export function isMoreThanOneOrganisation(ranges: readonly AddressRange[]): boolean {
  return publicAddresses(ranges, 4) > 1n << 24n || publicAddresses(ranges, 6) > 1n << 112n;
}

/** RFC 1918, RFC 6598, and what never leaves a machine or link. */
const PRIVATE = union(
  rangesOf([
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
  ]),
);

/** What the internet routes of IPv6. */
const GLOBAL_UNICAST = rangesOf(['2000::/3']);

function rangesOf(blocks: readonly string[]): AddressRange[] {
  return blocks.flatMap((block) => parseCidr(block) ?? []);
}

/** The same addresses in blocks that do not touch, in order. */
function union(ranges: readonly AddressRange[]): AddressRange[] {
  const merged: AddressRange[] = [];
  for (const range of [...ranges].sort((a, b) => (a.first < b.first ? -1 : 1))) {
    const before = merged.at(-1);
    if (before === undefined || range.first > before.last + 1n) merged.push(range);
    else if (range.last > before.last) merged[merged.length - 1] = { ...before, last: range.last };
  }
  return merged;
}

function size(ranges: readonly AddressRange[]): bigint {
  return ranges.reduce((sum, { first, last }) => sum + (last - first + 1n), 0n);
}

/** How many addresses two lists, each without overlaps, have in common. */
function overlap(left: readonly AddressRange[], right: readonly AddressRange[]): bigint {
  let sum = 0n;
  for (const a of left) {
    for (const b of right) {
      if (a.last < b.first || b.last < a.first) continue;
      const apart = [a.first, b.first, a.last, b.last].sort((x, y) => (x < y ? -1 : 1));
      // Of four ends in order, the two in the middle bound what is common.
      sum += (apart[2] ?? 0n) - (apart[1] ?? 0n) + 1n;
    }
  }
  return sum;
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255))
    return undefined;
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':').flatMap(groupsOf)));
  const given = [...(head ?? []), ...(tail ?? [])];
  if (given.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const missing = 8 - given.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [
    ...(head ?? []),
    ...Array<string>(tail === undefined ? 0 : missing).fill('0'),
    ...(tail ?? []),
  ];
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

/** A group, or the two that an IPv4 address at the end stands for (`::ffff:10.0.0.1`). */
function groupsOf(group: string): string[] {
  const embedded = group.includes('.') ? parseIpv4(group) : undefined;
  if (embedded === undefined) return [group];
  return [(embedded >> 16n).toString(16), (embedded & 0xffffn).toString(16)];
}
