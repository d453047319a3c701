import type { App, Cursor, Resource } from '../../template';

/** How a type is encrypted: the property that names the key, and the one that turns encryption on. */
export interface KeyPlace {
  readonly key: string;
  /** @default - it is always on */
  readonly on?: string;
  /** Naming a key is what turns encryption on: where none is named, another rule tells it. */
  readonly isSwitch?: true;
}

/** Types whose key the template names, with the property; lists below it are searched whole. */
export const KEY_PLACES: Readonly<Record<string, KeyPlace>> = {
  'AWS::Backup::BackupVault': { key: 'EncryptionKeyArn' },
  'AWS::DSQL::Cluster': { key: 'KmsEncryptionKey' },
  'AWS::DocDB::DBCluster': { key: 'KmsKeyId', on: 'StorageEncrypted' },
  'AWS::DynamoDB::GlobalTable': { key: 'Replicas' },
  'AWS::DynamoDB::Table': { key: 'SSESpecification.KMSMasterKeyId' },
  'AWS::EC2::Volume': { key: 'KmsKeyId', on: 'Encrypted' },
  'AWS::EFS::FileSystem': { key: 'KmsKeyId', on: 'Encrypted' },
  'AWS::ElastiCache::ReplicationGroup': { key: 'KmsKeyId', on: 'AtRestEncryptionEnabled' },
  'AWS::ElastiCache::ServerlessCache': { key: 'KmsKeyId' },
  'AWS::Events::Archive': { key: 'KmsKeyIdentifier' },
  'AWS::Events::EventBus': { key: 'KmsKeyIdentifier' },
  'AWS::FSx::FileSystem': { key: 'KmsKeyId' },
  'AWS::Kinesis::Stream': { key: 'StreamEncryption.KeyId', isSwitch: true },
  'AWS::KinesisFirehose::DeliveryStream': {
    key: 'DeliveryStreamEncryptionConfigurationInput.KeyARN',
    isSwitch: true,
  },
  'AWS::KinesisVideo::Stream': { key: 'KmsKeyId' },
  'AWS::Logs::LogGroup': { key: 'KmsKeyId' },
  'AWS::MSK::Cluster': { key: 'EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId' },
  'AWS::MemoryDB::Cluster': { key: 'KmsKeyId' },
  'AWS::Neptune::DBCluster': { key: 'KmsKeyId', on: 'StorageEncrypted' },
  'AWS::OpenSearchService::Domain': {
    key: 'EncryptionAtRestOptions.KmsKeyId',
    on: 'EncryptionAtRestOptions.Enabled',
  },
  'AWS::RDS::DBCluster': { key: 'KmsKeyId', on: 'StorageEncrypted' },
  'AWS::RDS::DBInstance': { key: 'KmsKeyId', on: 'StorageEncrypted' },
  'AWS::Redshift::Cluster': { key: 'KmsKeyId', on: 'Encrypted' },
  'AWS::RedshiftServerless::Namespace': { key: 'KmsKeyId' },
  'AWS::S3::Bucket': { key: 'BucketEncryption' },
  'AWS::SNS::Topic': { key: 'KmsMasterKeyId', isSwitch: true },
  'AWS::SQS::Queue': { key: 'KmsMasterKeyId' },
  'AWS::SecretsManager::Secret': { key: 'KmsKeyId' },
  'AWS::StepFunctions::StateMachine': { key: 'EncryptionConfiguration.KmsKeyId' },
  'AWS::Timestream::Database': { key: 'KmsKeyId' },
};

/** The stores of each key of this app, in some world. */
export function storesByKey(app: App): ReadonlyMap<Resource, readonly Resource[]> {
  return app.memo(app, 'stores by key', () => {
    const index = new Map<Resource, Resource[]>();
    for (const [type, { key: property }] of Object.entries(KEY_PLACES)) {
      for (const [target, stores] of app.referringBy(type, property)) {
        const key = keyBehind(target, app);
        if (key !== undefined) index.set(key, [...(index.get(key) ?? []), ...stores]);
      }
    }
    return index;
  });
}

/** An alias stands for its key. */
function keyBehind(target: Resource, app: App): Resource | undefined {
  if (target.type === 'AWS::KMS::Key' || target.type === 'AWS::KMS::ReplicaKey') return target;
  if (target.type !== 'AWS::KMS::Alias') return undefined;
  const [key] = [...app.referringBy('AWS::KMS::Alias', 'TargetKeyId')].flatMap(([of, aliases]) =>
    aliases.includes(target) ? [of] : [],
  );
  return key;
}

/** The key of this app that a store is encrypted with in its world, if there is exactly one. */
export function ownKeyOf(store: Cursor): Resource | undefined {
  const { app } = store.world;
  const keys = [...storesByKey(app)].flatMap(([key, stores]) =>
    stores.includes(store.resource) ? [key] : [],
  );
  const [key] = keys;
  return keys.length === 1 ? key : undefined;
}
