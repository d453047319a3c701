import fc from 'fast-check';
import { addressBytes } from '../../../lib/live/prober/address-bytes';

test.each([
  ['::', '00000000000000000000000000000000'],
  ['::1', '00000000000000000000000000000001'],
  ['2001:db8::7:8', '20010db8000000000000000000070008'],
  ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
  ['::ffff:192.0.2.7', '00000000000000000000ffffc0000207'],
  ['64:ff9b::10.0.0.1', '0064ff9b00000000000000000a000001'],
])('%s is %s', (address, hex) => expect(addressBytes(address)?.toString('hex')).toBe(hex));

test('what is no address of IPv6 has no bytes', () => {
  for (const text of ['192.0.2.7', 'fe80::1%eth0', ':::', 'name', ''])
    expect(addressBytes(text)).toBeUndefined();
});

test('every address that there is has its bytes', () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      const bytes = addressBytes(address);
      const groups = (bytes?.toString('hex').match(/.{4}/g) ?? []).map((group) =>
        group.replace(/^0+(?=.)/, ''),
      );
      expect(new URL(`http://[${groups.join(':')}]/`).host).toBe(new URL(`http://[${address}]/`).host);
    }),
  );
});
