import { Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { CertificateMonitor } from '../../../lib/constructs/certificate';
import { AlarmTopic } from '../../../lib/constructs/messaging';
import { findingsOf, nagErrorsOf } from '../judged';
import { certificateIn, rendered, resourcesOf, stackIn, statementsOf } from '../support';

const ACCOUNT = { Ref: 'AWS::AccountId' };
const ALARMS = { 'Fn::Join': ['', ['arn:aws:cloudwatch:eu-west-1:', ACCOUNT, ':alarm:*']] };

describe('AlarmTopic', () => {
  test('encrypts with a key of its own, which is rotated and outlives the stack', () => {
    const stack = stackIn('eu-west-1');
    new AlarmTopic(stack, 'Alarms');
    const [key] = Object.keys(resourcesOf(stack, 'AWS::KMS::Key'));
    rendered(stack).hasResourceProperties('AWS::SNS::Topic', {
      KmsMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] },
    });
    rendered(stack).hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { EnableKeyRotation: true },
    });
  });

  test('lets alarms of this account and EventBridge publish, and denies every call without TLS', () => {
    const stack = stackIn('eu-west-1');
    new AlarmTopic(stack, 'Alarms');
    const [topic] = Object.keys(resourcesOf(stack, 'AWS::SNS::Topic'));
    const publish = { Action: 'sns:Publish', Resource: { Ref: topic }, Sid: expect.any(String) };
    const statements = statementsOf(stack, 'AWS::SNS::TopicPolicy');
    const denied = statements.filter(({ Effect }) => Effect === 'Deny');
    expect(denied.flatMap(({ Action }) => Action)).toEqual(
      expect.arrayContaining(['sns:Publish', 'sns:Subscribe', 'sns:SetTopicAttributes']),
    );
    for (const { Condition } of denied) {
      expect(Condition).toEqual({ Bool: { 'aws:SecureTransport': 'false' } });
    }
    expect(statements.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      {
        ...publish,
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { ArnLike: { 'aws:SourceArn': ALARMS } },
      },
      { ...publish, Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' } },
    ]);
  });

  test('is told by two monitors, and admits EventBridge once', () => {
    const stack = stackIn('eu-west-1');
    const { topic } = new AlarmTopic(stack, 'Alarms');
    for (const id of ['One', 'Two']) {
      new CertificateMonitor(stack, id, { certificates: certificateIn(stack, `${id}C`).certificates, topic });
    }
    const admitted = statementsOf(stack, 'AWS::SNS::TopicPolicy').filter(({ Principal }) =>
      JSON.stringify(Principal).includes('events.amazonaws.com'),
    );
    expect(admitted).toHaveLength(1);
  });

  test('lets both services use the key for topics of this account, and no more than publishing needs', () => {
    const stack = stackIn('eu-west-1');
    new AlarmTopic(stack, 'Alarms');
    const [key] = Object.values(resourcesOf(stack, 'AWS::KMS::Key'));
    expect(key?.Properties.KeyPolicy.Statement.slice(1)).toEqual([
      {
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Effect: 'Allow',
        Principal: { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com'] },
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

  test('loosens nothing that a waiver would have to cover', () => {
    const stack = stackIn('eu-west-1');
    new AlarmTopic(stack, 'Alarms');
    rendered(stack).hasResource('AWS::SNS::Topic', { Metadata: Match.absent() });
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(stack)).toEqual([]);
  });

  test('has logical ids that do not change', () => {
    const stack = stackIn('eu-west-1');
    new AlarmTopic(stack, 'Alarms');
    expect(Object.keys(resourcesOf(stack, 'AWS::SNS::Topic'))).toEqual(['AlarmsB3E93623']);
    expect(Object.keys(resourcesOf(stack, 'AWS::KMS::Key'))).toEqual(['AlarmsKey3C2381B3']);
  });

  test('takes a key that exists and makes none', () => {
    const stack = stackIn('eu-west-1');
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/alarms');
    new AlarmTopic(stack, 'Alarms', { encryptionKey });
    rendered(stack).resourceCountIs('AWS::KMS::Key', 0);
    rendered(stack).hasResourceProperties('AWS::SNS::Topic', {
      KmsMasterKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/alarms',
    });
  });

  test('subscribes an e-mail address', () => {
    const stack = stackIn('eu-west-1');
    new AlarmTopic(stack, 'Alarms').addEmailSubscription('security@example.com');
    rendered(stack).hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'security@example.com',
    });
    expect(findingsOf(stack)).toEqual([
      expect.stringMatching(/^warning TransmissionChecks-SubscriptionAvoidsMailAndSms /),
    ]);
  });
});
