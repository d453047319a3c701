import { Duration } from 'aws-cdk-lib';
import { AttributeType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { EncryptedTable, TlsCache, TlsDatabase } from '../../../lib';
import { type ConstructSample, existingKey, existingVpc } from './construct-sample';

/** Where data rests, reached over TLS only. */
export const DATA_STORE_SAMPLES: readonly ConstructSample[] = [
  {
    construct: 'EncryptedTable',
    build: (stack) =>
      new EncryptedTable(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } }),
  },
  {
    construct: 'EncryptedTable',
    options: 'sorted, a key that exists, a stream, entries that expire, a limit on requests',
    build: (stack, around) =>
      new EncryptedTable(stack, 'Orders', {
        partitionKey: { name: 'customer', type: AttributeType.STRING },
        sortKey: { name: 'placed', type: AttributeType.NUMBER },
        encryptionKey: existingKey(around),
        stream: StreamViewType.KEYS_ONLY,
        timeToLiveAttribute: 'expires',
        maxReadRequestUnits: 1000,
        maxWriteRequestUnits: 500,
      }),
  },
  {
    construct: 'TlsDatabase',
    build: (stack, around) => new TlsDatabase(stack, 'Orders', { vpc: existingVpc(around) }),
  },
  {
    construct: 'TlsDatabase',
    options: 'provisioned instances, one reader, a key that exists, another port',
    build: (stack, around) =>
      new TlsDatabase(stack, 'Orders', {
        vpc: existingVpc(around),
        databaseName: 'orders',
        port: 5433,
        instanceType: ec2.InstanceType.of(ec2.InstanceClass.R7G, ec2.InstanceSize.LARGE),
        readers: 1,
        encryptionKey: existingKey(around),
        backupRetention: Duration.days(35),
      }),
  },
  {
    construct: 'TlsCache',
    build: (stack, around) => {
      const cache = new TlsCache(stack, 'Sessions', { vpc: existingVpc(around) });
      cache.addUser('Shop');
      return cache;
    },
  },
  {
    construct: 'TlsCache',
    options: 'a key that exists, a limit on data, snapshots',
    build: (stack, around) => {
      const cache = new TlsCache(stack, 'Sessions', {
        vpc: existingVpc(around),
        encryptionKey: existingKey(around),
        maxDataStorage: 5,
        snapshotRetention: Duration.days(7),
      });
      cache.addUser('Shop', { accessString: 'on ~session:* &* -@all +get +set +del' });
      return cache;
    },
  },
  {
    construct: 'CacheUser',
    build: (stack, around) => new TlsCache(around, 'Sessions', { vpc: existingVpc(stack) }).addUser('Shop'),
  },
];
