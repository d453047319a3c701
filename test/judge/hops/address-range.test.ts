import { isMoreThanOneOrganisation, parseCidr, publicAddresses } from '../../../lib/judge/hops/address-range';

const ranges = (...blocks: string[]) => blocks.flatMap((block) => parseCidr(block) ?? []);

describe('a block of addresses', () => {
  test.each([
    ['10.1.2.3/8', 4, 0x0a000000n, 0x0affffffn],
    ['198.51.100.7/32', 4, 0xc6336407n, 0xc6336407n],
    ['0.0.0.0/0', 4, 0n, 0xffffffffn],
    ['::/0', 6, 0n, (1n << 128n) - 1n],
    ['2001:db8::/32', 6, 0x20010db8n << 96n, (0x20010db9n << 96n) - 1n],
    ['::ffff:10.0.0.1/128', 6, 0xffff0a000001n, 0xffff0a000001n],
  ] as const)('%s is read as numbers', (text, family, first, last) => {
    expect(parseCidr(text)).toEqual({ family, first, last });
  });

  test.each([
    '',
    '10.0.0.0',
    '10.0.0/8',
    '256.0.0.0/8',
    '10.0.0.0/33',
    '1::2::3/64',
    '1:2:3/64',
    ':::/0',
    'sg-1/8',
  ])('is not %p', (text) => expect(parseCidr(text)).toBeUndefined());
});

describe('blocks together', () => {
  test('hold what overlaps once', () => {
    expect(publicAddresses(ranges('8.8.8.0/24', '8.8.8.128/25', '8.8.9.0/24'), 4)).toBe(512n);
  });

  test('hold no private addresses of IPv4, and nothing of IPv6 that the internet does not route', () => {
    expect(publicAddresses(ranges('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'), 4)).toBe(0n);
    expect(publicAddresses(ranges('fc00::/7', 'fe80::/10'), 6)).toBe(0n);
  });

  test.each([
    ['the whole internet', ['0.0.0.0/0'], true],
    ['the internet in two halves', ['0.0.0.0/1', '128.0.0.0/1'], true],
    ['one half of it', ['128.0.0.0/1'], true],
    ['more than an IPv4 /8', ['17.0.0.0/8', '18.0.0.0/32'], true],
    ['an IPv4 /8, the most that one organisation has', ['17.0.0.0/8'], false],
    ['a /7 of which half is private', ['10.0.0.0/7'], false],
    ['all of IPv6', ['2000::/3'], true],
    ['more than an IPv6 /16', ['2630::/16', '2631::/128'], true],
    ['an IPv6 /16', ['2630::/16'], false],
    ['nothing', [], false],
  ])('%s', (_what, blocks, expected) => {
    expect(isMoreThanOneOrganisation(ranges(...blocks))).toBe(expected);
  });
});
