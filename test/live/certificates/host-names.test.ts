import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import fc from 'fast-check';
import { covers } from '../../../lib/live/certificates';

test.each([
  ['shop.example.com', 'shop.example.com', true],
  ['shop.example.com', 'SHOP.Example.COM', true],
  ['shop.example.com.', 'shop.example.com', true],
  ['*.example.com', 'shop.example.com', true],
  ['*.example.com', 'example.com', false],
  ['*.example.com', 'a.shop.example.com', false],
  ['*.example.com', '*.example.com', true],
  ['shop.example.com', '*.example.com', false],
  ['*.example.com', '*.shop.example.com', false],
  ['sh*.example.com', 'shop.example.com', false],
  ['*.com', 'example.com', true],
  ['', '', true],
  ['*', 'localhost', false],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example', true],
])('a certificate for %p and the host %p: %p', (name, host, expected) => {
  expect(covers([name], host)).toBe(expected);
});

test('says of hosts what Node says, which clients of ours ask', () => {
  const label = fc.constantFrom('a', 'b', 'shop', 'www', 'xn--p1ai');
  const host = fc.array(label, { minLength: 3, maxLength: 4 }).map((labels) => labels.join('.'));
  const name = fc.oneof(
    host,
    host.map((text) => `*.${text}`),
    host.map((text) => text.replace(/^[^.]+/, '*')),
  );
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 3 }), host, (names, wanted) => {
      const altnames = names.map((one) => `DNS:${one}`).join(', ');
      const peer = { subject: { CN: 'x' }, subjectaltname: altnames } as unknown as PeerCertificate;
      const refused = checkServerIdentity(wanted, peer);
      expect(covers(names, wanted)).toBe(refused === undefined);
    }),
  );
});
