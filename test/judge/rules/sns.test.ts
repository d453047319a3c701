import { sns } from '../../../lib/judge/hops/connectors/sns';
import { SNS_RULES } from '../../../lib/judge/rules/sns';
import type { Json, JsonMap } from '../../../lib/judge/template';
import { factsOf, hopsOf, type TemplateParts, wordsOf } from '../support';

const TOPIC = 'AWS::SNS::Topic';

const judge = (id: string, resources: JsonMap, parts?: TemplateParts) =>
  SNS_RULES.filter((rule) => rule.id === id).flatMap((rule) => wordsOf(rule, factsOf(sns, resources, parts)));

const deny = (parts: JsonMap = {}): JsonMap => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 'sns:Publish',
  Resource: { Ref: 'Topic' },
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  ...parts,
});

const withPolicy = (statement: Json = deny(), properties: JsonMap = {}): JsonMap => ({
  Topic: { Type: TOPIC, Properties: properties },
  Policy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement: [statement] } },
  },
});

const WEAK = 'violation at Properties.PolicyDocument.Statement.0: a Deny that lets plaintext through';

describe('TopicDeniesPlaintext', () => {
  const onTopic = (resources: JsonMap, parts?: TemplateParts) =>
    judge('TopicDeniesPlaintext', resources, parts);

  test('passes the statement that CDK writes for enforceSSL', () => {
    expect(onTopic(withPolicy())).toEqual(['compliant']);
  });

  test('passes the stronger Deny of sns:*', () => {
    expect(onTopic(withPolicy(deny({ Action: 'sns:*' })))).toEqual(['compliant']);
    expect(onTopic(withPolicy(deny({ Action: ['SNS:Publish', 'SNS:Subscribe'] })))).toEqual(['compliant']);
  });

  test.each(['alias/aws/sns', 'arn:aws:kms:eu-west-1:111111111111:key/x'])(
    'fails a topic with the key %s and no policy: a key does not encrypt what travels',
    (key) => {
      expect(onTopic({ Topic: { Type: TOPIC, Properties: { KmsMasterKeyId: key } } })).toEqual([
        'violation at Properties: no policy',
      ]);
    },
  );

  test('fails a Deny that names nobody', () => {
    expect(onTopic(withPolicy(deny({ Principal: { AWS: 'arn:aws:iam::111111111111:root' } })))).toEqual([
      WEAK,
    ]);
  });

  test('fails a Deny that a further condition disables', () => {
    const condition = {
      Bool: { 'aws:SecureTransport': 'false' },
      StringEquals: { 'aws:SourceAccount': '1' },
    };
    expect(onTopic(withPolicy(deny({ Condition: condition })))).toEqual([WEAK]);
  });

  test('fails a Deny of subscribing alone', () => {
    expect(onTopic(withPolicy(deny({ Action: 'sns:Subscribe' })))).toEqual([WEAK]);
  });

  test('passes a topic that the policy names by its literal name', () => {
    const arn = { 'Fn::Sub': 'arn:aws:sns:$' + '{AWS::Region}:$' + '{AWS::AccountId}:orders' };
    expect(onTopic(withPolicy(deny({ Resource: arn }), { TopicName: 'orders' }))).toEqual(['compliant']);
  });

  test('cannot tell where a parameter without default is the resource', () => {
    const parts = { Parameters: { What: { Type: 'String' } } };
    expect(onTopic(withPolicy(deny({ Resource: { Ref: 'What' } })), parts)).toEqual([
      'unknown at Properties.PolicyDocument.Statement.0',
    ]);
  });

  test('cannot tell where the policy may be for the topic or not, and judges it by itself', () => {
    const policy = {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [{ Ref: 'What' }],
        PolicyDocument: { Statement: [deny({ Resource: { Ref: 'What' } })] },
      },
    };
    const parts = { Parameters: { What: { Type: 'String' } } };
    expect(onTopic({ Topic: { Type: TOPIC }, Policy: policy }, parts)).toEqual([
      'violation at Properties: no policy',
      'compliant',
    ]);
  });
});

const subscription = (properties: JsonMap): JsonMap => ({
  Subscription: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: 'arn:x', ...properties } },
});

describe('SubscriptionIsEncrypted', () => {
  const onSubscription = (properties: JsonMap, parts?: TemplateParts) =>
    judge('SubscriptionIsEncrypted', subscription(properties), parts);

  test.each(['https', 'lambda', 'sqs', 'firehose', 'application'])('passes %s', (protocol) => {
    expect(onSubscription({ Protocol: protocol, Endpoint: 'https://example.com' })).toEqual(['compliant']);
  });

  test('fails http', () => {
    expect(onSubscription({ Protocol: 'http', Endpoint: 'http://example.com' })).toEqual([
      'violation at Properties.Protocol: http',
    ]);
  });

  test('fails http in a topic that lists its subscriptions itself', () => {
    const topic = {
      Topic: { Type: TOPIC, Properties: { Subscription: [{ Protocol: 'http', Endpoint: 'http://x' }] } },
    };
    expect(judge('SubscriptionIsEncrypted', topic)).toEqual([
      'violation at Properties.Subscription.0.Protocol: http',
    ]);
  });

  test('cannot tell where a parameter without default is the protocol', () => {
    expect(onSubscription({ Protocol: { Ref: 'How' } }, { Parameters: { How: { Type: 'String' } } })).toEqual(
      ['unknown at Properties.Protocol'],
    );
  });

  test('cannot tell where a macro writes the list of subscriptions', () => {
    const topic = {
      Topic: { Type: TOPIC, Properties: { Subscription: { 'Fn::Transform': { Name: 'x' } } } },
    };
    expect(judge('SubscriptionIsEncrypted', topic)).toEqual(['unknown at Properties.Subscription']);
  });

  test('sees the branch of Fn::If in which it is http', () => {
    const parts = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'prod'] } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    };
    expect(onSubscription({ Protocol: { 'Fn::If': ['IsProd', 'https', 'http'] } }, parts).toSorted()).toEqual(
      ['compliant', 'violation at Properties.Protocol: http'],
    );
  });

  test('does not show what a URL holds besides its host', () => {
    const [hop] = hopsOf(
      factsOf(
        sns,
        subscription({ Protocol: 'https', Endpoint: 'https://user:secret@example.com/token?key=secret' }),
      ),
      'sns.subscription',
    );
    expect(hop?.to.name).toBe('example.com');
  });
});

describe('SubscriptionAvoidsMailAndSms', () => {
  test.each(['email', 'email-json', 'sms'])('warns of %s', (protocol) => {
    const found = subscription({ Protocol: protocol, Endpoint: 'someone' });
    expect(judge('SubscriptionAvoidsMailAndSms', found)).toEqual([
      `violation at Properties.Protocol: ${protocol}`,
    ]);
    expect(judge('SubscriptionIsEncrypted', found)).toEqual([]);
  });

  test.each(['sqs', 'lambda', 'https'])('passes %s', (protocol) => {
    const found = subscription({ Protocol: protocol, Endpoint: 'https://example.com' });
    expect(judge('SubscriptionAvoidsMailAndSms', found)).toEqual(['compliant']);
  });

  test('says nothing of a protocol that is hidden, which another rule tells', () => {
    const found = subscription({ Protocol: { 'Fn::ImportValue': 'Protocol' } });
    expect(judge('SubscriptionAvoidsMailAndSms', found)).toEqual([]);
    expect(judge('SubscriptionIsEncrypted', found)).toEqual(['unknown at Properties.Protocol']);
  });
});

describe('a subscription whose properties do not go together', () => {
  const judged = (properties: JsonMap) =>
    judge('SubscriptionIsEncrypted', {
      Subscription: {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: 'arn:aws:sns:eu-west-1:111122223333:t', ...properties },
      },
    });

  test('is not told without a protocol', () => {
    expect(judged({ Endpoint: 'https://a.example' })).toEqual(['unknown at Properties.Protocol']);
  });

  test('is in clear where its address is, whatever the protocol says', () => {
    expect(judged({ Protocol: 'https', Endpoint: 'http://a.example' })).toEqual([
      'violation at Properties.Endpoint: http://a.example',
    ]);
  });
});
