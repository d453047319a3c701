import { Duration, ReferenceStrength, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { DataClassification, EncryptedTable, PrivateNetwork } from 'cdk-secure-transmission';
import { samplesOf } from './passing-code';

/** A key and a secret about persons that exist twice, within the European Economic Area. */
export function copiesOfKeys(stack: Stack): void {
  const app = stack.node.root;
  // #region copiesOfKeys
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true, multiRegion: true });
  const frankfurt = new Stack(app, 'KeysInFrankfurt', { env: { region: 'eu-central-1' } });
  new kms.CfnReplicaKey(frankfurt, 'Key', {
    primaryKeyArn: Stack.consumeReference(key.keyArn, ReferenceStrength.WEAK),
    keyPolicy: new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          principals: [new iam.AccountRootPrincipal()],
          actions: ['kms:*'],
          resources: ['*'],
        }),
      ],
    }),
  });
  const login = new secretsmanager.Secret(stack, 'Login', {
    encryptionKey: key,
    replicaRegions: [{ region: 'eu-central-1' }],
  });
  DataClassification.of(login).holdsPersonalData({
    categories: ['delivery-address'],
    subjects: ['customers'],
    purposes: ['delivery of orders'],
    lawfulBases: ['contract'],
    retentionDays: 90,
    owner: 'orders@shop.example',
  });
  // #endregion copiesOfKeys
}

/** A table that is read in two countries of the European Economic Area, by the network that joins them. */
export function copiesOfTables(stack: Stack): void {
  // #region copiesOfTables
  const { vpc } = new PrivateNetwork(stack, 'Network');
  new ec2.CfnVPCPeeringConnection(stack, 'Frankfurt', {
    vpcId: vpc.vpcId,
    peerVpcId: 'vpc-0123456789abcdef0',
    peerRegion: 'eu-central-1',
  });
  const tlsOnly = new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['dynamodb:*'],
        resources: ['*'],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ],
  });
  const orders = new dynamodb.TableV2(stack, 'Orders', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    encryption: dynamodb.TableEncryptionV2.customerManagedKey(
      new kms.Key(stack, 'Key', { enableKeyRotation: true }),
      { 'eu-central-1': 'arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555' },
    ),
    timeToLiveAttribute: 'expires',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    resourcePolicy: tlsOnly,
    streamResourcePolicy: tlsOnly,
    replicas: [{ region: 'eu-central-1', resourcePolicy: tlsOnly, streamResourcePolicy: tlsOnly }],
  });
  DataClassification.of(orders).holdsPersonalData({
    categories: ['delivery-address'],
    subjects: ['customers'],
    purposes: ['delivery of orders'],
    lawfulBases: ['contract'],
    retentionDays: 90,
    owner: 'orders@shop.example',
  });
  // #endregion copiesOfTables
}

/** A stream and a log about persons: the one forgets in time, the other masks who they are. */
export function passingThrough(stack: Stack): void {
  // #region passingThrough
  const about = {
    categories: ['delivery-address'],
    subjects: ['customers'],
    purposes: ['delivery of orders'],
    lawfulBases: ['contract' as const],
    retentionDays: 90,
    owner: 'orders@shop.example',
  };
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  const shipments = new kinesis.Stream(stack, 'Shipments', {
    encryption: kinesis.StreamEncryption.KMS,
    encryptionKey: key,
    retentionPeriod: Duration.days(7),
  });
  DataClassification.of(shipments).holdsPersonalData(about);
  const log = new logs.LogGroup(stack, 'Log', {
    retention: logs.RetentionDays.THREE_MONTHS,
    dataProtectionPolicy: new logs.DataProtectionPolicy({
      identifiers: [logs.DataIdentifier.ADDRESS, logs.DataIdentifier.EMAILADDRESS, logs.DataIdentifier.NAME],
    }),
  });
  DataClassification.of(log).holdsPersonalData(about);
  // #endregion passingThrough
}

/** Pseudonyms and names, each read by a role of its own. */
export function pseudonyms(stack: Stack): void {
  // #region pseudonyms
  const about = {
    categories: ['delivery-address'],
    subjects: ['customers'],
    purposes: ['delivery of orders'],
    lawfulBases: ['contract' as const],
    retentionDays: 90,
    owner: 'orders@shop.example',
  };
  const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
  const visits = new EncryptedTable(stack, 'Visits', { partitionKey, timeToLiveAttribute: 'expires' });
  DataClassification.of(visits).holdsPseudonymisedPersonalData(about);
  const names = new EncryptedTable(stack, 'Names', { partitionKey, timeToLiveAttribute: 'expires' });
  DataClassification.of(names).holdsPersonalData(about);
  const assumedBy = new iam.ServicePrincipal('ecs-tasks.amazonaws.com');
  visits.grantReadData(new iam.Role(stack, 'Statistics', { assumedBy }));
  names.grantReadData(new iam.Role(stack, 'ServiceDesk', { assumedBy }));
  // #endregion pseudonyms
}

/** A test environment: pseudonyms instead of persons, and nothing of production. */
export function testEnvironment(stack: Stack): void {
  // #region testEnvironment
  Tags.of(stack).add('environment', 'test');
  const orders = new EncryptedTable(stack, 'Orders', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    timeToLiveAttribute: 'expires',
  });
  DataClassification.of(orders).holdsPseudonymisedPersonalData({
    categories: ['delivery-address'],
    subjects: ['customers'],
    purposes: ['delivery of orders'],
    lawfulBases: ['contract'],
    retentionDays: 90,
    owner: 'orders@shop.example',
  });
  // #endregion testEnvironment
}

/** Invoices that nobody changes for ninety days, and somebody may still erase. */
export function lockedInvoices(stack: Stack): void {
  // #region lockedInvoices
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  const invoices = new s3.Bucket(stack, 'Invoices', {
    encryption: s3.BucketEncryption.KMS,
    encryptionKey: key,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(90)),
    lifecycleRules: [
      { expiration: Duration.days(90), noncurrentVersionExpiration: Duration.days(1) },
      { abortIncompleteMultipartUploadAfter: Duration.days(7) },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  DataClassification.of(invoices).holdsPersonalData({
    categories: ['delivery-address'],
    subjects: ['customers'],
    purposes: ['delivery of orders'],
    lawfulBases: ['contract'],
    retentionDays: 90,
    owner: 'orders@shop.example',
  });
  // #endregion lockedInvoices
}

/** Samples of this file. */
export const RESIDENCY = samplesOf('residency.ts', {
  'Copies of a key and a secret': { copiesOfKeys },
  'Copies of a table': { copiesOfTables },
  'A stream and a log about persons': { passingThrough },
  'Pseudonyms and names': { pseudonyms },
  'A test environment': { testEnvironment },
  'Documents that are locked': { lockedInvoices },
});
