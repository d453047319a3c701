import { verify } from 'node:crypto';
import fc from 'fast-check';
import { createTokens } from '../../../../../lib/constructs/token-vault/runtime/app/create';
import type {
  CreateCall,
  Created,
  CreateItem,
} from '../../../../../lib/constructs/token-vault/runtime/app/create-item';
import { eraseSubject, receiptText } from '../../../../../lib/constructs/token-vault/runtime/app/erase';
import { lookUpTokens } from '../../../../../lib/constructs/token-vault/runtime/app/look-up';
import type { ItemResult } from '../../../../../lib/constructs/token-vault/runtime/app/problem';
import { replayErasures } from '../../../../../lib/constructs/token-vault/runtime/app/replay';
import { type RevealCall, revealTokens } from '../../../../../lib/constructs/token-vault/runtime/app/reveal';
import { rotateBranchKeys } from '../../../../../lib/constructs/token-vault/runtime/app/rotate';
import type { Vault } from '../../../../../lib/constructs/token-vault/runtime/app/vault';
import { isCardLikeToken, isRandomToken } from '../../../../../lib/constructs/token-vault/runtime/core/token';
import { copyOf, MemoryStore } from '../../../../_fixtures/vault/memory-store';
import { CALLER, memoryVault, NOW, VAULT } from '../../../../_fixtures/vault/memory-vault';

const CARD = '4111111111111111';
const OTHER_CARD = '5555555555554444';
const CALL: CreateCall = { caller: CALLER, mayLookUp: true };
const READ: RevealCall = { caller: CALLER, requestId: 'r', view: 'full', purpose: 'authorization' };

const create = (vault: Vault, item: Partial<CreateItem> = {}, call: Partial<CreateCall> = {}) =>
  createTokens(vault, { ...CALL, ...call }, [{ type: 'card-number', value: CARD, ...item }]).then(
    ([result]) => result,
  );

async function token(vault: Vault, item: Partial<CreateItem> = {}, call: Partial<CreateCall> = {}) {
  const result = await create(vault, item, call);
  if (result === undefined || 'problem' in result) throw new TypeError(JSON.stringify(result));
  return result.token;
}

const reveal = (vault: Vault, text: string, call: Partial<RevealCall> = {}) =>
  revealTokens(vault, { ...READ, ...call }, [text]).then(([result]) => result);

describe('a token', () => {
  test('gives its value back, in each view, to its tenant', async () => {
    const { vault } = memoryVault();
    const made = await create(vault, { subject: 'ann' });
    expect(made).toEqual({ token: expect.any(String), masked: '************1111' });
    const text = (made as Created).token;
    expect(isRandomToken(text)).toBe(true);
    expect(await reveal(vault, text)).toEqual({ type: 'card-number', value: CARD });
    expect(await reveal(vault, text, { view: 'masked' })).toEqual({
      type: 'card-number',
      value: '************1111',
    });
  });

  test('of another tenant is as unknown as one that never was', async () => {
    const { vault } = memoryVault();
    const text = await token(vault);
    const foreign = { caller: { ...CALLER, tenant: 'other' } };
    expect(await reveal(vault, text, foreign)).toEqual({ problem: 'token_not_found' });
    expect(await reveal(vault, 'tok_AAAAAAAAAAAAAAAAAAAAAA')).toEqual({ problem: 'token_not_found' });
    expect(await reveal(vault, CARD)).toEqual({ problem: 'token_not_found' });
  });

  test('is another one each time', async () => {
    const { vault } = memoryVault();
    expect(await token(vault)).not.toBe(await token(vault));
  });

  test('of a card-like type has length and last digits of the card number, and is none', async () => {
    const { vault } = memoryVault();
    const text = await token(vault, { type: 'card-number-like' });
    expect([text.length, text.slice(-4), isCardLikeToken(text)]).toEqual([16, '1111', true]);
    expect(await reveal(vault, text)).toEqual({ type: 'card-number-like', value: CARD });
  });

  test('with an end is gone from then on', async () => {
    const { vault, clock } = memoryVault();
    const made = await create(vault, { lifeSeconds: 60 });
    expect(made).toMatchObject({ expires: NOW / 1000 + 60 });
    clock.now += 59_999;
    expect(await reveal(vault, (made as Created).token)).toMatchObject({ value: CARD });
    clock.now += 1;
    expect(await reveal(vault, (made as Created).token)).toEqual({ problem: 'token_gone' });
  });

  test('comes back for any text, of any length that is allowed', async () => {
    const { vault } = memoryVault();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), async (value) => {
        const text = await token(vault, { type: 'text', value });
        expect(await reveal(vault, text)).toEqual({ type: 'text', value });
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['a card number with a wrong check digit', 'card-number', '4111111111111112'],
    ['nothing', 'text', ''],
    ['half a character', 'text', '\ud800'],
    ['more than 4 KB', 'text', 'x'.repeat(4097)],
    ['a security code of five digits', 'security-code', '12345'],
    ['a token in place of a card number', 'card-number', 'tok_AAAAAAAAAAAAAAAAAAAAAA'],
  ])('is not made for %s', async (_, type, value) => {
    const { vault, store } = memoryVault();
    expect(await create(vault, { type, value })).toEqual({ problem: 'invalid_value' });
    expect(store.tables.tokens.size).toBe(0);
  });

  test('of a batch has its own result, in the order of the items', async () => {
    const { vault } = memoryVault();
    const results: readonly ItemResult<Created>[] = await createTokens(vault, CALL, [
      { type: 'card-number', value: CARD },
      { type: 'card-number', value: 'nonsense' },
      { type: 'no-such-type', value: CARD },
      { type: 'text', value: 'Ann', subject: 'ann' },
    ]);
    expect(results.map((result) => ('problem' in result ? result.problem : 'ok'))).toEqual([
      'ok',
      'invalid_value',
      'invalid_request',
      'ok',
    ]);
  });
});

describe('a security code', () => {
  test('is read once, shown in part to nobody, and found by nobody', async () => {
    const { vault } = memoryVault();
    const made = await create(vault, { type: 'security-code', value: '123' });
    expect(made).toEqual({ token: expect.any(String), expires: NOW / 1000 + 3600 });
    const { token: text } = made as Created;
    expect(await reveal(vault, text, { view: 'masked' })).toEqual({ problem: 'forbidden' });
    expect(await reveal(vault, text)).toEqual({ type: 'security-code', value: '123' });
    expect(await reveal(vault, text)).toEqual({ problem: 'token_gone' });
    const item = { type: 'security-code', value: '123' };
    expect(await lookUpTokens(vault, { caller: CALLER, requestId: 'r' }, [item])).toEqual([
      { problem: 'forbidden' },
    ]);
    expect(await create(vault, { ...item, dedupe: 'tenant' })).toEqual({ problem: 'forbidden' });
  });

  test('that two callers ask for at once is read by one of them', async () => {
    const { vault } = memoryVault();
    const text = await token(vault, { type: 'security-code', value: '9876' });
    const read = await Promise.all([reveal(vault, text), reveal(vault, text), reveal(vault, text)]);
    expect(read.filter((result) => result !== undefined && 'value' in result)).toHaveLength(1);
  });

  test('lives for an hour at most, whatever is asked for', async () => {
    const { vault } = memoryVault();
    expect(await create(vault, { type: 'security-code', value: '123', lifeSeconds: 999_999 })).toMatchObject({
      expires: NOW / 1000 + 3600,
    });
  });
});

describe('a retry', () => {
  const again = { idempotencyKey: 'order-1' };

  test('with the same key has the same token', async () => {
    const { vault, store } = memoryVault();
    const first = await token(vault, { subject: 'ann' }, again);
    expect(await token(vault, { subject: 'ann' }, again)).toBe(first);
    expect(store.tables.tokens.size).toBe(1);
  });

  test.each<[string, Partial<CreateItem>, Partial<CreateCall>]>([
    ['another value', { value: OTHER_CARD, subject: 'ann' }, {}],
    ['another subject', { subject: 'bob' }, {}],
    ['another type', { type: 'text', subject: 'ann' }, {}],
  ])('with %s under the same key is told', async (_, item) => {
    const { vault } = memoryVault();
    await token(vault, { subject: 'ann' }, again);
    expect(await create(vault, item, again)).toEqual({ problem: 'idempotency_conflict' });
  });

  test.each<[string, Partial<CreateCall>]>([
    ['grantee', { caller: { ...CALLER, grantee: 'other' } }],
    ['tenant', { caller: { ...CALLER, tenant: 'other' } }],
  ])('of another %s under the same key is another call', async (_, call) => {
    const { vault } = memoryVault();
    const first = await token(vault, {}, again);
    expect(await token(vault, {}, { ...again, ...call })).not.toBe(first);
  });
});

describe('dedupe', () => {
  test('gives the same token within a subject, and another one to another subject', async () => {
    const { vault } = memoryVault();
    const first = await token(vault, { subject: 'ann', dedupe: 'subject' });
    expect(await token(vault, { subject: 'ann', dedupe: 'subject' })).toBe(first);
    expect(await token(vault, { subject: 'bob', dedupe: 'subject' })).not.toBe(first);
  });

  test('gives the same token within a tenant, and another one to another tenant', async () => {
    const { vault } = memoryVault();
    const first = await token(vault, { dedupe: 'tenant' });
    expect(await token(vault, { dedupe: 'tenant' })).toBe(first);
    const other = { caller: { ...CALLER, tenant: 'other' } };
    expect(await token(vault, { dedupe: 'tenant' }, other)).not.toBe(first);
  });

  test('is for who may look up: else it would tell who is a customer already', async () => {
    const { vault } = memoryVault();
    expect(await create(vault, { dedupe: 'tenant' }, { mayLookUp: false })).toEqual({ problem: 'forbidden' });
  });

  test('within a tenant is refused for a value that has a subject, since it would end with that subject', async () => {
    const { vault } = memoryVault();
    expect(await create(vault, { dedupe: 'tenant', subject: 'ann' })).toEqual({ problem: 'invalid_request' });
    expect(await create(vault, { dedupe: 'subject' })).toEqual({ problem: 'invalid_request' });
  });

  test('works for card-like tokens', async () => {
    const { vault } = memoryVault();
    const item = { type: 'card-number-like', dedupe: 'tenant' } as const;
    expect(await token(vault, item)).toBe(await token(vault, item));
  });

  test('gives a new token when the old one has ended', async () => {
    const { vault, clock } = memoryVault();
    const first = await token(vault, { dedupe: 'tenant', lifeSeconds: 60 });
    clock.now += 60_000;
    const second = await token(vault, { dedupe: 'tenant' });
    expect(second).not.toBe(first);
    expect(await reveal(vault, first)).toEqual({ problem: 'token_gone' });
    expect(await reveal(vault, second)).toMatchObject({ value: CARD });
  });
});

describe('look-up', () => {
  const lookUp = (vault: Vault, value: string, subject?: string) =>
    lookUpTokens(vault, { caller: CALLER, requestId: 'r' }, [
      { type: 'card-number', value, ...(subject === undefined ? {} : { subject }) },
    ]).then(([result]) => result);

  test('finds what was made to be found, and nothing else', async () => {
    const { vault } = memoryVault();
    const found = await token(vault, { dedupe: 'tenant' });
    await token(vault, { value: OTHER_CARD });
    expect(await lookUp(vault, CARD)).toEqual({ token: found });
    expect(await lookUp(vault, OTHER_CARD)).toEqual({ problem: 'token_not_found' });
    expect(await lookUp(vault, CARD, 'ann')).toEqual({ problem: 'token_not_found' });
  });

  test('does not find what was erased', async () => {
    const { vault } = memoryVault();
    await token(vault, { subject: 'ann', dedupe: 'subject' });
    expect(await lookUp(vault, CARD, 'ann')).toMatchObject({ token: expect.any(String) });
    await eraseSubject(vault, { caller: CALLER, requestId: 'r' }, 'ann');
    expect(await lookUp(vault, CARD, 'ann')).toEqual({ problem: 'token_not_found' });
  });
});

describe('an erasure', () => {
  const erase = (vault: Vault, name: string) => eraseSubject(vault, { caller: CALLER, requestId: 'r' }, name);

  test('ends all tokens of a subject at once, and no other', async () => {
    const { vault } = memoryVault();
    const [of, other] = [await token(vault, { subject: 'ann' }), await token(vault, { subject: 'bob' })];
    await erase(vault, 'ann');
    expect(await reveal(vault, of)).toEqual({ problem: 'token_gone' });
    expect(await reveal(vault, of, { view: 'masked' })).toEqual({ problem: 'token_gone' });
    expect(await reveal(vault, other)).toMatchObject({ value: CARD });
    expect(await create(vault, { subject: 'ann' })).toEqual({ problem: 'subject_erased' });
  });

  test('gives a receipt that the public key verifies, and the same facts when asked again', async () => {
    const { vault, keys, clock } = memoryVault();
    await token(vault, { subject: 'ann' });
    const receipt = await erase(vault, 'ann');
    const { signature, ...facts } = receipt;
    expect(facts).toEqual({
      vault: VAULT,
      tenant: 'shop',
      subject: expect.stringMatching(/^[\w-]{43}$/),
      erased: NOW / 1000,
    });
    const isSigned = (text: Buffer) =>
      verify('sha256', text, keys.receipts.publicKey, Buffer.from(signature, 'base64'));
    expect(isSigned(receiptText(facts))).toBe(true);
    expect(isSigned(receiptText({ ...facts, erased: facts.erased + 1 }))).toBe(false);
    clock.now += 86_400_000;
    expect(await erase(vault, 'ann')).toMatchObject(facts);
  });

  test('of a subject that is held is refused, and a replay does not do it either', async () => {
    const { vault, store, ledger, events } = memoryVault();
    const text = await token(vault, { subject: 'ann' });
    await store.holdSubject('shop', await vault.subjectOf('shop', 'ann'), NOW / 1000 + 1);
    await expect(erase(vault, 'ann')).rejects.toMatchObject({ code: 'legal_hold' });
    expect(events.at(-1)).toMatchObject({ action: 'erase', outcome: 'legal_hold' });
    expect(ledger).toEqual([]);
    expect(await reveal(vault, text)).toMatchObject({ value: CARD });
  });

  test('survives a restore of both tables, which do not answer before the ledger is replayed', async () => {
    const before = memoryVault();
    const [gone, kept] = [
      await token(before.vault, { subject: 'ann' }),
      await token(before.vault, { subject: 'bob', value: OTHER_CARD }),
    ];
    const backup = copyOf(before.store.tables);
    await erase(before.vault, 'ann');

    const restored = { ...before, store: new MemoryStore(backup) };
    const { vault } = memoryVault(restored, { restoreMark: 'restore-1' });
    await expect(reveal(vault, kept)).rejects.toMatchObject({ code: 'restore_pending' });
    await expect(create(vault)).rejects.toMatchObject({ code: 'restore_pending' });
    expect(await replayErasures(vault, 'restore-1')).toEqual({ erased: 1, held: 0 });
    expect(await reveal(vault, gone)).toEqual({ problem: 'token_gone' });
    expect(await reveal(vault, kept)).toMatchObject({ value: OTHER_CARD });
  });

  test('leaves backups of the data table unreadable', async () => {
    const { vault, store } = memoryVault();
    const text = await token(vault, { subject: 'ann' });
    const data = copyOf(store.tables);
    await erase(vault, 'ann');
    // The data come back as they were, the keys do not.
    for (const [name, row] of data.tokens) store.tables.tokens.set(name, row);
    expect(await reveal(vault, text)).toEqual({ problem: 'token_gone' });
    expect([...store.tables.subjects.values()].every(({ keys }) => keys === undefined)).toBe(true);
  });
});

describe('a rotation of branch keys', () => {
  test('leaves every token readable and no subject under the old version', async () => {
    const { vault, store } = memoryVault();
    const texts = await Promise.all(['ann', 'bob', 'eve'].map((subject) => token(vault, { subject })));
    expect(await rotateBranchKeys(vault, 'shop')).toEqual({ versions: { full: 2, masked: 2 }, rewrapped: 6 });
    for (const text of texts) expect(await reveal(vault, text)).toMatchObject({ value: CARD });
    const versions = [...store.tables.subjects.values()].flatMap(({ keys }) =>
      Object.values(keys ?? {}).map(({ branchVersion }) => branchVersion),
    );
    expect(new Set(versions)).toEqual(new Set([2]));
  });

  test('changes no record', async () => {
    const { vault, store } = memoryVault();
    await token(vault, { subject: 'ann' });
    const before = [...store.tables.tokens.values()];
    await rotateBranchKeys(vault, 'shop');
    expect([...store.tables.tokens.values()]).toEqual(before);
  });

  test('does not bring an erased subject back', async () => {
    const { vault } = memoryVault();
    const text = await token(vault, { subject: 'ann' });
    await eraseSubject(vault, { caller: CALLER, requestId: 'r' }, 'ann');
    await rotateBranchKeys(vault, 'shop');
    expect(await reveal(vault, text)).toEqual({ problem: 'token_gone' });
  });
});

test('what is revealed is recorded before it is given out', async () => {
  const { vault, events } = memoryVault();
  const text = await token(vault, { subject: 'ann' });
  await reveal(vault, text);
  await reveal(vault, 'tok_AAAAAAAAAAAAAAAAAAAAAA');
  expect(events).toMatchObject([
    {
      action: 'reveal',
      outcome: 'ok',
      purpose: 'authorization',
      type: 'card-number',
      caller: CALLER,
      view: 'full',
    },
    { action: 'reveal', outcome: 'token_not_found' },
  ]);
  const silent = memoryVault({}, { audit: { record: () => Promise.reject(new TypeError('no disk')) } });
  const other = await token(silent.vault);
  await expect(reveal(silent.vault, other)).rejects.toThrow('no disk');
});

test('a warm vault asks KMS nothing', async () => {
  const { vault, keys } = memoryVault();
  await reveal(vault, await token(vault, { subject: 'ann', dedupe: 'subject' }, {}));
  const before = { ...keys.calls };
  for (let run = 0; run < 20; run += 1)
    await reveal(vault, await token(vault, { subject: `person-${run}`, dedupe: 'subject' }));
  expect(keys.calls).toEqual(before);
});
