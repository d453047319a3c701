import { type App, Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { AccountPrincipal, AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LambdaDestination, SnsDestination, SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { ENV, type KnownGood } from './known-good';

const TLS_ONLY = { enforceSSL: true, minimumTLSVersion: 1.2 };

function buckets(stack: Stack, fn: LambdaFunction, queue: Queue, topic: Topic): s3.Bucket {
  const logs = new s3.Bucket(stack, 'Logs', { ...TLS_ONLY, encryption: s3.BucketEncryption.S3_MANAGED });
  const replica = new s3.Bucket(stack, 'Replica', {
    ...TLS_ONLY,
    versioned: true,
    bucketName: 'shop-replica',
  });
  const bucket = new s3.Bucket(stack, 'Bucket', {
    ...TLS_ONLY,
    versioned: true,
    serverAccessLogsBucket: logs,
    replicationRules: [{ destination: replica, priority: 1 }],
    inventories: [{ destination: { bucket: logs } }],
  });
  bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new SqsDestination(queue), { prefix: 'a/' });
  bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new SnsDestination(topic), { prefix: 'b/' });
  bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new LambdaDestination(fn), { prefix: 'c/' });
  bucket.grantRead(new AccountPrincipal('444455556666'));
  return bucket;
}

/** Buckets, topics, queues, buses, secrets, registries and delivery streams. */
function build(app: App): void {
  const stack = new Stack(app, 'Messaging', { env: ENV });
  const fn = new LambdaFunction(stack, 'Function', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => {};'),
  });
  const key = new Key(stack, 'Key', { enableKeyRotation: true });
  const dead = new Queue(stack, 'Dead', { enforceSSL: true });
  const queue = new Queue(stack, 'Queue', {
    enforceSSL: true,
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: key,
    deadLetterQueue: { queue: dead, maxReceiveCount: 3 },
  });
  const topic = new Topic(stack, 'Topic', { enforceSSL: true, masterKey: key });
  topic.addSubscription(new subscriptions.SqsSubscription(queue));
  topic.addSubscription(new subscriptions.LambdaSubscription(fn));
  topic.addSubscription(new subscriptions.UrlSubscription('https://hooks.example.com/orders'));
  const bucket = buckets(stack, fn, queue, topic);

  const bus = new events.EventBus(stack, 'Bus');
  new events.Archive(stack, 'Archive', {
    sourceEventBus: bus,
    retention: Duration.days(30),
    eventPattern: { source: ['shop'] },
  });
  const connection = new events.Connection(stack, 'Connection', {
    authorization: events.Authorization.oauth({
      authorizationEndpoint: 'https://idp.example.com/token',
      clientId: 'shop',
      clientSecret: SecretValue.secretsManager('partner'),
      httpMethod: events.HttpMethod.POST,
    }),
  });
  new events.Rule(stack, 'Rule', {
    eventBus: bus,
    eventPattern: { source: ['shop'] },
    targets: [
      new targets.SqsQueue(queue),
      new targets.SnsTopic(topic),
      new targets.LambdaFunction(fn),
      new targets.ApiDestination(
        new events.ApiDestination(stack, 'Destination', {
          connection,
          endpoint: 'https://partner.example.com/events',
        }),
      ),
    ],
  });

  const secret = new Secret(stack, 'Secret', { encryptionKey: key });
  secret.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['secretsmanager:*'],
      resources: ['*'],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  );
  secret.grantRead(fn);
  const repository = new Repository(stack, 'Repository', { imageScanOnPush: true });
  repository.grantPull(new AccountPrincipal('444455556666'));

  new firehose.DeliveryStream(stack, 'Stream', {
    destination: new firehose.S3Bucket(bucket, { processors: [new firehose.LambdaFunctionProcessor(fn)] }),
    encryption: firehose.StreamEncryption.customerManagedKey(key),
  });
  new firehose.DeliveryStream(stack, 'Partner', {
    destination: new firehose.HttpEndpoint({
      endpointConfig: { url: 'https://logs.example.com/v1' },
      s3Backup: { bucket },
    }),
    encryption: firehose.StreamEncryption.awsOwnedKey(),
  });
}

export const MESSAGING: KnownGood = { area: 'storage and messaging', build, remaining: [] };
