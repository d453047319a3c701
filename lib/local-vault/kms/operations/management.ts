import { locksOut } from '../key-policy';
import { arnIn, KEY_USAGES, type KeySpec, type KmsKey, metadataOf, newMaterial } from '../keys';
import { invalid, KmsError } from '../kms-error';
import { readPolicy } from '../policy-document';
import type { Call, Operation } from './operation';

const DAY = 24 * 60 * 60 * 1000;
/** AWS KMS API reference, `PutKeyPolicy`: 32 KB. */
const LONGEST_POLICY = 32_768;
const SPECS = Object.keys(KEY_USAGES).filter((name): name is KeySpec => name in KEY_USAGES);

/** What is done with keys themselves. */
export const MANAGEMENT: Readonly<Record<string, Operation>> = {
  CreateKey({ ring, principal, fields }) {
    fields.refuse('CustomKeyStoreId', 'XksKeyId', 'GrantTokens');
    fields.word('Origin', ['AWS_KMS'], 'AWS_KMS');
    const spec = fields.word('KeySpec', SPECS, 'SYMMETRIC_DEFAULT');
    const [usual] = KEY_USAGES[spec];
    // Only what has one use may leave it out (API reference, CreateKey, KeyUsage).
    const usage = fields.word('KeyUsage', KEY_USAGES[spec], spec === 'SYMMETRIC_DEFAULT' ? usual : undefined);
    const policy = fields.optionalText('Policy');
    const key = ring.add({
      spec,
      usage,
      description: fields.optionalText('Description') ?? '',
      multiRegion: fields.flag('MultiRegion'),
      ...(policy === undefined ? {} : { policy }),
    });
    if (!fields.flag('BypassPolicyLockoutSafetyCheck') && locksOut(key.policy, key, principal)) {
      ring.remove(key);
      throw lockedOut();
    }
    return { KeyMetadata: metadataOf(key) };
  },

  DescribeKey: (call) => ({ KeyMetadata: metadataOf(managed(call, 'kms:DescribeKey')) }),

  ListKeys: ({ ring }) => ({
    Keys: ring.keys.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })),
    Truncated: false,
  }),

  EnableKey(call) {
    const key = managed(call, 'kms:EnableKey');
    assertStays(key);
    key.state = 'Enabled';
    return {};
  },

  DisableKey(call) {
    const key = managed(call, 'kms:DisableKey');
    assertStays(key);
    key.state = 'Disabled';
    return {};
  },

  ScheduleKeyDeletion(call) {
    const days = call.fields.whole('PendingWindowInDays', 7, 30, 30);
    const key = managed(call, 'kms:ScheduleKeyDeletion', {
      'kms:ScheduleKeyDeletionPendingWindowInDays': String(days),
    });
    assertStays(key);
    key.state = 'PendingDeletion';
    key.deletion = call.ring.now() + days * DAY;
    return {
      KeyId: key.arn,
      DeletionDate: key.deletion / 1000,
      KeyState: key.state,
      PendingWindowInDays: days,
    };
  },

  CancelKeyDeletion(call) {
    const key = managed(call, 'kms:CancelKeyDeletion');
    if (key.state !== 'PendingDeletion')
      throw new KmsError('KMSInvalidStateException', `${key.arn} is not pending deletion.`);
    delete key.deletion;
    // It can be used again only when somebody enables it.
    key.state = 'Disabled';
    return { KeyId: key.arn };
  },

  PutKeyPolicy(call) {
    const { fields, principal } = call;
    fields.word('PolicyName', ['default'], 'default');
    const key = managed(call, 'kms:PutKeyPolicy');
    const text = fields.text('Policy');
    if (text.length > LONGEST_POLICY)
      throw new KmsError('MalformedPolicyDocumentException', 'The policy is too long');
    const policy = readPolicy(text);
    if (!fields.flag('BypassPolicyLockoutSafetyCheck') && locksOut(policy, key, principal)) throw lockedOut();
    key.policy = policy;
    key.policyText = text;
    return {};
  },

  GetKeyPolicy(call) {
    call.fields.word('PolicyName', ['default'], 'default');
    return { Policy: managed(call, 'kms:GetKeyPolicy').policyText, PolicyName: 'default' };
  },

  EnableKeyRotation(call) {
    const days = call.fields.whole('RotationPeriodInDays', 90, 2560, 365);
    const key = rotatable(call, 'kms:EnableKeyRotation');
    key.rotation = { days, next: call.ring.now() + days * DAY };
    return {};
  },

  DisableKeyRotation(call) {
    delete rotatable(call, 'kms:DisableKeyRotation').rotation;
    return {};
  },

  GetKeyRotationStatus(call) {
    const key = managed(call, 'kms:GetKeyRotationStatus');
    const { rotation } = key;
    return {
      KeyId: key.arn,
      KeyRotationEnabled: rotation !== undefined,
      ...(rotation && { RotationPeriodInDays: rotation.days, NextRotationDate: rotation.next / 1000 }),
    };
  },

  RotateKeyOnDemand(call) {
    const key = rotatable(call, 'kms:RotateKeyOnDemand');
    key.materials.push(newMaterial(key.spec));
    return { KeyId: key.arn };
  },

  CreateAlias(call) {
    const name = aliasName(call);
    if (call.ring.aliases.has(name))
      throw new KmsError('AlreadyExistsException', `An alias with the name ${name} already exists`);
    call.ring.setAlias(name, target(call, 'kms:CreateAlias').id);
    return {};
  },

  UpdateAlias(call) {
    const name = aliasName(call);
    call.ring.find(name);
    call.ring.setAlias(name, target(call, 'kms:UpdateAlias').id);
    return {};
  },

  DeleteAlias({ ring, principal, fields }) {
    const name = aliasName({ ring, principal, fields });
    ring.allow(ring.find(name), principal, { action: 'kms:DeleteAlias' });
    ring.deleteAlias(name);
    return {};
  },

  ListAliases: ({ ring }) => ({
    Aliases: [...ring.aliases].map(([name, id]) => ({
      AliasName: name,
      AliasArn: arnIn(ring.place, name),
      TargetKeyId: id,
    })),
    Truncated: false,
  }),
};

function managed(
  { ring, principal, fields }: Call,
  action: string,
  more: Record<string, string> = {},
): KmsKey {
  return ring.use({ keyId: fields.text('KeyId'), principal, action, more });
}

function target({ ring, principal, fields }: Call, action: string): KmsKey {
  return ring.use({ keyId: fields.text('TargetKeyId'), principal, action });
}

/** Only symmetric keys change their material (AWS KMS developer guide, "Rotating AWS KMS keys"). */
function rotatable(call: Call, action: string): KmsKey {
  const key = managed(call, action);
  call.ring.assertUsable(key);
  if (key.spec !== 'SYMMETRIC_DEFAULT')
    throw new KmsError('UnsupportedOperationException', `${key.arn} cannot be rotated.`);
  return key;
}

function assertStays({ arn, state }: KmsKey): void {
  if (state === 'PendingDeletion')
    throw new KmsError('KMSInvalidStateException', `${arn} is pending deletion.`);
}

function aliasName({ fields }: Call): string {
  const name = fields.text('AliasName');
  if (!/^alias\/[\w/-]{1,250}$/.test(name) || name.startsWith('alias/aws/'))
    throw name.startsWith('alias/')
      ? new KmsError('InvalidAliasNameException', 'Alias must not begin with alias/aws/')
      : invalid('Invalid identifier');
  return name;
}

function lockedOut(): KmsError {
  return new KmsError(
    'MalformedPolicyDocumentException',
    'The new key policy will not allow you to update the key policy in the future.',
  );
}
