import { SecretValue, Size } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as events from 'aws-cdk-lib/aws-events';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { DefaultConstruct } from './default-construct';

const POSTGRES = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 });
const AURORA = rds.DatabaseClusterEngine.auroraPostgres({
  version: rds.AuroraPostgresEngineVersion.VER_16_6,
});
const KEY: dynamodb.Attribute = { name: 'id', type: dynamodb.AttributeType.STRING };

/** Where data stays: databases, buckets, queues, streams, secrets. */
export const STORE_CONSTRUCTS: readonly DefaultConstruct[] = [
  {
    name: 'aws-backup.BackupPlan',
    build: (stack) => void new backup.BackupPlan(stack, 'It').addRule(backup.BackupPlanRule.daily()),
  },
  { name: 'aws-backup.BackupVault', build: (stack) => void new backup.BackupVault(stack, 'It') },
  {
    name: 'aws-docdb.DatabaseCluster',
    build: (stack, { vpc }) => {
      const instanceType = ec2.InstanceType.of(ec2.InstanceClass.R6G, ec2.InstanceSize.LARGE);
      new docdb.DatabaseCluster(stack, 'It', { vpc, instanceType, masterUser: { username: 'shop' } });
    },
  },
  {
    name: 'aws-dynamodb.Table',
    build: (stack) => void new dynamodb.Table(stack, 'It', { partitionKey: KEY }),
  },
  {
    name: 'aws-dynamodb.TableV2',
    build: (stack) => void new dynamodb.TableV2(stack, 'It', { partitionKey: KEY }),
  },
  {
    name: 'aws-ec2.Volume',
    build: (stack) =>
      void new ec2.Volume(stack, 'It', { availabilityZone: 'eu-west-1a', size: Size.gibibytes(10) }),
  },
  { name: 'aws-ecr.Repository', build: (stack) => void new ecr.Repository(stack, 'It') },
  { name: 'aws-efs.FileSystem', build: (stack, { vpc }) => void new efs.FileSystem(stack, 'It', { vpc }) },
  {
    name: 'aws-efs.AccessPoint',
    build: (stack, { vpc }) => {
      const fileSystem = efs.FileSystem.fromFileSystemAttributes(stack, 'Files', {
        fileSystemId: 'fs-1',
        securityGroup: new ec2.SecurityGroup(stack, 'Group', { vpc }),
      });
      new efs.AccessPoint(stack, 'It', { fileSystem });
    },
  },
  { name: 'aws-events.EventBus', build: (stack) => void new events.EventBus(stack, 'It') },
  {
    name: 'aws-events.Archive',
    build: (stack) => {
      const sourceEventBus = events.EventBus.fromEventBusName(stack, 'Bus', 'shop');
      new events.Archive(stack, 'It', { sourceEventBus, eventPattern: { source: ['shop'] } });
    },
  },
  {
    name: 'aws-events.ApiDestination',
    build: (stack) => {
      const authorization = events.Authorization.apiKey('x-api-key', SecretValue.secretsManager('key'));
      const connection = new events.Connection(stack, 'Connection', { authorization });
      new events.ApiDestination(stack, 'It', { connection, endpoint: 'https://partner.example.com' });
    },
  },
  {
    name: 'aws-fsx.LustreFileSystem',
    build: (stack, { vpc }) => {
      const [vpcSubnet] = vpc.privateSubnets;
      if (vpcSubnet === undefined) throw new RangeError('the network has no private subnet');
      const lustreConfiguration = { deploymentType: fsx.LustreDeploymentType.SCRATCH_2 };
      new fsx.LustreFileSystem(stack, 'It', {
        vpc,
        vpcSubnet,
        lustreConfiguration,
        storageCapacityGiB: 1200,
      });
    },
  },
  { name: 'aws-kinesis.Stream', build: (stack) => void new kinesis.Stream(stack, 'It') },
  {
    name: 'aws-kinesisfirehose.DeliveryStream',
    build: (stack, { bucket }) =>
      void new firehose.DeliveryStream(stack, 'It', { destination: new firehose.S3Bucket(bucket) }),
  },
  { name: 'aws-kms.Key', build: (stack) => void new kms.Key(stack, 'It') },
  { name: 'aws-logs.LogGroup', build: (stack) => void new logs.LogGroup(stack, 'It') },
  {
    name: 'aws-opensearchservice.Domain',
    build: (stack) =>
      void new opensearch.Domain(stack, 'It', { version: opensearch.EngineVersion.OPENSEARCH_2_19 }),
  },
  {
    name: 'aws-rds.DatabaseInstance',
    build: (stack, { vpc }) => void new rds.DatabaseInstance(stack, 'It', { vpc, engine: POSTGRES }),
  },
  {
    name: 'aws-rds.DatabaseCluster',
    build: (stack, { vpc }) => {
      const writer = rds.ClusterInstance.serverlessV2('Writer');
      new rds.DatabaseCluster(stack, 'It', { vpc, engine: AURORA, writer });
    },
  },
  {
    name: 'aws-rds.DatabaseProxy',
    build: (stack, { vpc }) => {
      const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Login', 'shop');
      const proxyTarget = rds.ProxyTarget.fromInstance(
        rds.DatabaseInstance.fromDatabaseInstanceAttributes(stack, 'Database', {
          instanceIdentifier: 'shop',
          instanceEndpointAddress: 'shop.example.com',
          port: 5432,
          securityGroups: [],
          engine: POSTGRES,
        }),
      );
      new rds.DatabaseProxy(stack, 'It', { vpc, proxyTarget, secrets: [secret] });
    },
  },
  { name: 'aws-s3.Bucket', build: (stack) => void new s3.Bucket(stack, 'It') },
  { name: 'aws-secretsmanager.Secret', build: (stack) => void new secretsmanager.Secret(stack, 'It') },
  {
    name: 'aws-secretsmanager.RotationSchedule',
    build: (stack, { handler }) => {
      const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Login', 'shop');
      new secretsmanager.RotationSchedule(stack, 'It', { secret, rotationLambda: handler });
    },
  },
  { name: 'aws-sns.Topic', build: (stack) => void new sns.Topic(stack, 'It') },
  {
    name: 'aws-sns.Subscription',
    build: (stack) => {
      const topic = sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:shop');
      const protocol = sns.SubscriptionProtocol.SQS;
      new sns.Subscription(stack, 'It', {
        topic,
        protocol,
        endpoint: 'arn:aws:sqs:eu-west-1:111122223333:shop',
      });
    },
  },
  { name: 'aws-sqs.Queue', build: (stack) => void new sqs.Queue(stack, 'It') },
];
