import { createPublicKey, verify } from 'node:crypto';
import type { KMSClient } from '@aws-sdk/client-kms';
import { KEY_BUDGET } from '../../../../../lib/constructs/token-vault/runtime/adapters/kms-attempts';
import {
  KmsKeyService,
  type VaultKeyArns,
} from '../../../../../lib/constructs/token-vault/runtime/adapters/kms-key-service';
import { DERIVED_KEYS } from '../../../../../lib/constructs/token-vault/runtime/core/identity';
import type {
  BranchKeyId,
  KeyService,
} from '../../../../../lib/constructs/token-vault/runtime/ports/key-service';
import { KeyServiceError } from '../../../../../lib/constructs/token-vault/runtime/ports/key-service';
import {
  keyServiceIn,
  type ServedVaultKms,
  STRANGER,
  servedKms,
  VAULT_ROLE,
  vaultKeys,
} from '../../../../_fixtures/vault/kms';
import { VAULT } from '../../../../_fixtures/vault/memory-vault';

/** In milliseconds. */
const MACHINE_IS_BUSY = 1000;
const ID: BranchKeyId = { vault: VAULT, tenant: 'shop', view: 'full', version: 1 };

let served: ServedVaultKms;
let keys: VaultKeyArns;
let service: KmsKeyService;
beforeAll(async () => {
  served = await servedKms();
});
afterAll(() => served.close());
beforeEach(() => {
  served.kms.faults.clear();
  served.kms.log.clear();
  keys = vaultKeys(served.kms);
  service = keyServiceIn(served, keys);
});

/** What went wrong, and that it holds nothing of what KMS said. */
async function failureOf(work: Promise<unknown>): Promise<string> {
  const failure: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(KeyServiceError);
  const { message, failure: kind, cause } = failure as KeyServiceError;
  expect(Object.keys(failure as object).sort()).toEqual(['failure', 'name']);
  expect([message, cause]).toEqual([
    `the key service is ${kind === 'unavailable' ? 'not available' : 'refusing'}`,
    undefined,
  ]);
  return kind;
}

describe('a branch key', () => {
  test('is made without anybody seeing it, and unwrapped to 32 bytes, again and again the same', async () => {
    const wrapped = await service.newBranchKey(ID);
    expect(wrapped).toHaveLength(184);
    expect(served.kms.log.counts).toEqual({ GenerateDataKeyWithoutPlaintext: 1 });
    const key = await service.unwrapBranchKey(ID, wrapped);
    expect(key).toHaveLength(32);
    expect(await service.unwrapBranchKey(ID, wrapped)).toEqual(key);
    expect(await service.newBranchKey(ID)).not.toEqual(wrapped);
  });

  test('stands in the log of KMS with its vault, tenant, view and version', async () => {
    await service.unwrapBranchKey(ID, await service.newBranchKey(ID));
    const context = { vault: VAULT, tenant: 'shop', view: 'full', version: '1' };
    expect(served.kms.log.calls).toEqual([
      expect.objectContaining({ operation: 'GenerateDataKeyWithoutPlaintext', keyId: keys.branch, context }),
      expect.objectContaining({ operation: 'Decrypt', keyId: keys.branch, context }),
    ]);
  });

  test.each<[string, Partial<BranchKeyId>]>([
    ['tenant', { tenant: 'other' }],
    ['view', { view: 'masked' }],
    ['version', { version: 2 }],
    ['vault', { vault: 'another' }],
  ])('of another %s is not this one', async (_, more) => {
    const wrapped = await service.newBranchKey(ID);
    expect(await failureOf(service.unwrapBranchKey({ ...ID, ...more }, wrapped))).toBe('refused');
    expect(served.kms.log.counts.Decrypt).toBe(1);
  });

  test('under another key is refused, though that key could be used', async () => {
    const other = keyServiceIn(served, vaultKeys(served.kms));
    expect(await failureOf(service.unwrapBranchKey(ID, await other.newBranchKey(ID)))).toBe('refused');
    expect(served.kms.log.calls.at(-1)).toMatchObject({ error: 'IncorrectKeyException' });
  });

  test('is refused to a role that the key policy does not name', async () => {
    const stranger = keyServiceIn(served, keys, STRANGER);
    expect(await failureOf(stranger.newBranchKey(ID))).toBe('refused');
    expect(await failureOf(stranger.unwrapBranchKey(ID, await service.newBranchKey(ID)))).toBe('refused');
  });

  test('of another length is none that a vault made', async () => {
    const send = async () => ({ Plaintext: new Uint8Array(16) });
    const short = new KmsKeyService({ send } as unknown as KMSClient, VAULT, keys);
    expect(await failureOf(short.unwrapBranchKey(ID, new Uint8Array(184)))).toBe('refused');
    const empty = new KmsKeyService({ send: async () => ({}) } as unknown as KMSClient, VAULT, keys);
    expect(await failureOf(empty.unwrapBranchKey(ID, new Uint8Array(184)))).toBe('unavailable');
  });
});

test('derived keys are the same each time, and differ by use and by vault', async () => {
  const all = await Promise.all(DERIVED_KEYS.map((name) => service.derive(name)));
  expect(all.map(({ length }) => length)).toEqual([32, 32, 32, 32]);
  const texts = (some: readonly Uint8Array[]) => some.map((key) => Buffer.from(key).toString('hex'));
  expect(new Set(texts(all)).size).toBe(4);
  expect(await Promise.all(DERIVED_KEYS.map((name) => service.derive(name)))).toEqual(all);
  const other = new KmsKeyService(served.functionClientOf(VAULT_ROLE), 'another', keys);
  expect(texts(await Promise.all(DERIVED_KEYS.map((name) => other.derive(name))))).not.toEqual(texts(all));
});

test('a receipt of any length is signed, and the public key verifies it', async () => {
  const publicKey = createPublicKey({
    key: Buffer.from(await service.publicKey()),
    format: 'der',
    type: 'spki',
  });
  for (const message of [Buffer.from('a receipt'), Buffer.alloc(10_000, 7)]) {
    const signature = await service.sign(message);
    expect(verify('sha256', message, publicKey, signature)).toBe(true);
    expect(verify('sha256', Buffer.from('another'), publicKey, signature)).toBe(false);
  }
});

describe('KMS that does not answer as it should', () => {
  test.each(['throttle', 'internal', 'reset', 'cut', 'page'] as const)(
    "by '%s' is asked again, twice at most",
    async (kind) => {
      served.kms.faults.add(kind, 'GenerateMac', 2);
      expect(await service.derive('subject')).toHaveLength(32);
      expect(served.kms.log.counts.GenerateMac).toBe(3);
      served.kms.faults.add(kind);
      expect(await failureOf(service.derive('subject'))).toBe('unavailable');
      expect(served.kms.log.counts.GenerateMac).toBe(6);
    },
  );

  test('at all is given up within its budget', async () => {
    served.kms.faults.add('hang');
    const started = performance.now();
    expect(await failureOf(service.sign(Buffer.from('x')))).toBe('unavailable');
    const took = performance.now() - started;
    expect(took).toBeLessThan(KEY_BUDGET + MACHINE_IS_BUSY);
    expect(took).toBeGreaterThan(KEY_BUDGET - 200);
    expect(served.kms.log.counts.Sign).toBe(3);
  });

  test('once is asked again, before the budget ends', async () => {
    served.kms.faults.add('hang', '*', 1);
    expect(await service.derive('fingerprint')).toHaveLength(32);
    expect(served.kms.log.counts.GenerateMac).toBe(2);
  });

  test('nor does what gives credentials: that ends as well', async () => {
    const client = served.functionClientOf(STRANGER);
    client.config.credentials = () => new Promise(() => undefined);
    const waiting = new KmsKeyService(client, VAULT, keys);
    const started = performance.now();
    expect(await failureOf(waiting.derive('subject'))).toBe('unavailable');
    expect(performance.now() - started).toBeLessThan(KEY_BUDGET + MACHINE_IS_BUSY);
  });

  test('to a clock that is off is asked again by the clock that it told', async () => {
    const client = served.functionClientOf(VAULT_ROLE);
    client.config.systemClockOffset -= 3_600_000;
    expect(await new KmsKeyService(client, VAULT, keys).derive('subject')).toHaveLength(32);
    expect(served.kms.log.calls.map(({ error }) => error)).toEqual(['InvalidSignatureException', undefined]);
  });

  test.each<[string, (id: string) => void, string]>([
    ['a disabled key', (id) => (served.kms.ring.find(id).state = 'Disabled'), 'DisabledException'],
    [
      'a key pending deletion',
      (id) => (served.kms.ring.find(id).state = 'PendingDeletion'),
      'KMSInvalidStateException',
    ],
    ['a key that is gone', (id) => served.kms.ring.remove(served.kms.ring.find(id)), 'NotFoundException'],
  ])('since it refuses %s is not asked again', async (_, change, name) => {
    for (const key of Object.values(keys)) change(key);
    const asked: readonly Promise<unknown>[] = [
      service.newBranchKey(ID),
      service.unwrapBranchKey(ID, new Uint8Array(184)),
      service.derive('subject'),
      service.sign(Buffer.from('x')),
    ];
    for (const work of asked) expect(await failureOf(work)).toBe('refused');
    expect(served.kms.log.calls.map(({ error }) => error)).toEqual(asked.map(() => name));
  });

  test('makes those who were turned away come back one by one: pauses are random, and grow', async () => {
    served.kms.faults.add('throttle');
    const pauses: number[] = [];
    const waiting = {
      random: () => 0.5,
      pause: async (milliseconds: number) => void pauses.push(milliseconds),
    };
    const slow: KeyService = new KmsKeyService(served.functionClientOf(STRANGER), VAULT, keys, waiting);
    expect(await failureOf(slow.derive('subject'))).toBe('unavailable');
    expect(pauses).toEqual([25, 50]);
  });
});
