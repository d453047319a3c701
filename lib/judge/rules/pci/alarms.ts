import type { PackRule } from '../../packs/pack';
import type { Cursor } from '../../template';
import { isGiven, type PropertyTest, pointingAt, propertyRow, unknown, violation } from '../property';
import { NOT_APPLICABLE, type Verdict } from '../rule';

const ALARM = 'AWS::CloudWatch::Alarm';
const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';

/** Who else acts when an alarm goes off, by the property that names it. */
const WATCHERS: readonly (readonly [type: string, property: string])[] = [
  [COMPOSITE, 'AlarmRule'],
  ['AWS::CodeDeploy::DeploymentGroup', 'AlarmConfiguration.Alarms'],
  ['AWS::ECS::Service', 'DeploymentConfiguration.Alarms.AlarmNames'],
  ['AWS::AppConfig::Environment', 'Monitors'],
  ['AWS::Route53::HealthCheck', 'HealthCheckConfig.AlarmIdentifier'],
];

/** Rules on who learns that something is wrong, with their levels. */
export const ALARM_ROWS: readonly PackRule[] = [
  propertyRow('warning', {
    id: 'AlarmHasAction',
    title: 'an alarm tells somebody when it goes off',
    risk: 'The alarm turns red in a console that nobody looks at: a failed control stays failed.',
    fix: 'Name a topic or another action in AlarmActions, and leave ActionsEnabled true. CDK: alarm.addAlarmAction(new SnsAction(topic)); an Alarm alone has none.',
    references: {
      pciDss: ['10.4.1.1', '10.7.1', '10.7.2', '12.10.5', 'A3.3.1', 'A3.5.1'],
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['CloudWatch.15', 'CloudWatch.17'],
      cwe: ['CWE-778'],
      awsConfig: ['CLOUDWATCH_ALARM_ACTION_CHECK'],
    },
    resourceTypes: [ALARM, COMPOSITE],
    test: hasAction,
  }),
  propertyRow('info', {
    id: 'TopicLogsDeliveries',
    title: 'a topic logs whether its messages arrived',
    risk: 'An alarm that never reached anybody looks like one that was never sent.',
    fix: 'Add an entry with Protocol and FailureFeedbackRoleArn or SuccessFeedbackRoleArn to DeliveryStatusLogging. CDK: loggingConfigs of Topic, or topic.addLoggingConfig(); left out there is none.',
    references: {
      pciDss: ['10.2.1.1', '10.7.1', '10.7.2', '12.10.5', 'A3.3.1', 'A3.5.1'],
      gdpr: ['32(1)(d)'],
      cwe: ['CWE-778'],
      awsConfig: ['SNS_TOPIC_MESSAGE_DELIVERY_NOTIFICATION_ENABLED'],
    },
    resourceTypes: ['AWS::SNS::Topic'],
    test: isGiven('DeliveryStatusLogging', 'a protocol and a role'),
  }),
];

function hasAction(properties: Cursor, context: Parameters<PropertyTest>[1]): Verdict | readonly Verdict[] {
  // Alarms that only feed others, or stop a deployment, speak through those.
  if (WATCHERS.some(([type, path]) => pointingAt(properties, type, path).found.length > 0))
    return NOT_APPLICABLE;
  const enabled = properties.at('ActionsEnabled');
  const on = enabled.boolean();
  if (on.state === 'unresolved') return unknown(enabled, on.why);
  if (on.state === 'given' && !on.value) return violation(enabled, 'false', 'true');
  return isGiven('AlarmActions', 'an action')(properties, context);
}
