import fc from 'fast-check';
import { derInside, derValues } from '../../../lib/live/prober/der';
import { stapleStatus } from '../../../lib/live/prober/ocsp-staple';
import { signatureHash } from '../../../lib/live/prober/signature-hash';
import { issue, P256, rsa } from '../../_fixtures/tls-servers/chains';

test('values stand one behind the other', () => {
  const bytes = Buffer.from('0201050603550403', 'hex');
  expect(derValues(bytes)).toEqual([
    { tag: 2, content: Buffer.from([5]) },
    { tag: 6, content: Buffer.from('550403', 'hex') },
  ]);
  expect(derInside(Buffer.concat([Buffer.from([0x30, bytes.length]), bytes]))).toHaveLength(2);
});

test('a long length is read, one that leads beyond the end is not', () => {
  const long = Buffer.concat([Buffer.from([4, 0x82, 1, 0]), Buffer.alloc(256)]);
  expect(derValues(long)[0]?.content).toHaveLength(256);
  expect(derValues(long.subarray(0, 100))).toEqual([]);
  expect(derValues(Buffer.from([4, 0x85, 0, 0, 0, 0, 1, 0]))).toEqual([]);
});

test.each([
  ['sha256', P256],
  ['sha256', rsa(2048)],
  ['sha1', rsa(2048, 'SHA-1')],
  ['sha512', rsa(2048, 'SHA-512')],
  ['sha384', { ...rsa(2048, 'SHA-384'), name: 'RSA-PSS' }],
  ['sha1', { ...rsa(2048, 'SHA-1'), name: 'RSA-PSS' }],
])('a signature over %s is known by its certificate', async (hash, key) => {
  expect(signatureHash((await issue({ key })).der)).toBe(hash);
});

test('whatever comes, nothing throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      expect(derValues(Buffer.from(bytes)).length).toBeLessThanOrEqual(1000);
      expect(stapleStatus(Buffer.from(bytes))).toBe('no status');
      signatureHash(Buffer.from(bytes));
    }),
  );
});
