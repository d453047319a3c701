import type { PackRule } from '../../packs/pack';
import { type Cursor, Unresolved } from '../../template';
import { unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { KEY_PLACES, storesByKey } from './keys-of-stores';
import { holdsAccountData, personalAmong, personalDataAt } from './personal-data';
import { personalDataRow } from './row';

/** Types of which another rule asks for a key of one's own, whatever they hold. */
const ASKED_ELSEWHERE: ReadonlySet<string> = new Set([
  'AWS::Backup::BackupVault',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Logs::LogGroup',
  'AWS::Redshift::Cluster',
  'AWS::RedshiftServerless::Namespace',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
]);

/** Types of which a rule here asks for a key, where they hold personal data. */
export const OWN_KEY_TYPES: readonly string[] = Object.keys(KEY_PLACES).filter(
  (type) => !ASKED_ELSEWHERE.has(type),
);

/** Rules on the keys of personal data, with their levels. */
export const ENCRYPTION_ROWS: readonly PackRule[] = [
  personalDataRow('info', {
    id: 'PersonalDataHasOwnKey',
    title: 'personal data is encrypted with a key whose use its owner decides',
    risk: 'Whoever may read the store reads the data: no second permission stands in the way, nobody sees in the trail who used the key, and no key can be destroyed to erase what is in backups.',
    fix: 'Name a key of AWS KMS of your own, with EnableKeyRotation true, in the property that the type has for it (KmsKeyId, KmsMasterKeyId, EncryptionKeyArn, …). CDK: encryptionKey, kmsKey, storageEncryptionKey or masterKey of the construct; the default is a key of AWS.',
    references: { gdpr: ['32(1)(a)', '17(1)', '25(1)'] },
    resourceTypes: OWN_KEY_TYPES,
    test: hasOwnKey,
  }),
  personalDataRow('info', {
    id: 'PersonalDataKeyIsNotShared',
    title: 'a key of personal data protects nothing else',
    risk: 'The key cannot be destroyed to erase the data, since other data would go with it; and who may decrypt the one decrypts the other: pseudonyms and names, for instance.',
    fix: 'Give stores that hold different data (data:classification) keys of their own. CDK: a Key for each, in encryptionKey of the store.',
    references: { gdpr: ['17(1)', '32(1)(a)', '25(1)'] },
    resourceTypes: ['AWS::KMS::Key'],
    test: (properties) => {
      const { world, resource } = properties;
      const stores = personalAmong(storesByKey(world.app).get(resource) ?? [], world);
      const sets = new Map(
        stores.map(({ view, description: { holds } }) => [[...holds].sort().join(' and '), view.resource]),
      );
      // Of keys of account data, AccountDataKeyIsDedicated asks.
      if (stores.length === 0 || stores.some(({ description }) => holdsAccountData(description)))
        return NOT_APPLICABLE;
      if (sets.size === 1) return COMPLIANT;
      const detail = [...sets].map(([held, { logicalId }]) => `${held} in ${logicalId}`).join(', ');
      return violation(properties, `a key of ${sets.size} kinds of data`, 'a key for each', detail);
    },
  }),
];

function hasOwnKey(properties: Cursor): Verdict | readonly Verdict[] {
  const place = KEY_PLACES[properties.resource.type];
  if (place === undefined || personalDataAt(properties) === undefined) return NOT_APPLICABLE;
  const { key, on } = place;
  if (on !== undefined) {
    const enabled = properties.at(...on.split('.')).boolean();
    // Where it is off or hidden, StoreIsEncrypted tells it.
    if (enabled.state !== 'given' || !enabled.value) return NOT_APPLICABLE;
  }
  const at = properties.at(...key.split('.'));
  return place.isSwitch === true && !at.isPresent ? NOT_APPLICABLE : isOwn(at);
}

function isOwn(at: Cursor): Verdict {
  const want = 'a key of your own';
  const value = at.value();
  if (value === undefined || value === '') return violation(at, 'absent', want);
  if (value instanceof Unresolved) return unknown(at, value.why);
  return typeof value === 'string' && /(^|:)alias\/aws\//.test(value)
    ? violation(at, value, want)
    : COMPLIANT;
}
