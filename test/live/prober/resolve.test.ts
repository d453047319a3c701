import { type Resolver, resolveHost } from '../../../lib/live/prober/resolve';

const to =
  (...addresses: string[]): Resolver =>
  async () =>
    addresses;
const failing =
  (code: string): Resolver =>
  async () => {
    throw Object.assign(new Error(code), { code });
  };

test.each([
  [
    'IPv4 goes before IPv6, whose network may end nowhere',
    to('2600::1', '8.8.8.8'),
    { address: '8.8.8.8', others: ['2600::1'] },
  ],
  [
    'an address that is not allowed is left out',
    to('10.0.0.1', '8.8.8.8'),
    { address: '8.8.8.8', others: ['10.0.0.1'] },
  ],
  ['an address that stands there twice is one', to('8.8.8.8', '8.8.8.8'), { address: '8.8.8.8', others: [] }],
  ['no address is told', to(), { why: 'the name leads to no address' }],
  ['a name that does not exist is told', failing('ENOTFOUND'), { why: 'the name does not exist' }],
  ['a resolver that fails is told', failing('EAI_AGAIN'), { why: 'the name cannot be resolved (EAI_AGAIN)' }],
  [
    'a resolver that hangs is not waited for',
    () => new Promise<string[]>(() => undefined),
    { why: 'the name is not resolved in time' },
  ],
] as const)('%s', async (_what, resolver, expected) => {
  expect(await resolveHost('shop.example.com', undefined, 'public', resolver, 50)).toEqual(expected);
});

test('an address is not looked up, neither as a host nor in place of one', async () => {
  const never = failing('asked');
  expect(await resolveHost('8.8.8.8', undefined, 'public', never, 50)).toEqual({
    address: '8.8.8.8',
    others: [],
  });
  expect(await resolveHost('shop.example.com', '8.8.4.4', 'public', never, 50)).toEqual({
    address: '8.8.4.4',
    others: [],
  });
});
