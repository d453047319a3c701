import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { DisableKeyCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import type {
  KmsKeyService,
  VaultKeyArns,
} from '../../../../../lib/constructs/token-vault/runtime/adapters/kms-key-service';
import { S3ErasureLedger } from '../../../../../lib/constructs/token-vault/runtime/adapters/s3-erasure-ledger';
import { S3LedgerObjects } from '../../../../../lib/constructs/token-vault/runtime/adapters/s3-ledger-objects';
import {
  auditGaps,
  StdoutAudit,
} from '../../../../../lib/constructs/token-vault/runtime/adapters/stdout-audit';
import {
  BRANCH_KEY_LIFE,
  LONGEST_LIFE,
} from '../../../../../lib/constructs/token-vault/runtime/app/branch-keys';
import { createTokens } from '../../../../../lib/constructs/token-vault/runtime/app/create';
import type { Created, CreateItem } from '../../../../../lib/constructs/token-vault/runtime/app/create-item';
import { eraseSubject, receiptText } from '../../../../../lib/constructs/token-vault/runtime/app/erase';
import { lookUpTokens } from '../../../../../lib/constructs/token-vault/runtime/app/look-up';
import { replayErasures } from '../../../../../lib/constructs/token-vault/runtime/app/replay';
import { revealTokens } from '../../../../../lib/constructs/token-vault/runtime/app/reveal';
import { rotateBranchKeys } from '../../../../../lib/constructs/token-vault/runtime/app/rotate';
import { BUILT_IN_TYPES } from '../../../../../lib/constructs/token-vault/runtime/app/types';
import { Vault, type VaultProps } from '../../../../../lib/constructs/token-vault/runtime/app/vault';
import type { View } from '../../../../../lib/constructs/token-vault/runtime/core/record';
import type { KeyFailure } from '../../../../../lib/constructs/token-vault/runtime/ports/key-service';
import type { Store } from '../../../../../lib/constructs/token-vault/runtime/ports/store';
import { type LocalDynamo, localDynamo, storeIn } from '../../../../_fixtures/vault/dynamo';
import {
  keyServiceIn,
  ROOT,
  type ServedVaultKms,
  servedKms,
  vaultKeys,
} from '../../../../_fixtures/vault/kms';
import { CALLER, VAULT } from '../../../../_fixtures/vault/memory-vault';
import { type LocalBucket, localBucket } from '../../../../_fixtures/vault/s3';

/** A vault over the real SDKs, against KMS, DynamoDB and S3 on loopback: the main flows, and what KMS can do to them. */
const CARD = '4111111111111111';
const OTHER_CARD = '5555555555554444';

let dynamo: LocalDynamo;
let served: ServedVaultKms;
let bucket: LocalBucket;
beforeAll(async () => {
  [dynamo, served, bucket] = await Promise.all([localDynamo(), servedKms(), localBucket()]);
});
afterAll(() => Promise.all([dynamo.close(), served.close(), bucket.close()]));
beforeEach(() => {
  served.kms.faults.clear();
  served.kms.log.clear();
});

interface Whole {
  readonly vault: Vault;
  readonly store: Store;
  readonly keys: VaultKeyArns;
  readonly service: KmsKeyService;
  readonly lines: string[];
  /** The same tables and keys in another instance of the function, with cold caches. */
  again(props?: Partial<VaultProps>): Vault;
}

async function wholeVault(): Promise<Whole> {
  const keys = vaultKeys(served.kms);
  const store = await storeIn(dynamo);
  const lines: string[] = [];
  const now = () => served.clock.now;
  const service = keyServiceIn(served, keys);
  const again = (props: Partial<VaultProps> = {}) =>
    new Vault({
      name: VAULT,
      types: BUILT_IN_TYPES,
      keys: service,
      store,
      ledger: new S3ErasureLedger(new S3LedgerObjects(bucket.client, bucket.name, bucket.account), now),
      audit: new StdoutAudit((text, done) => {
        lines.push(...text.trimEnd().split('\n'));
        done();
      }, randomBytes(8).toString('hex')),
      now,
      randomBytes,
      ...props,
    });
  return { vault: again(), store, keys, service, lines, again };
}

const items = (count: number, more: Partial<CreateItem> = {}): CreateItem[] =>
  Array.from({ length: count }, () => ({ type: 'card-number', value: CARD, ...more }));

async function create(
  vault: Vault,
  more: Partial<CreateItem> = {},
  tenant = CALLER.tenant,
): Promise<Created> {
  const [made] = await createTokens(
    vault,
    { caller: { ...CALLER, tenant }, mayLookUp: true },
    items(1, more),
  );
  if (made === undefined || 'problem' in made) throw new TypeError(JSON.stringify(made));
  return made;
}

const reveal = (vault: Vault, token: string, view: View = 'full', tenant = CALLER.tenant) =>
  revealTokens(vault, { caller: { ...CALLER, tenant }, requestId: 'r', view, purpose: 'test' }, [token]).then(
    ([result]) => result,
  );
const erase = (vault: Vault, subject: string) =>
  eraseSubject(vault, { caller: CALLER, requestId: 'r' }, subject);
const failing = (failure: KeyFailure) => expect.objectContaining({ name: 'KeyServiceError', failure });

describe('a vault over KMS, DynamoDB and S3', () => {
  test('gives back what it was given, in each view, to its tenant and from every instance', async () => {
    const { vault, again } = await wholeVault();
    const { token, masked } = await create(vault, { subject: 'ann' });
    expect(masked).toBe('************1111');
    for (const instance of [vault, again()]) {
      expect(await reveal(instance, token)).toEqual({ type: 'card-number', value: CARD });
      expect(await reveal(instance, token, 'masked')).toEqual({ type: 'card-number', value: masked });
      expect(await reveal(instance, token, 'full', 'other')).toEqual({ problem: 'token_not_found' });
    }
  });

  test('finds, dedupes and repeats as the one in memory does', async () => {
    const { vault, again } = await wholeVault();
    const { token } = await create(vault, { dedupe: 'tenant' });
    expect((await create(again(), { dedupe: 'tenant' })).token).toBe(token);
    const look = (value: string) =>
      lookUpTokens(again(), { caller: CALLER, requestId: 'r' }, [{ type: 'card-number', value }]);
    expect(await look(CARD)).toEqual([{ token }]);
    expect(await look(OTHER_CARD)).toEqual([{ problem: 'token_not_found' }]);
    const call = { caller: CALLER, mayLookUp: true, idempotencyKey: 'order-1' };
    const [first] = await createTokens(vault, call, items(1));
    expect(await createTokens(again(), call, items(1))).toEqual([first]);
  });

  test('reads a security code once', async () => {
    const { vault, again } = await wholeVault();
    const { token } = await create(vault, { type: 'security-code', value: '123' });
    const read = await Promise.all([reveal(vault, token), reveal(again(), token), reveal(again(), token)]);
    expect(read.filter((result) => result !== undefined && 'value' in result)).toHaveLength(1);
  });

  test('erases with a receipt that the public key in KMS verifies, and a restore does not undo it', async () => {
    const { vault, service, again } = await wholeVault();
    const gone = await create(vault, { subject: 'ann' });
    const kept = await create(vault, { subject: 'bob', value: OTHER_CARD });
    const { signature, ...facts } = await erase(vault, 'ann');
    const publicKey = createPublicKey({
      key: Buffer.from(await service.publicKey()),
      format: 'der',
      type: 'spki',
    });
    expect(verify('sha256', receiptText(facts), publicKey, Buffer.from(signature, 'base64'))).toBe(true);
    expect(await reveal(vault, gone.token)).toEqual({ problem: 'token_gone' });
    // As a restore would leave it: the tables may not answer before the ledger was read.
    const restored = again({ restoreMark: 'restore-1' });
    await expect(reveal(restored, kept.token)).rejects.toMatchObject({ code: 'restore_pending' });
    expect((await replayErasures(restored, 'restore-1')).erased).toBeGreaterThanOrEqual(1);
    expect(await reveal(restored, gone.token)).toEqual({ problem: 'token_gone' });
    expect(await reveal(restored, kept.token)).toMatchObject({ value: OTHER_CARD });
  });

  test('rotates its branch keys, and every token stays readable', async () => {
    const { vault, again } = await wholeVault();
    const tokens: string[] = [];
    for (const subject of ['ann', 'bob']) tokens.push((await create(vault, { subject })).token);
    expect(await rotateBranchKeys(vault, 'shop')).toEqual({ versions: { full: 2, masked: 2 }, rewrapped: 4 });
    for (const instance of [vault, again()])
      for (const token of tokens) expect(await reveal(instance, token)).toMatchObject({ value: CARD });
  });

  test('records each reveal in lines that follow each other, without what was revealed', async () => {
    const { vault, lines } = await wholeVault();
    const { token } = await create(vault, { subject: 'ann' });
    for (let count = 0; count < 3; count += 1) await reveal(vault, token);
    expect(lines.filter((line) => line.includes('"action":"reveal"'))).toHaveLength(3);
    expect(auditGaps(lines)).toEqual([]);
    expect(lines.join('\n')).not.toMatch(/411111|tok_/);
  });
});

describe('what a vault asks of KMS', () => {
  test('is nothing on a warm path', async () => {
    const { vault } = await wholeVault();
    await reveal(vault, (await create(vault, { subject: 'ann', dedupe: 'subject' })).token);
    // Two branch keys are made and opened, and three keys derived: for subjects, indexes and fingerprints.
    expect(served.kms.log.counts).toEqual({ GenerateDataKeyWithoutPlaintext: 2, Decrypt: 2, GenerateMac: 3 });
    served.kms.log.clear();
    const call = { caller: CALLER, mayLookUp: true };
    for (let count = 0; count < 10; count += 1)
      await createTokens(vault, call, items(100, { subject: 'ann' }));
    await reveal(vault, (await create(vault, { subject: 'bob' })).token);
    expect(served.kms.log.counts).toEqual({});
  });

  test('is at most 2,500 for a million tokens in an hour, on 25 instances for 10 tenants', async () => {
    const { vault, again } = await wholeVault();
    const tenants = Array.from({ length: 10 }, (_, at) => `tenant-${at}`);
    const all = (instance: Vault) =>
      Promise.all(tenants.map((tenant) => create(instance, { subject: 'ann' }, tenant)));
    await all(vault);
    served.kms.log.clear();
    const instance = again();
    await all(instance);
    // What an instance asks for when it starts, and once more whenever its keys are old.
    expect(served.kms.log.counts).toEqual({ Decrypt: 20, GenerateMac: 2 });
    const lives = 3_600_000 / BRANCH_KEY_LIFE;
    for (let life = 1; life < lives; life += 1) {
      served.move(BRANCH_KEY_LIFE);
      await all(instance);
    }
    expect(served.kms.log.total).toBe(22 * lives);
    expect(25 * served.kms.log.total).toBeLessThanOrEqual(2500);
  });

  test('is asked once for each key, however many calls wait for it', async () => {
    const { vault, again } = await wholeVault();
    served.kms.faults.delay = 20;
    // A tenant that is new, twenty calls at once.
    await Promise.all(Array.from({ length: 20 }, () => create(vault, { subject: 'ann' })));
    expect(served.kms.log.mostAlike).toBe(1);
    expect(served.kms.log.counts).toEqual({ GenerateDataKeyWithoutPlaintext: 2, Decrypt: 2, GenerateMac: 2 });
    // One that is known, in an instance that starts; and when all keys are old at one time.
    const cold = again();
    for (const instance of [cold, cold]) {
      served.kms.log.clear();
      await Promise.all(Array.from({ length: 20 }, () => create(instance, { subject: 'ann' })));
      expect(served.kms.log.mostAlike).toBe(1);
      expect(served.kms.log.counts).toEqual({ Decrypt: 2, GenerateMac: 2 });
      served.move(BRANCH_KEY_LIFE);
    }
  });
});

describe('a vault whose KMS cannot be reached', () => {
  test.each(['throttle', 'hang'] as const)(
    "by '%s' serves from memory until its keys are too old, then refuses, and comes back",
    async (kind) => {
      const { vault, again } = await wholeVault();
      const { token } = await create(vault, { subject: 'ann' });
      served.kms.log.clear();
      served.kms.faults.add(kind);
      served.move(BRANCH_KEY_LIFE - 1);
      expect(await reveal(vault, token)).toMatchObject({ value: CARD });
      expect(served.kms.log.total).toBe(0);
      // Old keys: it asks, gets nothing, and serves nevertheless; who comes next does not wait for KMS again.
      served.move(1);
      expect(await reveal(vault, token)).toMatchObject({ value: CARD });
      const asked = served.kms.log.total;
      expect(asked).toBeGreaterThan(0);
      for (let count = 0; count < 10; count += 1)
        expect(await reveal(vault, token)).toMatchObject({ value: CARD });
      expect(served.kms.log.total).toBe(asked);
      // An instance that starts has nothing in memory.
      await expect(reveal(again(), token)).rejects.toEqual(failing('unavailable'));

      served.move(LONGEST_LIFE - BRANCH_KEY_LIFE);
      await expect(reveal(vault, token)).rejects.toEqual(failing('unavailable'));
      await expect(create(vault)).rejects.toEqual(failing('unavailable'));
      served.kms.faults.clear();
      expect(await reveal(vault, token)).toMatchObject({ value: CARD });
    },
  );

  test('does not ask for the same key twice at one time, also while it fails', async () => {
    const { vault } = await wholeVault();
    const { token } = await create(vault, { subject: 'ann' });
    served.move(BRANCH_KEY_LIFE);
    served.kms.log.clear();
    served.kms.faults.delay = 10;
    served.kms.faults.add('throttle');
    const all = await Promise.all(Array.from({ length: 30 }, () => reveal(vault, token)));
    expect(all).toEqual(all.map(() => ({ type: 'card-number', value: CARD })));
    expect(served.kms.log.mostAlike).toBe(1);
    // Three attempts for each key that a reveal needs: the index key and one branch key.
    expect(served.kms.log.counts).toEqual({ GenerateMac: 3, Decrypt: 3 });
  });
});

describe('a vault whose keys were taken away', () => {
  test.each<[string, (keys: VaultKeyArns) => Promise<unknown>]>([
    [
      'disabled',
      ({ branch, hmac }) =>
        Promise.all(
          [branch, hmac].map((KeyId) => served.clientOf(ROOT).send(new DisableKeyCommand({ KeyId }))),
        ),
    ],
    [
      'scheduled for deletion',
      ({ branch }) => served.clientOf(ROOT).send(new ScheduleKeyDeletionCommand({ KeyId: branch })),
    ],
  ])('since they are %s refuses as soon as it asks again, and for good', async (_, take) => {
    const { vault, again, keys } = await wholeVault();
    const { token } = await create(vault, { subject: 'ann' });
    await take(keys);
    await expect(reveal(again(), token)).rejects.toEqual(failing('refused'));
    served.move(BRANCH_KEY_LIFE);
    await expect(reveal(vault, token)).rejects.toEqual(failing('refused'));
    // What was refused is not served from memory when KMS then is silent.
    served.kms.faults.add('throttle');
    await expect(reveal(vault, token)).rejects.toEqual(failing('unavailable'));
  });

  test('from one view reads the other', async () => {
    const { vault, again, keys } = await wholeVault();
    const { token } = await create(vault, { subject: 'ann' });
    const key = served.kms.ring.find(keys.branch);
    const [, use] = key.policy.statements;
    if (use === undefined) throw new TypeError('the branch key has no statement of use');
    const masked = { operator: 'StringEquals', key: 'kms:EncryptionContext:view', values: ['masked'] };
    key.policy = {
      statements: key.policy.statements.map((one) =>
        one === use ? { ...one, conditions: [...one.conditions, masked] } : one,
      ),
    };
    expect(await reveal(again(), token, 'masked')).toMatchObject({ value: '************1111' });
    await expect(reveal(again(), token, 'full')).rejects.toEqual(failing('refused'));
  });
});
