import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import {
  DataClassification,
  EncryptedTable,
  EncryptedTopic,
  PrivateNetwork,
  TlsDatabase,
} from 'cdk-secure-transmission';
import { samplesOf } from './passing-code';

/** A function that hands persons what is kept about them, and may read it. */
export function accessHandler(stack: Stack): void {
  // #region accessHandler
  const orders = new EncryptedTable(stack, 'Orders', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    timeToLiveAttribute: 'expires',
  });
  const access = new lambda.Function(stack, 'Access', {
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
  });
  orders.grantReadData(access);
  DataClassification.of(orders).holdsPersonalData({
    categories: ['delivery-address'],
    subjects: ['customers'],
    purposes: ['delivery of orders'],
    lawfulBases: ['contract'],
    retentionDays: 400,
    owner: 'orders@shop.example',
    accessHandler: access.node.path,
  });
  // #endregion accessHandler
}

/** A bucket that keeps documents of persons as long as it says, and no old version or broken upload longer. */
export function retention(stack: Stack): void {
  // #region retention
  const documents = new s3.Bucket(stack, 'Documents', {
    encryption: s3.BucketEncryption.KMS,
    encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
    bucketKeyEnabled: true,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
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
  DataClassification.of(documents).holdsPersonalData({
    categories: ['identity-document'],
    subjects: ['customers'],
    purposes: ['proof of age'],
    lawfulBases: ['legal-obligation'],
    retentionDays: 365,
    owner: 'accounts@shop.example',
  });
  // #endregion retention
}

/** Data on health, with what the law asks of it before the first person is stored. */
export function impactAssessment(stack: Stack): void {
  // #region impactAssessment
  const diets = new EncryptedTable(stack, 'Diets', {
    partitionKey: { name: 'customer', type: dynamodb.AttributeType.STRING },
    timeToLiveAttribute: 'expires',
  });
  DataClassification.of(diets).holdsSpecialCategoryData({
    categories: ['allergies'],
    subjects: ['customers'],
    purposes: ['choice of meals'],
    lawfulBases: ['consent'],
    specialCategoryConditions: ['explicit-consent'],
    retentionDays: 180,
    owner: 'meals@shop.example',
    impactAssessment: 'https://wiki.shop.example/impact/diets',
    impactAssessmentReviewed: '2026-09-14',
  });
  // #endregion impactAssessment
}

/** Everything that a stack keeps says what it is, each or all at once. */
export function classifiedStack(stack: Stack): void {
  // #region classifiedStack
  const { vpc } = new PrivateNetwork(stack, 'Network');
  const prices = new TlsDatabase(stack, 'Prices', { vpc });
  // Nearer words win, and nothing is merged.
  DataClassification.of(stack).holdsInternalData({ owner: 'platform@shop.example' });
  DataClassification.of(prices).holdsPublicData({ owner: 'catalogue@shop.example' });
  // #endregion classifiedStack
}

/** Copies that stay where the law of the original holds. */
export function replicas(stack: Stack): void {
  // #region replicas
  const copies = new s3.Bucket(stack, 'Copies', {
    versioned: true,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
  });
  const originals = new s3.Bucket(stack, 'Originals', {
    versioned: true,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    replicationRules: [{ destination: copies, priority: 1 }],
  });
  DataClassification.of(originals).holdsPersonalData({
    categories: ['delivery-address'],
    subjects: ['customers'],
    purposes: ['delivery of orders'],
    lawfulBases: ['contract'],
    retentionDays: 90,
    owner: 'orders@shop.example',
  });
  // #endregion replicas
}

/** Files that are copied to another country of the European Economic Area. */
export function fileReplica(stack: Stack): void {
  // #region fileReplica
  const { vpc } = new PrivateNetwork(stack, 'Network');
  const files = new efs.FileSystem(stack, 'Letters', {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    encrypted: true,
    kmsKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
    replicationConfiguration: efs.ReplicationConfiguration.regionalFileSystem('eu-central-1'),
  });
  DataClassification.of(files).holdsPersonalData({
    categories: ['delivery-address'],
    subjects: ['customers'],
    purposes: ['delivery of orders'],
    lawfulBases: ['contract'],
    retentionDays: 90,
    owner: 'orders@shop.example',
  });
  // #endregion fileReplica
}

/** Backups that are copied to another country of the European Economic Area. */
export function backupCopies(stack: Stack): void {
  // #region backupCopies
  const { vpc } = new PrivateNetwork(stack, 'Network');
  const orders = new rds.DatabaseCluster(stack, 'Orders', {
    engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_5 }),
    writer: rds.ClusterInstance.serverlessV2('Writer'),
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    storageEncryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
    parameters: { 'rds.force_ssl': '1', ssl_min_protocol_version: 'TLSv1.2' },
  });
  DataClassification.of(orders).holdsPersonalData({
    categories: ['delivery-address'],
    subjects: ['customers'],
    purposes: ['delivery of orders'],
    lawfulBases: ['contract'],
    retentionDays: 90,
    owner: 'orders@shop.example',
  });
  const elsewhere = backup.BackupVault.fromBackupVaultArn(
    stack,
    'Elsewhere',
    'arn:aws:backup:eu-central-1:111122223333:backup-vault:copies',
  );
  const plan = new backup.BackupPlan(stack, 'Plan');
  plan.addRule(
    new backup.BackupPlanRule({
      scheduleExpression: events.Schedule.cron({ hour: '3', minute: '0' }),
      deleteAfter: Duration.days(35),
      copyActions: [{ destinationBackupVault: elsewhere, deleteAfter: Duration.days(35) }],
    }),
  );
  plan.addSelection('Orders', { resources: [backup.BackupResource.fromRdsDatabaseCluster(orders)] });
  // #endregion backupCopies
}

/** One door to buckets in several regions, all of them within the European Economic Area. */
export function accessPoints(stack: Stack): void {
  const app = stack.node.root;
  // #region accessPoints
  const frankfurt = new Stack(app, 'Frankfurt', { env: { region: 'eu-central-1' } });
  const documents = { enforceSSL: true, minimumTLSVersion: 1.2 };
  const here = new s3.Bucket(stack, 'Documents', { ...documents, bucketName: 'documents-in-dublin' });
  const there = new s3.Bucket(frankfurt, 'Documents', { ...documents, bucketName: 'documents-in-frankfurt' });
  for (const bucket of [here, there]) {
    DataClassification.of(bucket).holdsPersonalData({
      categories: ['delivery-address'],
      subjects: ['customers'],
      purposes: ['delivery of orders'],
      lawfulBases: ['contract'],
      retentionDays: 90,
      owner: 'orders@shop.example',
    });
  }
  const publicAccessBlockConfiguration = {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  };
  new s3.CfnAccessPoint(stack, 'Reading', { bucket: here.bucketName, publicAccessBlockConfiguration });
  new s3.CfnMultiRegionAccessPoint(stack, 'Everywhere', {
    regions: [{ bucket: here.bucketName }, { bucket: there.bucketName }],
    publicAccessBlockConfiguration,
  });
  // #endregion accessPoints
}

/** Others who get data of persons, and are written down. */
export function recipients(stack: Stack): void {
  // #region recipients
  const shipments = new EncryptedTopic(stack, 'Shipments');
  shipments.addSubscription(new subscriptions.UrlSubscription('https://api.parcels.example/shipments'));
  const labels = new s3.Bucket(stack, 'Labels', { enforceSSL: true, minimumTLSVersion: 1.2 });
  labels.grantRead(new iam.AccountPrincipal('444455556666'));
  for (const store of [shipments, labels]) {
    DataClassification.of(store).holdsPersonalData({
      categories: ['delivery-address'],
      subjects: ['customers'],
      purposes: ['delivery of orders'],
      lawfulBases: ['contract'],
      retentionDays: 90,
      owner: 'orders@shop.example',
      recipients: ['Parcels Ltd, account 444455556666'],
    });
  }
  // #endregion recipients
}

/** Samples of this file. */
export const PERSONS = samplesOf('persons.ts', {
  'Access to data about oneself': { accessHandler },
  'Documents of persons in a bucket': { retention },
  'Special categories of personal data': { impactAssessment },
  'A stack that says what it holds': { classifiedStack },
  'A replica of a bucket': { replicas },
  'A replica of files': { fileReplica },
  'Copies of backups': { backupCopies },
  'Access points': { accessPoints },
  'Recipients of personal data': { recipients },
});
