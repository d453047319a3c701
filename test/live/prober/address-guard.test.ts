import { addressText, whyNotReachable } from '../../../lib/live/prober/address-guard';

const METADATA = 'a link-local address, where the metadata of clouds are';

describe('from the internet', () => {
  test.each([
    '8.8.8.8',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '192.167.1.1',
    '2600:1f18::1',
    '2a00:1450:4001::1',
  ])('%s is reached', (address) => expect(whyNotReachable(address, 'public')).toBeUndefined());

  test.each([
    ['10.0.0.1', 'a private address'],
    ['172.16.0.1', 'a private address'],
    ['172.31.255.255', 'a private address'],
    ['192.168.1.1', 'a private address'],
    ['100.64.0.1', 'an address behind a carrier (RFC 6598)'],
    ['127.0.0.1', 'an address of this machine'],
    ['127.255.255.254', 'an address of this machine'],
    ['0.0.0.0', 'an address of this machine'],
    ['0.1.2.3', 'an address of this machine'],
    ['169.254.169.254', METADATA],
    ['169.254.170.2', METADATA],
    ['192.0.2.1', 'a reserved address'],
    ['198.18.0.1', 'a reserved address'],
    ['224.0.0.1', 'a multicast address'],
    ['255.255.255.255', 'a reserved address'],
    ['::', 'an address of this machine'],
    ['::1', 'an address of this machine'],
    ['fc00::1', 'a private address'],
    ['fdff::1', 'a private address'],
    ['fd00:ec2::254', 'an address where the metadata of clouds are'],
    ['fe80::1', METADATA],
    ['fe80::1%eth0', METADATA],
    ['ff02::1', 'a multicast address'],
    ['2001:db8::1', 'a reserved address'],
    ['no address', 'no address'],
  ])('%s is not, it is %s', (address, why) => expect(whyNotReachable(address, 'public')).toBe(why));

  test.each([
    ['IPv4 in IPv6, as it is mapped', '::ffff:127.0.0.1', 'an address of this machine'],
    ['the same, written in hex', '::ffff:7f00:1', 'an address of this machine'],
    ['the same, written out', '0:0:0:0:0:ffff:a9fe:a9fe', METADATA],
    ['IPv4 in IPv6, as it was once', '::10.0.0.1', 'a private address'],
    ['NAT64', '64:ff9b::169.254.169.254', METADATA],
    ['NAT64, written in hex', '64:ff9b::a00:1', 'a private address'],
    ['NAT64 of a network', '64:ff9b:1::a00:1', 'a private address'],
    ['NAT64 of a network, with the address elsewhere', '64:ff9b:1:a9fe:a9:fe00:808:808', 'a private address'],
    ['IPv4 translated', '::ffff:0:169.254.169.254', METADATA],
    ['6to4', '2002:7f00:1::', 'an address of this machine'],
    ['6to4 of a private network', '2002:c0a8:101::1', 'a private address'],
  ])('%s does not go round it (%s)', (_how, address, why) =>
    expect(whyNotReachable(address, 'public')).toBe(why),
  );

  test.each(['::ffff:8.8.8.8', '64:ff9b::808:808', '2002:808:808::1'])(
    '%s leads to the internet',
    (address) => expect(whyNotReachable(address, 'public')).toBeUndefined(),
  );
});

test.each(['10.0.0.1', '192.168.1.1', '100.64.0.1', 'fd12::1', '64:ff9b::a00:1'])(
  'from a network, %s is reached',
  (address) => expect(whyNotReachable(address, 'network')).toBeUndefined(),
);

test.each([
  '127.0.0.1',
  '169.254.169.254',
  '::1',
  'fe80::1',
  'fd00:ec2::254',
  '::ffff:169.254.169.254',
  '0.0.0.0',
])('from a network, %s is not reached all the same', (address) =>
  expect(whyNotReachable(address, 'network')).toBeDefined(),
);

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:a9fe:a9fe', '[::ffff:a9fe:a9fe]'],
  ['shop.example.com', 'shop.example.com'],
])('in a sentence, %s is %s', (address, text) => expect(addressText(address)).toBe(text));

test('all is reached where all is allowed', () => {
  expect(whyNotReachable('169.254.169.254', 'any')).toBeUndefined();
});
