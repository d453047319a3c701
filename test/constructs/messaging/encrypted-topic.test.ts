import { Aws, CfnParameter } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EncryptedQueue, EncryptedTopic } from '../../../lib/constructs/messaging';
import { findingsOf, nagErrorsOf } from '../judged';
import { FLAGS, rendered, resourcesOf, stackIn, statementsOf } from '../support';

const ACCOUNT = { Ref: 'AWS::AccountId' };
const REASON = 'The operators read alarms about machines by mail, which name no customer.';
const ALARMS = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*';

function define(flags: Record<string, unknown> = FLAGS) {
  const stack = stackIn('eu-west-1', flags);
  return { stack, topic: new EncryptedTopic(stack, 'Orders') };
}

function keyStatements(stack: ReturnType<typeof stackIn>): readonly Record<string, unknown>[] {
  const [key] = Object.values(resourcesOf(stack, 'AWS::KMS::Key'));
  return key?.Properties.KeyPolicy.Statement.slice(1);
}

describe.each([
  ['under the flags of the baseline', FLAGS],
  ['without any feature flag', {}],
])('EncryptedTopic %s', (_, flags) => {
  test('encrypts with a key of its own, and signs with SHA-256', () => {
    const { stack } = define(flags);
    rendered(stack).hasResourceProperties('AWS::SNS::Topic', {
      KmsMasterKeyId: { 'Fn::GetAtt': [Object.keys(resourcesOf(stack, 'AWS::KMS::Key'))[0], 'Arn'] },
      SignatureVersion: '2',
    });
    rendered(stack).hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { EnableKeyRotation: true, RotationPeriodInDays: 365 },
    });
  });

  test('denies every call without TLS', () => {
    const { stack } = define(flags);
    const statements = statementsOf(stack, 'AWS::SNS::TopicPolicy');
    for (const statement of statements) {
      expect(statement).toMatchObject({
        Effect: 'Deny',
        Principal: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
    }
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([
      'sns:AddPermission',
      'sns:DeleteTopic',
      'sns:GetTopicAttributes',
      'sns:ListSubscriptionsByTopic',
      'sns:Publish',
      'sns:RemovePermission',
      'sns:SetTopicAttributes',
      'sns:Subscribe',
    ]);
  });

  test('a queue that shares its key can subscribe: nothing depends on itself', () => {
    const { stack, topic } = define(flags);
    const queue = new EncryptedQueue(stack, 'Queue', { encryptionKey: topic.encryptionKey });
    topic.addQueue(queue);
    // `Template.fromStack` refuses a template with a cycle.
    rendered(stack).resourceCountIs('AWS::SNS::Subscription', 1);
    rendered(stack).resourceCountIs('AWS::KMS::Key', 1);
  });
});

describe('EncryptedTopic', () => {
  test('our own pack and cdk-nag find nothing', () => {
    const { stack } = define();
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(stack)).toEqual([]);
  });

  test('logical ids of what holds state do not change', () => {
    const { stack } = define();
    expect(Object.keys(resourcesOf(stack, 'AWS::KMS::Key'))).toEqual(['OrdersKey6C690DD2']);
    expect(Object.keys(resourcesOf(stack, 'AWS::SNS::Topic'))).toEqual(['Orders2A43276C']);
  });

  test('takes a key that exists, and keeps order where it is asked to', () => {
    const stack = stackIn('eu-west-1');
    const arn = 'arn:aws:kms:eu-west-1:111122223333:key/orders';
    new EncryptedTopic(stack, 'Orders', { encryptionKey: kms.Key.fromKeyArn(stack, 'Key', arn), fifo: true });
    rendered(stack).resourceCountIs('AWS::KMS::Key', 0);
    rendered(stack).hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: arn, FifoTopic: true });
  });

  test('a publisher may use the key too, and no more of it than publishing needs', () => {
    const { stack, topic } = define();
    topic
      .grantPublish(new iam.Role(stack, 'Publisher', { assumedBy: new iam.AccountRootPrincipal() }))
      .assertSuccess();
    const [policy] = Object.values(resourcesOf(stack, 'AWS::IAM::Policy'));
    const statements: { Action: unknown }[] = policy?.Properties.PolicyDocument.Statement;
    expect(statements.map(({ Action }) => Action)).toEqual([
      'sns:Publish',
      ['kms:Decrypt', 'kms:GenerateDataKey*'],
    ]);
  });

  test('refuses a service as grantee', () => {
    const { topic } = define();
    expect(() => topic.grantPublish(new iam.ServicePrincipal('s3.amazonaws.com'))).toThrow(
      "Stack/Orders: 'grantee' must not be a service, which would act on behalf of anybody, use 'allowService'",
    );
  });

  test('measures what could not be delivered', () => {
    const { stack, topic } = define();
    const metric = topic.metricNumberOfNotificationsFailed();
    expect([metric.namespace, metric.metricName, metric.statistic]).toEqual([
      'AWS/SNS',
      'NumberOfNotificationsFailed',
      'Sum',
    ]);
    expect(stack.resolve(metric.dimensions)).toEqual({
      TopicName: { 'Fn::GetAtt': ['Orders2A43276C', 'TopicName'] },
    });
  });
});

describe('a service that publishes to an EncryptedTopic', () => {
  test('may do so on behalf of what is named, with the key of topics of this account', () => {
    const { stack, topic } = define();
    topic.allowService({ service: 'cloudwatch.amazonaws.com', sourceArns: [ALARMS] });
    const allowed = statementsOf(stack, 'AWS::SNS::TopicPolicy').filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toEqual([
      expect.objectContaining({
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { ArnLike: { 'aws:SourceArn': ALARMS } },
      }),
    ]);
    expect(keyStatements(stack)).toEqual([
      {
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Resource: '*',
        Condition: {
          ArnLike: {
            'kms:EncryptionContext:aws:sns:topicArn': {
              'Fn::Join': ['', ['arn:aws:sns:eu-west-1:', ACCOUNT, ':*']],
            },
          },
        },
      },
    ]);
  });

  test('names its account too where its ARNs do not', () => {
    const { stack, topic } = define();
    topic.allowService({ service: 's3.amazonaws.com', sourceArns: ['arn:aws:s3:::uploads'] });
    expect(statementsOf(stack, 'AWS::SNS::TopicPolicy')).toContainEqual(
      expect.objectContaining({
        Condition: {
          ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::uploads' },
          StringEquals: { 'aws:SourceAccount': ACCOUNT },
        },
      }),
    );
  });

  test.each([
    'arn:aws:events:*:*:rule/*',
    'arn:aws:events:eu-west-1:1111*:rule/x',
    'arn:*',
    'arn:aws:events:*',
  ])('is refused for the source %s, which may be of any account', (arn) => {
    const { topic } = define();
    expect(() =>
      topic.allowService({ service: 'cloudwatch.amazonaws.com', sourceArns: [ALARMS, arn] }),
    ).toThrow(
      `Stack/Orders: 'sourceArns' must name the account of each, got ${JSON.stringify(arn)}, or cloudwatch.amazonaws.com would send for anybody, put 'stack.account' there`,
    );
  });

  test.each([[undefined], [[]], [['*']]])('is refused without a source: %j', (sourceArns) => {
    const { topic } = define();
    expect(() => topic.allowService({ service: 's3.amazonaws.com', sourceArns })).toThrow(
      "Stack/Orders: 'sourceArns' must name the resources for which s3.amazonaws.com may send, or 'withoutSourceReason' say why it cannot",
    );
  });

  const service = 'events.amazonaws.com';
  const reason = 'EventBridge tells topics no source, and only rules of this account know the topic.';

  test('EventBridge needs a reason, since it tells topics no source, and the reason is in the template', () => {
    const { stack, topic } = define();
    expect(() =>
      topic.allowService({ service, sourceArns: ['arn:aws:events:eu-west-1:111122223333:rule/r'] }),
    ).toThrow(
      "Stack/Orders: 'sourceArns' must be absent for events.amazonaws.com, which tells topics no source and would be refused, say so in 'withoutSourceReason'",
    );
    topic.allowService({ service, withoutSourceReason: reason });
    rendered(stack).hasResource('AWS::SNS::Topic', {
      Metadata: { SecureTransmission: { [`publishWithoutSource ${service}`]: reason } },
    });
  });

  test('needs a reason that is a sentence, and not both', () => {
    const { topic } = define();
    expect(() => topic.allowService({ service, withoutSourceReason: 'needed' })).toThrow(
      "Stack/Orders: 'withoutSourceReason' must be a sentence of 20 to 500 characters",
    );
    expect(() =>
      topic.allowService({ service: 's3.amazonaws.com', sourceArns: [ALARMS], withoutSourceReason: reason }),
    ).toThrow("Stack/Orders: 'sourceArns' and 'withoutSourceReason' must not both be given, leave one out");
  });
});

describe('a subscriber of an EncryptedTopic', () => {
  test.each<[string, sns.ITopicSubscription]>([
    ['http', new subscriptions.UrlSubscription('http://example.com/hook')],
    [
      'http to a URL that is said to be https',
      {
        bind: () => ({
          subscriberId: 'Hook',
          protocol: sns.SubscriptionProtocol.HTTPS,
          endpoint: 'HTTP://example.com/hook',
        }),
      },
    ],
    [
      'http to a host that is known at deployment only',
      {
        bind: () => ({
          subscriberId: 'Hook',
          protocol: sns.SubscriptionProtocol.HTTPS,
          endpoint: `http://hooks.${Aws.REGION}.example.com`,
        }),
      },
    ],
  ])('is refused over %s, whatever the reason', (_, subscription) => {
    const { stack, topic } = define();
    expect(() => topic.addSubscription(subscription, { unencryptedDeliveryReason: REASON })).toThrow(
      "Stack/Orders: 'subscription' must not deliver over http, which nothing encrypts, use an https:// endpoint",
    );
    rendered(stack).resourceCountIs('AWS::SNS::Subscription', 0);
  });

  test.each([
    ['email', new subscriptions.EmailSubscription('ops@example.com')],
    ['email-json', new subscriptions.EmailSubscription('ops@example.com', { json: true })],
    ['sms', new subscriptions.SmsSubscription('+15555550100')],
  ])('by %s needs a reason, which is in the template', (protocol, subscription) => {
    const { stack, topic } = define();
    expect(() => topic.addSubscription(subscription)).toThrow(
      `Stack/Orders: 'subscription' must not deliver by ${protocol}, which no topic can encrypt, use a queue, a function or https, or say in 'unencryptedDeliveryReason' why these messages may`,
    );
    expect(() => topic.addSubscription(subscription, { unencryptedDeliveryReason: 'fine' })).toThrow(
      "Stack/Orders: 'unencryptedDeliveryReason' must be a sentence of 20 to 500 characters",
    );
    topic.addSubscription(subscription, { unencryptedDeliveryReason: REASON });
    rendered(stack).hasResource('AWS::SNS::Subscription', {
      Properties: { Protocol: protocol },
      Metadata: { SecureTransmission: { unencryptedDelivery: REASON } },
    });
    rendered(stack).resourceCountIs('AWS::SNS::Subscription', 1);
  });

  test('by e-mail leaves the finding that a waiver must cover', () => {
    const { stack, topic } = define();
    topic.addSubscription(new subscriptions.EmailSubscription('ops@example.com'), {
      unencryptedDeliveryReason: REASON,
    });
    expect(findingsOf(stack)).toEqual([
      expect.stringMatching(
        /^warning TransmissionChecks-SubscriptionAvoidsMailAndSms .* Properties\.Protocol$/,
      ),
    ]);
  });

  test('by https, with a URL that is known or not, is taken', () => {
    const { stack, topic } = define();
    const url = new CfnParameter(stack, 'Url').valueAsString;
    topic.addSubscription(new subscriptions.UrlSubscription('https://example.com/hook'));
    topic.addSubscription(
      new subscriptions.UrlSubscription(url, { protocol: sns.SubscriptionProtocol.HTTPS }),
    );
    rendered(stack).allResourcesProperties('AWS::SNS::Subscription', { Protocol: 'https' });
    rendered(stack).resourceCountIs('AWS::SNS::Subscription', 2);
  });

  test('that is a function of CDK is taken, by several topics', () => {
    const { stack, topic } = define();
    const handler = new lambda.Function(stack, 'Function', {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
    });
    for (const one of [topic, new EncryptedTopic(stack, 'Returns')]) {
      one.addSubscription(new subscriptions.LambdaSubscription(handler));
    }
    rendered(stack).allResourcesProperties('AWS::SNS::Subscription', {
      Protocol: 'lambda',
      Endpoint: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Function'), 'Arn'] },
    });
    rendered(stack).resourceCountIs('AWS::SNS::Subscription', 2);
  });

  test('that is a queue of CDK is taken', () => {
    const { stack, topic } = define();
    topic.addSubscription(
      new subscriptions.SqsSubscription(new sqs.Queue(stack, 'Queue', { enforceSSL: true })),
    );
    rendered(stack).hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'sqs' });
  });

  test('that is an encrypted queue gets in by policy and key before it is subscribed', () => {
    const { stack, topic } = define();
    const queue = new EncryptedQueue(stack, 'Queue');
    topic.addQueue(queue, true);
    const [policy] = Object.entries(resourcesOf(stack, 'AWS::SQS::QueuePolicy')).filter(
      ([, { Properties }]) => JSON.stringify(Properties).includes('sns.amazonaws.com'),
    );
    const [id, resource] = policy ?? [];
    expect(resource?.Properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Action: 'sqs:SendMessage',
        Principal: { Service: 'sns.amazonaws.com' },
        Condition: { ArnLike: { 'aws:SourceArn': { Ref: 'Orders2A43276C' } } },
      }),
    );
    rendered(stack).hasResource('AWS::SNS::Subscription', {
      DependsOn: [id],
      Properties: { Protocol: 'sqs', RawMessageDelivery: true, TopicArn: { Ref: 'Orders2A43276C' } },
    });
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(stack)).toEqual([]);
  });
});

describe('an EncryptedTopic that exists already', () => {
  test('lets a principal publish and use its key', () => {
    const stack = stackIn('eu-west-1');
    const topic = EncryptedTopic.fromEncryptedTopicAttributes(stack, 'Orders', {
      topicArn: 'arn:aws:sns:eu-west-1:111122223333:orders',
      encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/orders'),
    });
    topic.grantPublish(new iam.Role(stack, 'Publisher', { assumedBy: new iam.AccountRootPrincipal() }));
    rendered(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          { Action: 'sns:Publish', Resource: 'arn:aws:sns:eu-west-1:111122223333:orders', Effect: 'Allow' },
          {
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Resource: 'arn:aws:kms:eu-west-1:111122223333:key/orders',
            Effect: 'Allow',
          },
        ],
      },
    });
    expect(() => topic.addSubscription(new subscriptions.UrlSubscription('http://example.com'))).toThrow(
      "'subscription' must not deliver over http",
    );
  });
});
