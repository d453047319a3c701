import { Duration, RemovalPolicy, Size, type Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  EncryptedTable,
  LogBucket,
  LogKind,
  PrivateNetwork,
  TlsCache,
  TlsDatabase,
} from 'cdk-secure-transmission';

/** A bucket that forgets, refuses plaintext, and is nobody else's. */
export function bucket(stack: Stack): void {
  // #region bucket
  const accessLogs = new LogBucket(stack, 'AccessLogs', { kind: LogKind.S3_SERVER_ACCESS });
  new s3.Bucket(stack, 'Invoices', {
    encryption: s3.BucketEncryption.KMS,
    encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
    bucketKeyEnabled: true,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    serverAccessLogsBucket: accessLogs.bucket,
    serverAccessLogsPrefix: 'invoices/',
    versioned: true,
    lifecycleRules: [
      {
        expiration: Duration.days(365),
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  // #endregion bucket
}

/** Stores that are encrypted and that nobody reaches in clear. */
export function dataStores(stack: Stack): void {
  // #region dataStores
  const { vpc } = new PrivateNetwork(stack, 'Network');
  new TlsDatabase(stack, 'Orders', { vpc });
  new TlsCache(stack, 'Sessions', { vpc }).addUser('Shop');
  new EncryptedTable(stack, 'Carts', {
    partitionKey: { name: 'cart', type: dynamodb.AttributeType.STRING },
    timeToLiveAttribute: 'expires',
  });
  // #endregion dataStores
}

/** A stream and a disk under keys of the account. */
export function streamAndDisk(stack: Stack): void {
  // #region streamAndDisk
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  new kinesis.Stream(stack, 'Clicks', {
    encryption: kinesis.StreamEncryption.KMS,
    encryptionKey: key,
    retentionPeriod: Duration.hours(24),
  });
  new ec2.Volume(stack, 'Disk', {
    availabilityZone: 'eu-west-1a',
    size: Size.gibibytes(10),
    encrypted: true,
    encryptionKey: key,
  });
  // #endregion streamAndDisk
}
