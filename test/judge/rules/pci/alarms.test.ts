import { ALARM_ROWS } from '../../../../lib/judge/rules/pci/alarms';
import type { JsonMap } from '../../../../lib/judge/template';
import { proveRows } from './proof';
import { HIDDEN, it as one, says } from './support';

const ALARM = 'AWS::CloudWatch::Alarm';
const TOPIC = 'AWS::SNS::Topic';
const AlarmActions = ['arn:aws:sns:eu-west-1:111122223333:alarms'];

proveRows(ALARM_ROWS, [
  {
    rule: 'AlarmHasAction',
    good: one(ALARM, { AlarmActions }),
    bad: one(ALARM),
    finds: 'violation It.Properties.AlarmActions: absent',
    hidden: one(ALARM, { AlarmActions: HIDDEN }),
    at: 'It.Properties.AlarmActions',
  },
  {
    rule: 'TopicLogsDeliveries',
    good: one(TOPIC, { DeliveryStatusLogging: [{ Protocol: 'lambda', FailureFeedbackRoleArn: 'r' }] }),
    bad: one(TOPIC, { DeliveryStatusLogging: [] }),
    finds: 'violation It.Properties.DeliveryStatusLogging: empty',
    hidden: one(TOPIC, { DeliveryStatusLogging: HIDDEN }),
    at: 'It.Properties.DeliveryStatusLogging',
  },
]);

describe('an alarm', () => {
  test.each<[string, JsonMap, string[]]>([
    [
      'whose actions are off tells nobody',
      one(ALARM, { AlarmActions, ActionsEnabled: false }),
      ['warning violation It.Properties.ActionsEnabled: false'],
    ],
    [
      'whose actions may be off may tell nobody',
      one(ALARM, { AlarmActions, ActionsEnabled: HIDDEN }),
      ['warning unknown It.Properties.ActionsEnabled'],
    ],
    [
      'that is made of others needs an action too',
      one('AWS::CloudWatch::CompositeAlarm', { AlarmRule: 'TRUE' }),
      ['warning violation It.Properties.AlarmActions: absent'],
    ],
    [
      'that feeds another speaks through it',
      {
        ...one(ALARM),
        All: {
          Type: 'AWS::CloudWatch::CompositeAlarm',
          Properties: { AlarmRule: { 'Fn::Sub': 'ALARM("${It}")' }, AlarmActions },
        },
      },
      [],
    ],
    [
      'that stops a deployment needs no other action',
      {
        ...one(ALARM),
        Group: {
          Type: 'AWS::CodeDeploy::DeploymentGroup',
          Properties: { AlarmConfiguration: { Alarms: [{ Name: { Ref: 'It' } }] } },
        },
      },
      [],
    ],
    [
      'that stops a deployment of ECS needs no other action',
      {
        ...one(ALARM),
        Service: {
          Type: 'AWS::ECS::Service',
          Properties: { DeploymentConfiguration: { Alarms: { AlarmNames: [{ Ref: 'It' }] } } },
        },
      },
      [],
    ],
  ])('%s', (_title, resources, expected) => {
    expect(says(ALARM_ROWS, 'AlarmHasAction', resources)).toEqual(expected);
  });
});
