import { isAtLeast, TLS_VERSIONS } from '../../../lib/core/tls';

test.each([
  ['TLSv1.2', 'TLSv1.2', true],
  ['TLSv1.3', 'TLSv1.2', true],
  ['TLSv1.1', 'TLSv1.2', false],
  ['SSLv3', 'TLSv1.0', false],
] as const)('%s against the floor %s: %s', (version, floor, expected) => {
  expect(isAtLeast(version, floor)).toBe(expected);
});

test('orders versions from the oldest to the newest', () => {
  expect(TLS_VERSIONS).toEqual(['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']);
});

test('puts SSH above every floor of TLS', () => {
  for (const floor of TLS_VERSIONS) expect(isAtLeast('SSH-2.0', floor)).toBe(true);
});
