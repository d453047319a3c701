import { createTokens } from '../../../../../lib/constructs/token-vault/runtime/app/create';
import type { CreateItem } from '../../../../../lib/constructs/token-vault/runtime/app/create-item';
import { deleteTokens } from '../../../../../lib/constructs/token-vault/runtime/app/delete';
import { lookUpTokens } from '../../../../../lib/constructs/token-vault/runtime/app/look-up';
import { replayErasures } from '../../../../../lib/constructs/token-vault/runtime/app/replay';
import { revealTokens } from '../../../../../lib/constructs/token-vault/runtime/app/reveal';
import type { Vault } from '../../../../../lib/constructs/token-vault/runtime/app/vault';
import { StoreError } from '../../../../../lib/constructs/token-vault/runtime/ports/store';
import { copyOf, MemoryStore } from '../../../../_fixtures/vault/memory-store';
import { CALLER, memoryVault, NOW } from '../../../../_fixtures/vault/memory-vault';

const CARD = '4111111111111111';
const call = { caller: CALLER, requestId: 'r' };

async function token(vault: Vault, item: Partial<CreateItem> = {}, idempotencyKey?: string): Promise<string> {
  const [made] = await createTokens(
    vault,
    { caller: CALLER, mayLookUp: true, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) },
    [{ type: 'card-number', value: CARD, ...item }],
  );
  if (made === undefined || 'problem' in made) throw new Error(`no token: ${JSON.stringify(made)}`);
  return made.token;
}

const remove = (vault: Vault, ...tokens: string[]) => deleteTokens(vault, call, tokens);
const reveal = async (vault: Vault, text: string) =>
  (await revealTokens(vault, { ...call, view: 'full', purpose: 'refund' }, [text]))[0];

test('a token that is deleted is gone, others of its subject are not', async () => {
  const { vault, store, events } = memoryVault();
  const [gone, kept] = [await token(vault, { subject: 'ann' }), await token(vault, { subject: 'ann' })];
  expect(await remove(vault, gone)).toEqual([{ deleted: true }]);
  expect(await reveal(vault, gone)).toEqual({ problem: 'token_gone' });
  expect(await reveal(vault, kept)).toMatchObject({ value: CARD });
  expect([...store.tables.tokens.values()].filter((row) => 'closed' in row)).toHaveLength(1);
  expect(events.find(({ action }) => action === 'delete')).toMatchObject({
    outcome: 'ok',
    caller: CALLER,
    token: expect.stringMatching(/^[\w-]{43}$/),
  });
});

test('it is the same again and again, and what never was is not found', async () => {
  const { vault, ledger } = memoryVault();
  const text = await token(vault);
  for (let run = 0; run < 3; run += 1) expect(await remove(vault, text)).toEqual([{ deleted: true }]);
  expect(ledger).toHaveLength(1);
  expect(await remove(vault, 'tok_AAAAAAAAAAAAAAAAAAAAAA', CARD, '')).toEqual(
    Array(3).fill({ problem: 'token_not_found' }),
  );
  expect(ledger).toHaveLength(1);
});

test('a token of another tenant is not found', async () => {
  const { vault } = memoryVault();
  const text = await token(vault);
  const other = { ...call, caller: { ...CALLER, tenant: 'other' } };
  expect(await deleteTokens(vault, other, [text])).toEqual([{ problem: 'token_not_found' }]);
  expect(await reveal(vault, text)).toMatchObject({ value: CARD });
});

test('of a token without a subject the key is destroyed too, so that no backup of the data opens', async () => {
  const { vault, store } = memoryVault();
  const text = await token(vault);
  const data = copyOf(store.tables);
  await remove(vault, text);
  for (const [name, row] of data.tokens) store.tables.tokens.set(name, row);
  expect([...store.tables.subjects.values()]).toEqual([expect.objectContaining({ erased: NOW / 1000 })]);
  expect(await reveal(vault, text)).toEqual({ problem: 'token_gone' });
});

test.each<[string, Partial<CreateItem>]>([
  ['with a subject', { subject: 'ann' }],
  ['without one', {}],
])('a restore of both tables does not bring a token %s back', async (_, item) => {
  const before = memoryVault();
  const [gone, kept] = [await token(before.vault, item), await token(before.vault, item)];
  const backup = copyOf(before.store.tables);
  await remove(before.vault, gone);
  const { vault } = memoryVault({ ...before, store: new MemoryStore(backup) }, { restoreMark: 'm' });
  await replayErasures(vault, 'm');
  expect(await reveal(vault, gone)).toEqual({ problem: 'token_gone' });
  expect(await reveal(vault, kept)).toMatchObject({ value: CARD });
});

test('a token whose subject is held is not deleted until the hold ends', async () => {
  const { vault, store, ledger, clock } = memoryVault();
  const text = await token(vault, { subject: 'ann' });
  await store.holdSubject('shop', await vault.subjectOf('shop', 'ann'), NOW / 1000 + 60);
  expect(await remove(vault, text)).toEqual([{ problem: 'legal_hold' }]);
  expect(ledger).toEqual([]);
  clock.now += 60_000;
  expect(await remove(vault, text)).toEqual([{ deleted: true }]);
});

test.each<[string, Partial<CreateItem>]>([
  ['a tenant', { dedupe: 'tenant' }],
  ['a subject', { dedupe: 'subject', subject: 'ann' }],
])(
  'what is deduplicated within %s is not found again, and has a new token when it comes back',
  async (_, item) => {
    const { vault } = memoryVault();
    const first = await token(vault, item);
    await remove(vault, first);
    const wanted = {
      type: 'card-number',
      value: CARD,
      ...(item.subject === undefined ? {} : { subject: item.subject }),
    };
    expect(await lookUpTokens(vault, call, [wanted])).toEqual([{ problem: 'token_not_found' }]);
    const second = await token(vault, item);
    expect(second).not.toBe(first);
    expect(await lookUpTokens(vault, call, [wanted])).toEqual([{ token: second }]);
    // The old token's row names the same fingerprint: to delete it again must not touch the new one's.
    await remove(vault, first);
    expect(await token(vault, item)).toBe(second);
    expect(await reveal(vault, first)).toEqual({ problem: 'token_gone' });
  },
);

test('a retry of the call that made it does not make it again', async () => {
  const { vault } = memoryVault();
  for (const item of [{}, { subject: 'ann' }]) {
    const key = `order-${Object.keys(item).length}`;
    await remove(vault, await token(vault, item, key));
    const again = await createTokens(vault, { caller: CALLER, mayLookUp: false, idempotencyKey: key }, [
      { type: 'card-number', value: CARD, ...item },
    ]);
    expect(again).toEqual([{ problem: 'token_gone' }]);
  }
});

test('a security code is deleted from the table of short lives', async () => {
  const closed: boolean[] = [];
  class Watched extends MemoryStore {
    override closeToken(index: Uint8Array, now: number, shortLived = false) {
      closed.push(shortLived);
      return super.closeToken(index, now);
    }
  }
  const { vault } = memoryVault({ store: new Watched() });
  await remove(vault, await token(vault, { type: 'security-code', value: '123' }), await token(vault));
  expect(closed.sort()).toEqual([false, true]);
});

test('whoever stops at any step leaves a deletion that the next call completes', async () => {
  for (const step of ['ledger', 'eraseSubject', 'closeToken'] as const) {
    const { vault, store, ledger } = memoryVault();
    const text = await token(vault);
    const stopped = () => Promise.reject(new StoreError());
    const broken = new MemoryStore(store.tables);
    if (step !== 'ledger') broken[step] = stopped;
    const port = { append: stopped, entries: async function* () {} };
    const failing = memoryVault(
      { store: broken, ledger },
      { keys: vault.props.keys, ...(step === 'ledger' ? { ledger: port } : {}) },
    );
    await expect(remove(failing.vault, text)).rejects.toThrow(StoreError);
    // Until it was entered nothing is lost; from then on a restore ends it as well.
    expect(await reveal(vault, text)).toMatchObject(
      step === 'closeToken' ? { problem: 'token_gone' } : { value: CARD },
    );
    expect(ledger).toHaveLength(step === 'ledger' ? 0 : 1);
    expect(await remove(vault, text)).toEqual([{ deleted: true }]);
    expect(await reveal(vault, text)).toEqual({ problem: 'token_gone' });
  }
});
