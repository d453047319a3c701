import { CfnParameter, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { EncryptedQueue, type EncryptedQueueProps, EncryptedTopic } from '../../../lib/constructs/messaging';
import { findingsOf, nagErrorsOf } from '../judged';
import { FLAGS, rendered, resourcesOf, stackIn } from '../support';

const ACCOUNT = { Ref: 'AWS::AccountId' };
const QUEUE = 'Orders2A43276C';
const RULE = 'arn:aws:events:eu-west-1:111122223333:rule/orders';

function define(props: EncryptedQueueProps = {}, flags: Record<string, unknown> = FLAGS) {
  const stack = stackIn('eu-west-1', flags);
  return { stack, queue: new EncryptedQueue(stack, 'Orders', props) };
}

function actionsOf(stack: ReturnType<typeof stackIn>): unknown[] {
  const [policy] = Object.values(resourcesOf(stack, 'AWS::IAM::Policy'));
  const statements: { Action: unknown }[] = policy?.Properties.PolicyDocument.Statement;
  return statements.map(({ Action }) => Action);
}

const roleIn = (stack: ReturnType<typeof stackIn>) =>
  new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });

describe.each([
  ['under the flags of the baseline', FLAGS],
  ['without any feature flag', {}],
])('EncryptedQueue %s', (_, flags) => {
  test('encrypts both queues with one key of its own, and keeps all three', () => {
    const { stack } = define({}, flags);
    const [key, ...others] = Object.keys(resourcesOf(stack, 'AWS::KMS::Key'));
    expect(others).toEqual([]);
    const queues = Object.values(resourcesOf(stack, 'AWS::SQS::Queue'));
    expect(queues).toHaveLength(2);
    for (const queue of queues) {
      expect(queue).toMatchObject({
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: { KmsMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] } },
      });
    }
    rendered(stack).hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { EnableKeyRotation: true, RotationPeriodInDays: 365 },
    });
  });

  test('denies every call without TLS, to either queue', () => {
    const { stack } = define({}, flags);
    const policies = Object.values(resourcesOf(stack, 'AWS::SQS::QueuePolicy'));
    expect(policies).toHaveLength(2);
    for (const { Properties } of policies) {
      expect(Properties.PolicyDocument.Statement).toEqual([
        {
          Action: 'sqs:*',
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Resource: { 'Fn::GetAtt': [Properties.Queues[0].Ref, 'Arn'] },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ]);
    }
  });
});

describe('EncryptedQueue', () => {
  test('our own pack and cdk-nag find nothing', () => {
    const { stack } = define();
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(stack)).toEqual([]);
  });

  test('logical ids of what holds state do not change', () => {
    const { stack } = define();
    expect(Object.keys(resourcesOf(stack, 'AWS::KMS::Key'))).toEqual(['OrdersKey6C690DD2']);
    expect(Object.keys(resourcesOf(stack, 'AWS::SQS::Queue')).sort()).toEqual([
      QUEUE,
      'OrdersDeadLettersF7B5BD27',
    ]);
  });

  test('gives up after five attempts, and keeps what failed for 14 days since it was sent', () => {
    const { stack, queue } = define();
    rendered(stack).hasResourceProperties('AWS::SQS::Queue', {
      MessageRetentionPeriod: 345_600,
      RedrivePolicy: {
        deadLetterTargetArn: stack.resolve(queue.deadLetterQueue.queueArn),
        maxReceiveCount: 5,
      },
    });
    rendered(stack).hasResourceProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 1_209_600 });
  });

  test('takes a key, a retention, attempts, an order and a removal policy', () => {
    const stack = stackIn('eu-west-1');
    const arn = 'arn:aws:kms:eu-west-1:111122223333:key/orders';
    new EncryptedQueue(stack, 'Orders', {
      encryptionKey: kms.Key.fromKeyArn(stack, 'Key', arn),
      retention: Duration.days(14),
      visibilityTimeout: Duration.minutes(2),
      maxReceiveCount: 1,
      fifo: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    rendered(stack).resourceCountIs('AWS::KMS::Key', 0);
    rendered(stack).allResources('AWS::SQS::Queue', {
      DeletionPolicy: 'Delete',
      Properties: { KmsMasterKeyId: arn, FifoQueue: true, MessageRetentionPeriod: 1_209_600 },
    });
    rendered(stack).hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 120,
      RedrivePolicy: { maxReceiveCount: 1 },
    });
  });

  test.each([Duration.seconds(59), Duration.millis(90_500), Duration.seconds(14 * 86_400 + 1)])(
    'refuses a retention of %s',
    (retention) => {
      expect(() => define({ retention })).toThrow(
        `Stack/Orders: 'retention' must be whole seconds, from one minute to 14 days, got ${retention.toSeconds({ integral: false })} seconds`,
      );
    },
  );

  test.each([0, 1001, 1.5])('refuses %d attempts', (maxReceiveCount) => {
    expect(() => define({ maxReceiveCount })).toThrow(
      `Stack/Orders: 'maxReceiveCount' must be a whole number from 1 to 1000, got ${maxReceiveCount}`,
    );
  });

  test('a sender may use the key too', () => {
    const { stack, queue } = define();
    queue.grantSendMessages(roleIn(stack)).assertSuccess();
    expect(actionsOf(stack)).toEqual([
      ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
      ['kms:Decrypt', 'kms:GenerateDataKey*'],
    ]);
  });

  test('a consumer may decrypt, and not encrypt', () => {
    const { stack, queue } = define();
    queue.grantConsumeMessages(roleIn(stack)).assertSuccess();
    expect(actionsOf(stack)).toEqual([
      [
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ReceiveMessage',
      ],
      'kms:Decrypt',
    ]);
  });

  test('refuses a service as grantee', () => {
    const { queue } = define();
    const service = new iam.ServicePrincipal('s3.amazonaws.com');
    const message =
      "Stack/Orders: 'grantee' must not be a service, which would act on behalf of anybody, use 'allowService'";
    expect(() => queue.grantSendMessages(service)).toThrow(message);
    expect(() => queue.grantConsumeMessages(service)).toThrow(message);
  });

  test('lets a service send on behalf of what is named, with the key of queues of this account', () => {
    const { stack, queue } = define();
    queue.allowService({ service: 'events.amazonaws.com', sourceArns: [RULE] });
    rendered(stack).hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: [
          {},
          {
            Action: 'sqs:SendMessage',
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Resource: { 'Fn::GetAtt': [QUEUE, 'Arn'] },
            Condition: { ArnLike: { 'aws:SourceArn': RULE } },
          },
        ],
      },
    });
    rendered(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: [
          {},
          {
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Principal: { Service: 'events.amazonaws.com' },
            Condition: {
              ArnLike: {
                'kms:EncryptionContext:aws:sqs:arn': {
                  'Fn::Join': ['', ['arn:aws:sqs:eu-west-1:', ACCOUNT, ':*']],
                },
              },
            },
          },
        ],
      },
    });
  });

  test('writes down why a service may send for anybody', () => {
    const { stack, queue } = define();
    const reason = 'The partner service does not say for which of its resources it sends.';
    queue.allowService({ service: 'example.amazonaws.com', withoutSourceReason: reason });
    rendered(stack).hasResource('AWS::SQS::Queue', {
      Metadata: { SecureTransmission: { 'sendWithoutSource example.amazonaws.com': reason } },
    });
    expect(() => queue.allowService({ service: 'example.amazonaws.com' })).toThrow(
      "Stack/Orders: 'sourceArns' must name the resources for which example.amazonaws.com may send",
    );
  });

  test('measures what waits too long and what failed', () => {
    const { stack, queue } = define();
    const age = queue.metricApproximateAgeOfOldestMessage();
    expect([age.namespace, age.metricName, age.statistic]).toEqual([
      'AWS/SQS',
      'ApproximateAgeOfOldestMessage',
      'Maximum',
    ]);
    expect(stack.resolve(age.dimensions)).toEqual({ QueueName: { 'Fn::GetAtt': [QUEUE, 'QueueName'] } });
    const failed = queue.metricDeadLetters();
    expect(failed.metricName).toBe('ApproximateNumberOfMessagesVisible');
    expect(stack.resolve(failed.dimensions)).toEqual({
      QueueName: stack.resolve(queue.deadLetterQueue.queueName),
    });
  });
});

test.each([
  [Duration.hours(12).plus(Duration.seconds(1)), '43201'],
  [Duration.millis(1500), '1.5'],
])('an EncryptedQueue refuses to hide messages for %s', (visibilityTimeout, got) => {
  expect(() => define({ visibilityTimeout })).toThrow(
    `Stack/Orders: 'visibilityTimeout' must be whole seconds, up to 12 hours, got ${got} seconds`,
  );
  expect(() => define({ visibilityTimeout: Duration.hours(12) })).not.toThrow();
});

test('an EncryptedQueue, and an EncryptedTopic, that exist already may be known at deployment only', () => {
  const stack = stackIn('eu-west-1');
  const arnOf = (id: string) => new CfnParameter(stack, id).valueAsString;
  const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', arnOf('KeyArn'));
  const queue = EncryptedQueue.fromEncryptedQueueAttributes(stack, 'Orders', {
    queueArn: arnOf('QueueArn'),
    encryptionKey,
  });
  const topic = EncryptedTopic.fromEncryptedTopicAttributes(stack, 'News', {
    topicArn: arnOf('TopicArn'),
    encryptionKey,
  });
  const role = roleIn(stack);
  queue.grantSendMessages(role);
  topic.grantPublish(role);
  topic.addQueue(queue);
  const granted = JSON.stringify(resourcesOf(stack, 'AWS::IAM::Policy'));
  for (const part of ['sqs:SendMessage', 'sns:Publish', 'QueueArn', 'TopicArn', 'KeyArn']) {
    expect(granted).toContain(part);
  }
  rendered(stack).hasResourceProperties('AWS::SNS::Subscription', {
    TopicArn: { Ref: 'TopicArn' },
    Endpoint: { Ref: 'QueueArn' },
  });
});

test('an EncryptedQueue that exists already lets a principal send, receive and use its key', () => {
  const stack = stackIn('eu-west-1');
  const queue = EncryptedQueue.fromEncryptedQueueAttributes(stack, 'Orders', {
    queueArn: 'arn:aws:sqs:eu-west-1:111122223333:orders',
    encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/orders'),
  });
  const role = roleIn(stack);
  queue.grantSendMessages(role);
  queue.grantConsumeMessages(role);
  const granted = JSON.stringify(resourcesOf(stack, 'AWS::IAM::Policy'));
  for (const part of [
    'sqs:SendMessage',
    'sqs:ReceiveMessage',
    'kms:Decrypt',
    'kms:GenerateDataKey*',
    'key/orders',
  ]) {
    expect(granted).toContain(part);
  }
  expect(stack.resolve(queue.queueUrl)).toEqual({
    'Fn::Join': ['', ['https://sqs.eu-west-1.', { Ref: 'AWS::URLSuffix' }, '/111122223333/orders']],
  });
});
