import { bodyOf, memoryApi } from '../../../../_fixtures/vault/memory-api';
import { NOW } from '../../../../_fixtures/vault/memory-vault';

const VALUE = '4111111111111111';

test('an answer has the token, what may be shown, and when it ends', async () => {
  const { call } = memoryApi();
  const items = [
    { type: 'card-number', value: VALUE },
    { type: 'card-number', value: VALUE, ttlSeconds: 60 },
    { type: 'security-code', value: '123', ttlSeconds: 999_999 },
    { type: 'no-such-type', value: VALUE },
  ];
  expect(bodyOf(await call('create', { items })).results).toEqual([
    { status: 'ok', token: expect.stringMatching(/^tok_/), masked: '************1111' },
    {
      status: 'ok',
      token: expect.stringMatching(/^tok_/),
      masked: '************1111',
      expiresAt: NOW / 1000 + 60,
    },
    { status: 'ok', token: expect.stringMatching(/^tok_/), expiresAt: NOW / 1000 + 3600 },
    { status: 'error', error: 'invalid_request' },
  ]);
});

test('a retry with its idempotency key has the same tokens, and another call is told', async () => {
  const { call, tables } = memoryApi();
  const body = (value: string) => ({
    items: [
      { type: 'text', value },
      { type: 'text', value: 'x' },
    ],
    idempotencyKey: 'order-1',
  });
  const first = bodyOf(await call('create', body('Ann'))).results;
  expect(bodyOf(await call('create', body('Ann'))).results).toEqual(first);
  expect(bodyOf(await call('create', body('Bob'))).results?.[0]).toEqual({
    status: 'error',
    error: 'idempotency_conflict',
  });
  expect(tables.tables.tokens.size).toBe(2);
});

test('a card-like token is not made with an idempotency key, which could not find it again', async () => {
  const { call } = memoryApi();
  const like = { type: 'card-number-like', value: VALUE };
  const keyed = bodyOf(await call('create', { items: [like], idempotencyKey: 'order-1' }));
  expect(keyed.results).toEqual([{ status: 'error', error: 'invalid_request' }]);
  const again = () =>
    call('deduplicate', { items: [{ ...like, dedupe: 'tenant' }], idempotencyKey: 'order-1' });
  const first = bodyOf(await again()).results;
  expect(first).toMatchObject([{ status: 'ok' }]);
  expect(bodyOf(await again()).results).toEqual(first);
});
