import { isAboutPersons } from '../../../core/classification';
import type { PackRule } from '../../packs/pack';
import type { Cursor } from '../../template';
import { arbitrate } from '../arbiter';
import { type PropertyTest, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { handlerMay } from './handlers';
import { ownKeyOf, storesByKey } from './keys-of-stores';
import { mayDo } from './permissions';
import { needsErasureHandler, ONE_MONTH, personalDataAt } from './personal-data';
import { holdingRow, personalDataRow } from './row';

/** What erases data in a store, besides destroying its key. Databases are erased by queries, which no policy shows. */
const ERASING: Readonly<Record<string, readonly string[]>> = {
  'AWS::Cognito::UserPool': ['cognito-idp:AdminDeleteUser', 'cognito-idp:AdminDeleteUserAttributes'],
  'AWS::DynamoDB::GlobalTable': ['dynamodb:DeleteItem', 'dynamodb:BatchWriteItem', 'dynamodb:PartiQLDelete'],
  'AWS::DynamoDB::Table': ['dynamodb:DeleteItem', 'dynamodb:BatchWriteItem', 'dynamodb:PartiQLDelete'],
  'AWS::EFS::FileSystem': ['elasticfilesystem:ClientWrite'],
  'AWS::OpenSearchService::Domain': ['es:ESHttpDelete', 'es:ESHttpPost'],
  'AWS::S3::Bucket': ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  'AWS::SecretsManager::Secret': ['secretsmanager:DeleteSecret', 'secretsmanager:PutSecretValue'],
};

const DESTROYING_A_KEY = ['kms:ScheduleKeyDeletion', 'kms:DisableKey'];

/** Rules on whether data of one person can be erased, with their levels. */
export const ERASURE_ROWS: readonly PackRule[] = [
  holdingRow('warning', {
    id: 'ErasureHandlerIsNamed',
    title: 'a store of personal data says what erases the data of one person',
    risk: 'Somebody asks to be erased, and nobody knows who erases what where: some of it stays, and is found after the next breach.',
    fix: 'Name the function or workflow that erases the data of one person in the tag data:erasure-handler; data that is gone within a month by itself needs none. CDK: erasureHandler of DataClassification, a construct or a name.',
    references: { gdpr: ['17(1)', '12(3)', '19'] },
    judge: ({ description: { value, path }, resource }) => {
      if (value === undefined || !isAboutPersons(value)) return NOT_APPLICABLE;
      if (value.erasureHandler !== undefined || !needsErasureHandler(value)) return COMPLIANT;
      const want = `data:erasure-handler, or data:retention-days of ${ONE_MONTH} or less`;
      return { verdict: 'violation', resource, path, got: 'no erasure handler', want };
    },
  }),
  personalDataRow('info', {
    id: 'ErasureHandlerCanErase',
    title: 'what erases personal data is allowed to, in each store that names it',
    risk: 'The handler runs, is refused, and the data stays: the person is told that it is gone.',
    fix: 'Give the role of the handler permission to erase in the store (s3:DeleteObject and s3:DeleteObjectVersion, dynamodb:DeleteItem, …), or to destroy its key. CDK: grantDelete of Bucket and grantWriteData of Table, given to the handler.',
    references: { gdpr: ['17(1)'] },
    resourceTypes: Object.keys(ERASING),
    test: handlerCanErase,
  }),
  personalDataRow('warning', {
    id: 'LockedPersonalDataCanBeErased',
    title: 'personal data that is locked against removal can still be erased',
    risk: 'Nobody, not even AWS, can remove what is locked in COMPLIANCE mode: who asks to be erased has to be told that it is impossible.',
    fix: 'Lock in GOVERNANCE mode, or no longer than data:retention-days, or encrypt with a key that protects nothing else, so that destroying it erases what is locked; for a vault leave ChangeableForDays of LockConfiguration out. CDK: objectLockDefaultRetention: ObjectLockRetention.governance(…) on Bucket; changeableFor of lockConfiguration on BackupVault.',
    references: { gdpr: ['17(1)', '17(3)(b)'] },
    resourceTypes: ['AWS::S3::Bucket', 'AWS::Backup::BackupVault'],
    test: (properties) =>
      properties.resource.type === 'AWS::S3::Bucket'
        ? bucketCanBeErased(properties)
        : vaultCanBeErased(properties),
  }),
];

function handlerCanErase(store: Cursor): ReturnType<PropertyTest> {
  const actions = ERASING[store.resource.type] ?? [];
  const key = ownKeyOf(store);
  return handlerMay(store, personalDataAt(store)?.erasureHandler, 'data:erasure-handler', {
    want: `allowed ${actions.join(' or ')}, or to destroy the key`,
    may: (permissions) =>
      key === undefined
        ? [mayDo(permissions, actions, store.resource)]
        : [mayDo(permissions, actions, store.resource), mayDo(permissions, DESTROYING_A_KEY, key)],
  });
}

/** Destroying the key of a store erases it, and nothing else. */
function isErasedByKey(store: Cursor): boolean {
  const key = ownKeyOf(store);
  return key !== undefined && (storesByKey(store.world.app).get(key) ?? []).length === 1;
}

function bucketCanBeErased(bucket: Cursor): Verdict {
  const holds = personalDataAt(bucket);
  const retention = bucket.at('ObjectLockConfiguration', 'Rule', 'DefaultRetention');
  if (holds === undefined || !retention.isPresent) return NOT_APPLICABLE;
  const { ruling, most, because } = arbitrate('immutability', {
    holds,
    isErasedByKey: isErasedByKey(bucket),
  });
  if (ruling !== 'bounded') return COMPLIANT;
  const mode = retention.at('Mode').string();
  if (mode.state === 'unresolved') return unknown(retention.at('Mode'), mode.why);
  if (mode.state !== 'given' || mode.value !== 'COMPLIANCE') return COMPLIANT;
  const [at, perUnit] = retention.at('Years').isPresent
    ? [retention.at('Years'), 365]
    : [retention.at('Days'), 1];
  return lockEnds(at, perUnit, most, because);
}

/** A lock that can still be changed has no `ChangeableForDays`: it is one of governance. */
function vaultCanBeErased(vault: Cursor): Verdict {
  const holds = personalDataAt(vault);
  const lock = vault.at('LockConfiguration');
  if (holds === undefined || !lock.at('ChangeableForDays').isPresent) return NOT_APPLICABLE;
  const { ruling, most, because } = arbitrate('immutability', { holds, isErasedByKey: isErasedByKey(vault) });
  return ruling === 'bounded' ? lockEnds(lock.at('MinRetentionDays'), 1, most, because) : COMPLIANT;
}

function lockEnds(at: Cursor, perUnit: number, most: number | undefined, because: string): Verdict {
  const length = at.number();
  if (length.state === 'unresolved') return unknown(at, length.why);
  if (length.state === 'absent') return COMPLIANT;
  if (most !== undefined && length.value * perUnit <= most) return COMPLIANT;
  const unit = perUnit === 1 ? 'days' : 'years';
  const want =
    most === undefined
      ? 'GOVERNANCE mode'
      : `${Math.floor(most / perUnit)} ${unit} or less, or GOVERNANCE mode`;
  return violation(at, `${length.value} ${unit} in COMPLIANCE mode`, want, because);
}
