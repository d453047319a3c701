import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  KEY_RIGHTS,
  type VaultFunction,
} from '../../../../../lib/constructs/token-vault/runtime/host/key-rights';
import type { Parts } from '../../../../../lib/constructs/token-vault/runtime/host/parts';
import type { ApiHandler } from '../../../../../lib/constructs/token-vault/runtime/host/serve';
import {
  ROUTES,
  type Route,
  type RouteName,
} from '../../../../../lib/constructs/token-vault/runtime/http/routes';
import { KeyServiceError } from '../../../../../lib/constructs/token-vault/runtime/ports/key-service';
import { apiEvent, bodyOf, context, memoryApi } from '../../../../_fixtures/vault/memory-api';

const RUNTIME = 'lib/constructs/token-vault/runtime';
const mockParts: { of?: (name: VaultFunction) => () => Parts } = {};
jest.mock('../../../../../lib/constructs/token-vault/runtime/host/aws', () => ({
  awsParts: (name: VaultFunction) => () => mockParts.of?.(name)(),
}));

/** The handlers that are bundled, each as its file exports it. */
const NAMES = readdirSync(RUNTIME).flatMap(
  (file) => /^(vault-.+)\.handler\.ts$/.exec(file)?.[1] ?? [],
) as VaultFunction[];
const handlerOf = (name: VaultFunction) =>
  (require(join(process.cwd(), RUNTIME, `${name}.handler`)) as { readonly handler: ApiHandler }).handler;

test('there is a function for each privilege, and none beside', () => {
  expect([...NAMES].sort()).toEqual(Object.keys(KEY_RIGHTS).sort());
});

describe.each(Object.entries(ROUTES) as [RouteName, Route][])('the route %s', (_, route) => {
  test('is answered by the function of its privilege, and by no other', async () => {
    const api = memoryApi();
    mockParts.of = api.partsOf;
    const spy = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    for (const name of NAMES.filter((one) => one !== 'vault-rotate' && one !== 'vault-replay')) {
      const event = apiEvent(route, route.method === 'GET' ? null : '{}');
      const response = await handlerOf(name)(event, context('api'));
      const isFound = bodyOf(response).code !== 'route_not_found';
      expect([name, isFound]).toEqual([name, name === route.handler]);
    }
    expect(spy).toHaveBeenCalledTimes(6);
    spy.mockRestore();
  });
});

describe('a function can have only the keys that its privilege needs', () => {
  const branch = (view: 'full' | 'masked') => ({ vault: 'payments', tenant: 'shop', view, version: 1 });
  const uses = {
    'make full': (parts: Parts) => parts.vault.props.keys.newBranchKey(branch('full')),
    'make masked': (parts: Parts) => parts.vault.props.keys.newBranchKey(branch('masked')),
    'unwrap full': (parts: Parts) => parts.vault.props.keys.unwrapBranchKey(branch('full'), Buffer.alloc(32)),
    'unwrap masked': (parts: Parts) =>
      parts.vault.props.keys.unwrapBranchKey(branch('masked'), Buffer.alloc(32)),
    'token-index': (parts: Parts) => parts.vault.props.keys.derive('token-index'),
    subject: (parts: Parts) => parts.vault.props.keys.derive('subject'),
    fingerprint: (parts: Parts) => parts.vault.props.keys.derive('fingerprint'),
    idempotency: (parts: Parts) => parts.vault.props.keys.derive('idempotency'),
    sign: (parts: Parts) => parts.vault.props.keys.sign(Buffer.from('x')),
  };
  const all = ['make full', 'make masked', 'unwrap full', 'unwrap masked'];

  test.each<[VaultFunction, readonly string[]]>([
    ['vault-create', [...all, 'token-index', 'subject', 'fingerprint', 'idempotency']],
    ['vault-reveal-masked', ['unwrap masked', 'token-index']],
    ['vault-reveal-full', ['unwrap full', 'token-index']],
    ['vault-look-up', ['token-index', 'subject', 'fingerprint']],
    ['vault-erase', ['token-index', 'subject', 'sign']],
    ['vault-rotate', all],
    ['vault-replay', []],
    ['vault-keys', []],
  ])('%s: %j', async (name, allowed) => {
    const api = memoryApi();
    const { keys } = api;
    // KMS would do whatever it is asked.
    jest.spyOn(keys, 'unwrapBranchKey').mockResolvedValue(Buffer.alloc(32));
    const parts = api.partsOf(name)();
    for (const [use, run] of Object.entries(uses)) {
      const outcome = await run(parts).then(
        () => 'done',
        (failure: unknown) => (failure instanceof KeyServiceError ? failure.failure : failure),
      );
      expect([use, outcome]).toEqual([use, allowed.includes(use) ? 'done' : 'refused']);
    }
  });

  test('so that masked views cannot be turned into values, even where code asks for them', async () => {
    const api = memoryApi();
    const [made] =
      bodyOf(await api.call('create', { items: [{ type: 'card-number', value: '4111111111111111' }] }))
        .results ?? [];
    const { vault } = api.partsOf('vault-reveal-masked')();
    const { revealTokens } = require(
      join(process.cwd(), RUNTIME, 'app/reveal'),
    ) as typeof import('../../../../../lib/constructs/token-vault/runtime/app/reveal');
    const call = {
      caller: { tenant: 'shop', grantee: 'checkout', proof: 'api-path' },
      requestId: 'r',
      purpose: 'refund',
    } as const;
    const token = made?.token ?? '';
    expect(await revealTokens(vault, { ...call, view: 'masked' }, [token])).toEqual([
      { type: 'card-number', value: '************1111' },
    ]);
    await expect(revealTokens(vault, { ...call, view: 'full' }, [token])).rejects.toThrow(KeyServiceError);
  });
});

test('all that a vault does works with the keys that each function may have', async () => {
  const { call, rotate, clock } = memoryApi();
  const value = '4111111111111111';
  const made = await call('create', {
    items: [
      { type: 'card-number', value, subject: 'ann' },
      { type: 'security-code', value: '123' },
    ],
    idempotencyKey: 'order-1',
  });
  const [{ token = '' } = {}, { token: code = '' } = {}] = bodyOf(made).results ?? [];
  expect(bodyOf(await call('revealMasked', { tokens: [token], purpose: 'receipt' })).results).toEqual([
    { status: 'ok', type: 'card-number', value: '************1111' },
  ]);
  expect(await rotate({}, context('shop_office'))).toEqual({
    versions: { full: 2, masked: 2 },
    rewrapped: 4,
  });
  clock.now += 1000;
  expect(bodyOf(await call('revealFull', { tokens: [token, code], purpose: 'refund' })).results).toEqual([
    { status: 'ok', type: 'card-number', value },
    { status: 'ok', type: 'security-code', value: '123' },
  ]);
  const item = { type: 'card-number', value, dedupe: 'tenant' };
  const [{ token: found = '' } = {}] = bodyOf(await call('deduplicate', { items: [item] })).results ?? [];
  expect(bodyOf(await call('lookUp', { items: [{ type: 'card-number', value }] })).results).toEqual([
    { status: 'ok', token: found },
  ]);
  expect(bodyOf(await call('describe', { tokens: [found, token, code] })).results).toMatchObject([
    { status: 'ok', type: 'card-number' },
    { status: 'ok', type: 'card-number' },
    { status: 'error', error: 'token_gone' },
  ]);
  expect(bodyOf(await call('delete', { tokens: [found] })).results).toEqual([{ status: 'ok' }]);
  expect(await call('hold', { subject: 'ann', until: 99_999_999_999 })).toMatchObject({ statusCode: 200 });
  expect(await call('erase', { subject: 'ann' })).toMatchObject({ statusCode: 423 });
  expect(await call('hold', { subject: 'ann', until: 0 })).toMatchObject({ statusCode: 200 });
  expect(bodyOf(await call('erase', { subject: 'ann' }))).toMatchObject({
    vault: 'payments',
    tenant: 'shop',
    signature: expect.any(String),
  });
  expect(bodyOf(await call('revealFull', { tokens: [token], purpose: 'refund' })).results).toEqual([
    { status: 'error', error: 'token_gone' },
  ]);
});

test('a receipt is verified by the key that the vault gives out', async () => {
  const { createPublicKey, verify } = jest.requireActual<typeof import('node:crypto')>('node:crypto');
  const { receiptText } = require(
    join(process.cwd(), RUNTIME, 'app/erase'),
  ) as typeof import('../../../../../lib/constructs/token-vault/runtime/app/erase');
  const { call } = memoryApi();
  await call('create', { items: [{ type: 'text', value: 'Ann', subject: 'ann' }] });
  const { signature, ...facts } = bodyOf(await call('erase', { subject: 'ann' })) as unknown as Parameters<
    typeof receiptText
  >[0] & { readonly signature: string };
  const { keys } = bodyOf(await call('receiptsKey')) as unknown as {
    readonly keys: readonly [import('node:crypto').JsonWebKey];
  };
  const key = createPublicKey({ key: keys[0], format: 'jwk' });
  expect(verify('sha256', receiptText(facts), key, Buffer.from(signature, 'base64'))).toBe(true);
});
