import { BlockList, isIP } from 'node:net';
import { addressBytes } from './address-bytes';

/**
 * Which addresses may be connected to: `public` those of the internet; `network` also those of a private network;
 * `any` also loopback, link-local and with them the metadata services of clouds.
 */
export type Reach = 'public' | 'network' | 'any';

type Range = readonly [network: string, prefix: number, about: string];

/** Addresses inside of networks: RFC 1918, RFC 6598, RFC 4193. */
const PRIVATE: readonly Range[] = [
  ['10.0.0.0', 8, 'a private address'],
  ['172.16.0.0', 12, 'a private address'],
  ['192.168.0.0', 16, 'a private address'],
  ['100.64.0.0', 10, 'an address behind a carrier (RFC 6598)'],
  ['fc00::', 7, 'a private address'],
];

/**
 * What is no address of anybody else, at all.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry/iana-ipv6-special-registry.xhtml
 */
const SPECIAL: readonly Range[] = [
  ['0.0.0.0', 8, 'an address of this machine'],
  ['127.0.0.0', 8, 'an address of this machine'],
  ['169.254.0.0', 16, 'a link-local address, where the metadata of clouds are'],
  ['192.0.0.0', 24, 'a reserved address'],
  ['192.0.2.0', 24, 'a reserved address'],
  ['192.88.99.0', 24, 'a reserved address'],
  ['198.18.0.0', 15, 'a reserved address'],
  ['198.51.100.0', 24, 'a reserved address'],
  ['203.0.113.0', 24, 'a reserved address'],
  ['224.0.0.0', 4, 'a multicast address'],
  ['240.0.0.0', 4, 'a reserved address'],
  ['::', 128, 'an address of this machine'],
  ['::1', 128, 'an address of this machine'],
  // Where in it an address of IPv4 stands, only the translator of the network knows (RFC 8215, RFC 6052, 2.2).
  ['64:ff9b:1::', 48, 'a private address'],
  ['100::', 64, 'a reserved address'],
  ['2001::', 23, 'a reserved address'],
  ['2001:db8::', 32, 'a reserved address'],
  ['3fff::', 20, 'a reserved address'],
  ['5f00::', 16, 'a reserved address'],
  ['fe80::', 10, 'a link-local address, where the metadata of clouds are'],
  ['fec0::', 10, 'a private address of old'],
  ['ff00::', 8, 'a multicast address'],
  // The metadata services of EC2 stand in a private range, and are nobody's server (docs.aws.amazon.com, IMDS over IPv6).
  ['fd00:ec2::', 32, 'an address where the metadata of clouds are'],
];

/** IPv6 addresses with one of IPv4 in them, and where it begins: what they lead to is what decides. */
const EMBEDDING: readonly (readonly [network: string, prefix: number, at: number])[] = [
  ['::ffff:0:0', 96, 12],
  ['::', 96, 12],
  // Translated (RFC 2765), NAT64 (RFC 6052) and 6to4 (RFC 3056).
  ['::ffff:0:0:0', 96, 12],
  ['64:ff9b::', 96, 12],
  ['2002::', 16, 2],
];

interface Listed {
  readonly list: BlockList;
  readonly about: string;
}

function listed(ranges: readonly Range[]): readonly Listed[] {
  return ranges.map(([network, prefix, about]) => ({ list: listOf(network, prefix), about }));
}

function listOf(network: string, prefix: number): BlockList {
  const list = new BlockList();
  list.addSubnet(network, prefix, network.includes(':') ? 'ipv6' : 'ipv4');
  return list;
}

const PRIVATE_LISTS = listed(PRIVATE);
const SPECIAL_LISTS = listed(SPECIAL);
const EMBEDDING_LISTS = EMBEDDING.map(([network, prefix, at]) => ({ list: listOf(network, prefix), at }));

/** An address as it stands in a sentence: `::1` behind a space would be a command to GitHub's runner, and is escaped there. */
export function addressText(address: string): string {
  return isIP(address) === 6 ? `[${address}]` : address;
}

/** What speaks against connecting to an address, as in: it is …; `undefined` where nothing does. */
export function whyNotReachable(address: string, reach: Reach): string | undefined {
  if (reach === 'any') return undefined;
  const bare = address.replace(/%.*$/, '');
  if (isIP(bare) === 0) return 'no address';
  const special = find(SPECIAL_LISTS, bare);
  if (special !== undefined) return special;
  const embedded = embeddedIn(bare);
  if (embedded !== undefined) return whyNotReachable(embedded, reach);
  return reach === 'public' ? find(PRIVATE_LISTS, bare) : undefined;
}

function find(lists: readonly Listed[], address: string): string | undefined {
  const family = familyOf(address);
  // An IPv4 address in IPv6 form matches the lists of IPv4 as well: the networks of IPv6 are asked as such.
  return lists.find(({ list }) => list.check(address, family))?.about;
}

function embeddedIn(address: string): string | undefined {
  if (familyOf(address) === 'ipv4') return undefined;
  const found = EMBEDDING_LISTS.find(({ list }) => list.check(address, 'ipv6'));
  if (found === undefined) return undefined;
  const bytes = addressBytes(address);
  return bytes && [...bytes.subarray(found.at, found.at + 4)].join('.');
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}
