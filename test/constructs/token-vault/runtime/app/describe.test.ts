import { createTokens } from '../../../../../lib/constructs/token-vault/runtime/app/create';
import type { CreateItem } from '../../../../../lib/constructs/token-vault/runtime/app/create-item';
import { describeTokens } from '../../../../../lib/constructs/token-vault/runtime/app/describe';
import { eraseSubject } from '../../../../../lib/constructs/token-vault/runtime/app/erase';
import { holdSubject } from '../../../../../lib/constructs/token-vault/runtime/app/hold';
import type { Vault } from '../../../../../lib/constructs/token-vault/runtime/app/vault';
import { KEY_RIGHTS, limitedKeys } from '../../../../../lib/constructs/token-vault/runtime/host/key-rights';
import { CALLER, memoryVault, NOW } from '../../../../_fixtures/vault/memory-vault';

const call = { caller: CALLER, requestId: 'r' };
const SECONDS = NOW / 1000;

async function token(vault: Vault, item: Partial<CreateItem> = {}): Promise<string> {
  const [made] = await createTokens(vault, { caller: CALLER, mayLookUp: true }, [
    { type: 'card-number', value: '4111111111111111', subject: 'ann', ...item },
  ]);
  return made !== undefined && 'token' in made ? made.token : '';
}

test('a description has type, times and hold, and nothing of the value', async () => {
  const { vault, clock, events } = memoryVault();
  const [plain, ends] = [await token(vault), await token(vault, { subject: 'bob', lifeSeconds: 60 })];
  clock.now += 10_000;
  await holdSubject(vault, call, 'bob', SECONDS + 100);
  expect(
    await describeTokens(vault, call, [plain, ends, 'tok_AAAAAAAAAAAAAAAAAAAAAA', '4111111111111111']),
  ).toEqual([
    { type: 'card-number', created: SECONDS },
    { type: 'card-number', created: SECONDS, expires: SECONDS + 60, heldUntil: SECONDS + 100 },
    { problem: 'token_not_found' },
    { problem: 'token_not_found' },
  ]);
  expect(events.filter(({ action }) => action === 'describe').map(({ outcome }) => outcome)).toEqual([
    'ok',
    'ok',
    'token_not_found',
    'token_not_found',
  ]);
});

test('what has ended or was erased is gone, and what is of another tenant is not found', async () => {
  const { vault, clock } = memoryVault();
  const [erased, ended] = [await token(vault), await token(vault, { subject: 'bob', lifeSeconds: 60 })];
  const other = { ...call, caller: { ...CALLER, tenant: 'other' } };
  expect(await describeTokens(vault, other, [erased])).toEqual([{ problem: 'token_not_found' }]);
  await eraseSubject(vault, call, 'ann');
  clock.now += 60_000;
  expect(await describeTokens(vault, call, [erased, ended])).toEqual([
    { problem: 'token_gone' },
    { problem: 'token_gone' },
  ]);
});

test('it needs no key that opens anything', async () => {
  const { vault, keys, store } = memoryVault();
  const text = await token(vault);
  const limited = memoryVault({ store }, { keys: limitedKeys(keys, KEY_RIGHTS['vault-look-up']) });
  expect(await describeTokens(limited.vault, call, [text])).toMatchObject([{ type: 'card-number' }]);
});
