import { ProblemError } from '../../../../../lib/constructs/token-vault/runtime/app/problem';
import type { Store } from '../../../../../lib/constructs/token-vault/runtime/ports/store';
import { bodyOf, context, memoryApi } from '../../../../_fixtures/vault/memory-api';
import { copyOf, MemoryStore } from '../../../../_fixtures/vault/memory-store';

const ITEM = { type: 'card-number', value: '4111111111111111' };

describe('a rotation', () => {
  test('is of the tenant whose alias is invoked, whatever the event says', async () => {
    const { call, rotate, tables, events } = memoryApi();
    await call('create', { items: [ITEM] });
    await call('create', { items: [ITEM] }, { tenant: 'other' });
    expect(await rotate({ tenant: 'shop' }, context('other_checkout'))).toEqual({
      versions: { full: 2, masked: 2 },
      rewrapped: 2,
    });
    expect([...tables.tables.newest]).toEqual(
      expect.arrayContaining([
        ['full shop', 1],
        ['full other', 2],
      ]),
    );
    expect(events).toMatchObject([
      { action: 'rotate', outcome: 'ok', caller: { tenant: 'other', grantee: 'checkout' } },
    ]);
  });

  test('that stopped is completed without another key', async () => {
    const { call, rotate, tables } = memoryApi();
    await call('create', { items: [ITEM] });
    await rotate({}, context('shop_office'));
    expect(await rotate({ rewrapOnly: true }, context('shop_office'))).toEqual({
      versions: {},
      rewrapped: 0,
    });
    expect(tables.tables.newest.get('full shop')).toBe(2);
  });

  test.each(['api', 'operator', 'unknown_checkout', undefined])('through %s is refused', async (alias) => {
    await expect(memoryApi().rotate({}, context(alias))).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a replay', () => {
  test('erases again what was erased, and lets the tables answer', async () => {
    const before = memoryApi();
    const made = await before.call('create', { items: [{ ...ITEM, subject: 'ann' }, ITEM] });
    const tokens = bodyOf(made).results?.map(({ token }) => token) ?? [];
    const backup = copyOf(before.tables.tables);
    await before.call('erase', { subject: 'ann' });
    const api = memoryApi({ store: new MemoryStore(backup), env: { RESTORE_MARK: '2026-12-01' } });
    api.ledger.push(...before.ledger);
    for (const name of ['derive', 'unwrapBranchKey'] as const)
      Object.assign(api.keys, { [name]: before.keys[name].bind(before.keys) });
    const body = { tokens, purpose: 'refund' };
    const waiting = await api.call('revealFull', body);
    expect([waiting.statusCode, waiting.headers['retry-after'], bodyOf(waiting).code]).toEqual([
      503,
      '60',
      'restore_pending',
    ]);
    expect(await api.replay({}, context('operator'))).toEqual({ erased: 1, held: 0 });
    expect(api.events.at(-1)).toMatchObject({ action: 'replay', outcome: 'ok', caller: { tenant: '*' } });
    expect(bodyOf(await api.call('revealFull', body)).results).toEqual([
      { status: 'error', error: 'token_gone' },
      { status: 'ok', type: 'card-number', value: ITEM.value },
    ]);
  });

  test.each(['api', 'shop_office', undefined])('through %s is refused', async (alias) => {
    const { replay } = memoryApi({ env: { RESTORE_MARK: 'm' } });
    await expect(replay({}, context(alias))).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('of tables that were not restored is refused', async () => {
    await expect(memoryApi().replay({}, context('operator'))).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});

test('what Lambda logs of a failure is our own error, without the message of another', async () => {
  const store = new Proxy({} as Store, {
    get: () => () => Promise.reject(new TypeError('4111111111111111')),
  });
  const api = memoryApi({ store });
  const failure: unknown = await api.rotate({}, context('shop_office')).catch((caught: unknown) => caught);
  expect(failure).toBeInstanceOf(ProblemError);
  expect(JSON.stringify([String(failure), (failure as Error).stack])).not.toContain('411111');
});
