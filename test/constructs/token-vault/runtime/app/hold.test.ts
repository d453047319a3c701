import { createTokens } from '../../../../../lib/constructs/token-vault/runtime/app/create';
import { eraseSubject } from '../../../../../lib/constructs/token-vault/runtime/app/erase';
import { holdSubject } from '../../../../../lib/constructs/token-vault/runtime/app/hold';
import { CALLER, memoryVault, NOW } from '../../../../_fixtures/vault/memory-vault';

const call = { caller: CALLER, requestId: 'r' };
const SECONDS = NOW / 1000;

async function held(until: number) {
  const memory = memoryVault();
  const item = { type: 'card-number', value: '4111111111111111', subject: 'ann' };
  await createTokens(memory.vault, { caller: CALLER, mayLookUp: false }, [item]);
  expect(await holdSubject(memory.vault, call, 'ann', until)).toEqual({ until });
  return memory;
}

test('a subject that is held is not erased until then', async () => {
  const { vault, clock, events } = await held(SECONDS + 60);
  await expect(eraseSubject(vault, call, 'ann')).rejects.toMatchObject({ code: 'legal_hold' });
  clock.now += 60_000;
  await expect(eraseSubject(vault, call, 'ann')).resolves.toMatchObject({ tenant: 'shop' });
  expect(events[0]).toMatchObject({
    action: 'hold',
    outcome: 'ok',
    caller: CALLER,
    subject: expect.any(String),
  });
});

test('a hold can be ended, which 0 does', async () => {
  const { vault } = await held(SECONDS + 60);
  expect(await holdSubject(vault, call, 'ann', 0)).toEqual({ until: 0 });
  await expect(eraseSubject(vault, call, 'ann')).resolves.toMatchObject({ tenant: 'shop' });
});

test.each([
  ['a time that is over', 'ann', SECONDS, 'invalid_request'],
  ['a subject that there is not', 'bob', SECONDS + 60, 'subject_not_found'],
])('%s is refused', async (_, name, until, code) => {
  const { vault } = await held(SECONDS + 60);
  await expect(holdSubject(vault, call, name, until)).rejects.toMatchObject({ code });
});

test('a subject of another tenant is not there', async () => {
  const { vault } = await held(SECONDS + 60);
  const other = { ...call, caller: { ...CALLER, tenant: 'other' } };
  await expect(holdSubject(vault, other, 'ann', 0)).rejects.toMatchObject({ code: 'subject_not_found' });
});

test('a subject that was erased is not held any more, and it is recorded that somebody tried', async () => {
  const { vault, events } = await held(0);
  await eraseSubject(vault, call, 'ann');
  await expect(holdSubject(vault, call, 'ann', SECONDS + 60)).rejects.toMatchObject({
    code: 'subject_erased',
  });
  expect(events.at(-1)).toMatchObject({ action: 'hold', outcome: 'subject_erased' });
});
