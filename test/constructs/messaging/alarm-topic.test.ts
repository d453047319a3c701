import { Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AlarmTopic } from '../../../lib/constructs/messaging';
import { rendered, resourcesOf, stackIn, statementsOf } from '../support';

const ACCOUNT = { Ref: 'AWS::AccountId' };

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

  test('lets alarms of this account and EventBridge publish, and nobody without TLS', () => {
    const stack = stackIn('eu-west-1');
    new AlarmTopic(stack, 'Alarms');
    const [topic] = Object.keys(resourcesOf(stack, 'AWS::SNS::Topic'));
    const publish = { Action: 'sns:Publish', Resource: { Ref: topic } };
    const alarms = { 'Fn::Join': ['', ['arn:aws:cloudwatch:eu-west-1:', ACCOUNT, ':alarm:*']] };
    expect(statementsOf(stack, 'AWS::SNS::TopicPolicy')).toEqual([
      {
        ...publish,
        Sid: 'AllowPublishThroughSSLOnly',
        Effect: 'Deny',
        Principal: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        ...publish,
        Sid: 'AllowAlarmsOfThisAccount',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': ACCOUNT },
          ArnLike: { 'aws:SourceArn': alarms },
        },
      },
      { ...publish, Sid: '2', Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' } },
    ]);
  });

  test('lets both services use the key, and no more than publishing needs', () => {
    const stack = stackIn('eu-west-1');
    new AlarmTopic(stack, 'Alarms');
    rendered(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: [
          Match.objectLike({ Action: 'kms:*' }),
          {
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Effect: 'Allow',
            Principal: { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com'] },
            Resource: '*',
          },
        ],
      },
    });
  });

  test('takes a key that exists and makes none', () => {
    const stack = stackIn('eu-west-1');
    const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/alarms');
    new AlarmTopic(stack, 'Alarms', { key });
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
  });
});
