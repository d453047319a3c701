import type { KMS } from '@aws-sdk/client-kms';
import { REGION, ROOT, type ServedVaultKms, servedKms, VAULT_ROLE } from '../../_fixtures/vault/kms';
import vectors from '../../_fixtures/vectors/wycheproof-hmac-sha256.json';

let served: ServedVaultKms;
beforeAll(async () => {
  served = await servedKms();
});
afterAll(() => served.close());
beforeEach(() => served.kms.faults.clear());

/** The SDK's real client. */
const kmsOf = () => served.clientOf(ROOT);
const symmetric = async (kms: KMS) => (await kms.createKey({})).KeyMetadata?.KeyId ?? '';
const DAY = 24 * 60 * 60 * 1000;
const bytes = (text: string) => Buffer.from(text);

describe('a symmetric key', () => {
  test('is described as KMS describes one', async () => {
    const kms = kmsOf();
    const { KeyMetadata: made } = await kms.createKey({ Description: 'for a test' });
    expect(made).toMatchObject({
      AWSAccountId: '111122223333',
      Description: 'for a test',
      Enabled: true,
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
      MultiRegion: false,
      Origin: 'AWS_KMS',
      CreationDate: new Date(served.clock.now),
    });
    expect(made?.Arn).toBe(`arn:aws:kms:${REGION}:111122223333:key/${made?.KeyId}`);
    expect(await kms.describeKey({ KeyId: made?.Arn })).toMatchObject({ KeyMetadata: made });
  });

  test('encrypts and decrypts, with the context and no other', async () => {
    const kms = kmsOf();
    const KeyId = await symmetric(kms);
    const EncryptionContext = { tenant: 'shop', view: 'full' };
    const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: bytes('4111'), EncryptionContext });
    const opened = await kms.decrypt({ CiphertextBlob, EncryptionContext: { view: 'full', tenant: 'shop' } });
    expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('4111');
    const others: readonly Record<string, string>[] = [
      {},
      { tenant: 'shop' },
      { tenant: 'shop', view: 'masked' },
      { tenantshop: '', view: 'full' },
    ];
    for (const other of others)
      await expect(kms.decrypt({ CiphertextBlob, EncryptionContext: other })).rejects.toMatchObject({
        name: 'InvalidCiphertextException',
      });
  });

  test('refuses a ciphertext with any byte changed', async () => {
    const kms = kmsOf();
    const KeyId = await symmetric(kms);
    const { CiphertextBlob = new Uint8Array() } = await kms.encrypt({ KeyId, Plaintext: bytes('x') });
    for (let at = 0; at < CiphertextBlob.length; at += 13) {
      const changed = Uint8Array.from(CiphertextBlob);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(kms.decrypt({ CiphertextBlob: changed })).rejects.toMatchObject({
        name: 'InvalidCiphertextException',
      });
    }
  });

  test('wraps a data key in 184 bytes, as KMS does, twice in two ways', async () => {
    const kms = kmsOf();
    const KeyId = await symmetric(kms);
    const one = await kms.generateDataKey({ KeyId, KeySpec: 'AES_256' });
    const other = await kms.generateDataKeyWithoutPlaintext({ KeyId, KeySpec: 'AES_256' });
    expect([one.CiphertextBlob?.length, other.CiphertextBlob?.length, one.Plaintext?.length]).toEqual([
      184, 184, 32,
    ]);
    expect(other).not.toHaveProperty('Plaintext');
    expect((await kms.decrypt({ CiphertextBlob: one.CiphertextBlob })).Plaintext).toEqual(one.Plaintext);
    expect((await kms.generateDataKey({ KeyId, NumberOfBytes: 17 })).Plaintext).toHaveLength(17);
    await expect(kms.generateDataKey({ KeyId })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('is taken for another where the ciphertext is of another', async () => {
    const kms = kmsOf();
    const [one, other] = [await symmetric(kms), await symmetric(kms)];
    const { CiphertextBlob } = await kms.encrypt({ KeyId: one, Plaintext: bytes('x') });
    await expect(kms.decrypt({ CiphertextBlob, KeyId: other })).rejects.toMatchObject({
      name: 'IncorrectKeyException',
      message: 'The key ID in the request does not identify a CMK that can perform this operation.',
    });
  });

  test('is changed by ReEncrypt without anybody who sees the plaintext', async () => {
    const kms = kmsOf();
    const [one, other] = [await symmetric(kms), await symmetric(kms)];
    const from = { a: '1' };
    const to = { b: '2' };
    const { CiphertextBlob } = await kms.encrypt({
      KeyId: one,
      Plaintext: bytes('x'),
      EncryptionContext: from,
    });
    const moved = await kms.reEncrypt({
      CiphertextBlob,
      SourceEncryptionContext: from,
      DestinationKeyId: other,
      DestinationEncryptionContext: to,
    });
    expect(moved.SourceKeyId).toMatch(new RegExp(`${one}$`));
    const { Plaintext } = await kms.decrypt({
      CiphertextBlob: moved.CiphertextBlob,
      KeyId: other,
      EncryptionContext: to,
    });
    expect(Buffer.from(Plaintext ?? []).toString()).toBe('x');
  });

  test('opens what older materials made, after a rotation on demand and one in time', async () => {
    const kms = kmsOf();
    const KeyId = await symmetric(kms);
    const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: bytes('x') });
    await kms.rotateKeyOnDemand({ KeyId });
    await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
    expect(await kms.getKeyRotationStatus({ KeyId })).toMatchObject({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 90,
      NextRotationDate: new Date(served.clock.now + 90 * DAY),
    });
    const key = served.kms.ring.find(KeyId);
    served.move(180 * DAY);
    try {
      await kmsOf().encrypt({ KeyId, Plaintext: bytes('y') });
      expect(key.materials).toHaveLength(4);
      expect((await kmsOf().decrypt({ CiphertextBlob })).Plaintext).toEqual(new Uint8Array(bytes('x')));
    } finally {
      served.move(-180 * DAY);
    }
  });
});

describe('a key that cannot be used', () => {
  test('is disabled, pending deletion, then gone; and what it encrypted with it', async () => {
    const kms = kmsOf();
    const KeyId = await symmetric(kms);
    const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: bytes('x') });
    await kms.disableKey({ KeyId });
    await expect(kms.decrypt({ CiphertextBlob })).rejects.toMatchObject({
      name: 'DisabledException',
      message: expect.stringMatching(/^arn:aws:kms:eu-west-1:111122223333:key\/\S+ is disabled\.$/),
      $metadata: expect.objectContaining({ httpStatusCode: 400, attempts: 1 }),
    });
    await kms.enableKey({ KeyId });
    expect(await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 })).toMatchObject({
      KeyState: 'PendingDeletion',
      DeletionDate: new Date(served.clock.now + 7 * DAY),
    });
    await expect(kms.decrypt({ CiphertextBlob })).rejects.toMatchObject({ name: 'KMSInvalidStateException' });
    await kms.cancelKeyDeletion({ KeyId });
    await expect(kms.decrypt({ CiphertextBlob })).rejects.toMatchObject({ name: 'DisabledException' });
    await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
    served.move(7 * DAY);
    try {
      await expect(kmsOf().describeKey({ KeyId })).rejects.toMatchObject({ name: 'NotFoundException' });
      await expect(kmsOf().decrypt({ CiphertextBlob })).rejects.toMatchObject({
        name: 'InvalidCiphertextException',
      });
    } finally {
      served.move(-7 * DAY);
    }
  });

  test('is of another kind, or was never there', async () => {
    const kms = kmsOf();
    const { KeyMetadata } = await kms.createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const KeyId = KeyMetadata?.KeyId;
    await expect(kms.encrypt({ KeyId, Plaintext: bytes('x') })).rejects.toMatchObject({
      name: 'InvalidKeyUsageException',
      message: expect.stringContaining('key usage is GENERATE_VERIFY_MAC which is not valid for Encrypt'),
    });
    await expect(kms.enableKeyRotation({ KeyId })).rejects.toMatchObject({
      name: 'UnsupportedOperationException',
    });
    await expect(kms.describeKey({ KeyId: '00000000-0000-0000-0000-000000000000' })).rejects.toMatchObject({
      name: 'NotFoundException',
      message: expect.stringMatching(/ does not exist$/),
    });
    await expect(kms.describeKey({ KeyId: 'alias/nobody' })).rejects.toMatchObject({
      message: expect.stringMatching(/^Alias arn:\S+:alias\/nobody is not found\.$/),
    });
    await expect(kms.encrypt({ KeyId: 'x'.repeat(9), Plaintext: bytes('x') })).rejects.toMatchObject({
      message: "Invalid keyId 'xxxxxxxxx'",
    });
  });

  test('is found by its alias, which can be moved', async () => {
    const kms = kmsOf();
    const [one, other] = [await symmetric(kms), await symmetric(kms)];
    await kms.createAlias({ AliasName: 'alias/branch', TargetKeyId: one });
    await expect(kms.createAlias({ AliasName: 'alias/branch', TargetKeyId: other })).rejects.toMatchObject({
      name: 'AlreadyExistsException',
    });
    await kms.updateAlias({ AliasName: 'alias/branch', TargetKeyId: other });
    expect((await kms.describeKey({ KeyId: 'alias/branch' })).KeyMetadata?.KeyId).toBe(other);
    await kms.deleteAlias({ AliasName: 'alias/branch' });
    await expect(kms.describeKey({ KeyId: 'alias/branch' })).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  test('would have done it: a dry run says so, and does nothing', async () => {
    const kms = kmsOf();
    const KeyId = await symmetric(kms);
    await expect(kms.encrypt({ KeyId, Plaintext: bytes('x'), DryRun: true })).rejects.toMatchObject({
      name: 'DryRunOperationException',
    });
  });
});

describe('an HMAC key', () => {
  test('gives the MACs of Wycheproof, and takes no other', async () => {
    // A key of KMS has 32 bytes, and a message at least one.
    const cases = vectors.tests.filter(({ key, msg }) => key.length === 64 && msg !== '');
    expect(cases.length).toBeGreaterThan(20);
    const kms = kmsOf();
    const MacAlgorithm = 'HMAC_SHA_256';
    for (const { key, msg, tag, result } of cases) {
      const material = Buffer.from(key, 'hex');
      const KeyId = served.kms.addKey({ spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC', material });
      const message = { KeyId, MacAlgorithm, Message: Buffer.from(msg, 'hex') } as const;
      const verified = kms.verifyMac({ ...message, Mac: Buffer.from(tag, 'hex') });
      if (result === 'valid') {
        expect(Buffer.from((await kms.generateMac(message)).Mac ?? []).toString('hex')).toBe(tag);
        expect(await verified).toMatchObject({ MacValid: true });
      } else await expect(verified).rejects.toMatchObject({ name: 'KMSInvalidMacException' });
    }
  });
});

test('what it does not know it says, rather than to leave it out', async () => {
  const kms = kmsOf();
  const KeyId = await symmetric(kms);
  await expect(
    kms.createGrant({ KeyId, GranteePrincipal: VAULT_ROLE.arn, Operations: ['Decrypt'] }),
  ).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
  await expect(kms.encrypt({ KeyId, Plaintext: bytes('x'), GrantTokens: ['t'] })).rejects.toMatchObject({
    name: 'UnsupportedOperationException',
  });
  expect(served.kms.log.calls.at(-1)).toEqual({
    operation: 'Encrypt',
    at: served.clock.now,
    principal: ROOT.arn,
    keyId: KeyId,
    context: {},
    error: 'UnsupportedOperationException',
  });
});
