import { AUDIT_SOURCE_ROWS } from '../../../../lib/judge/rules/pci/audit-sources';
import type { JsonMap } from '../../../../lib/judge/template';
import { proveRows } from './proof';
import { HIDDEN, it as one, says } from './support';

const TASK = 'AWS::ECS::TaskDefinition';
const CLUSTER = 'AWS::EKS::Cluster';
const BROKER = 'AWS::AmazonMQ::Broker';
const MACHINE = 'AWS::StepFunctions::StateMachine';
const PROJECT = 'AWS::CodeBuild::Project';
const ENVIRONMENT = 'AWS::ElasticBeanstalk::Environment';
const EVERY_LOG = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

const logging = (...types: readonly string[]): JsonMap => ({
  Logging: { ClusterLogging: { EnabledTypes: types.map((Type) => ({ Type })) } },
});
const ofCdk = (...clusterLogging: readonly JsonMap[]): JsonMap =>
  one('Custom::AWSCDK-EKS-Cluster', { Config: { logging: { clusterLogging } } });
const option = (Value: JsonMap['Value'], OptionName: JsonMap['Value'] = 'StreamLogs'): JsonMap => ({
  OptionSettings: [{ Namespace: 'aws:elasticbeanstalk:cloudwatch:logs', OptionName, Value: Value ?? '' }],
});
const template = (properties: JsonMap): JsonMap => ({
  ...one(ENVIRONMENT, { TemplateName: { Ref: 'Template' } }),
  Template: { Type: 'AWS::ElasticBeanstalk::ConfigurationTemplate', Properties: properties },
});
const TO_GROUP: JsonMap = { Level: 'ERROR', Destinations: [{ CloudWatchLogsLogGroup: {} }] };

proveRows(AUDIT_SOURCE_ROWS, [
  {
    rule: 'ContainersWriteLogs',
    good: one(TASK, { ContainerDefinitions: [{ LogConfiguration: { LogDriver: 'awslogs' } }] }),
    bad: one(TASK, { ContainerDefinitions: [{ LogConfiguration: { LogDriver: 'awslogs' } }, {}] }),
    finds: 'violation It.Properties.ContainerDefinitions.1.LogConfiguration: absent',
    hidden: one(TASK, { ContainerDefinitions: HIDDEN }),
    at: 'It.Properties.ContainerDefinitions',
  },
  {
    rule: 'ClusterLogsControlPlane',
    good: one(CLUSTER, logging(...EVERY_LOG)),
    bad: one(CLUSTER, logging('audit', 'api')),
    finds: 'violation It.Properties.Logging.ClusterLogging.EnabledTypes: audit, api',
    hidden: one(CLUSTER, { Logging: { ClusterLogging: { EnabledTypes: HIDDEN } } }),
    at: 'It.Properties.Logging.ClusterLogging.EnabledTypes',
  },
  {
    rule: 'BrokerLogsAudit',
    good: one(BROKER, { EngineType: 'ACTIVEMQ', Logs: { Audit: true } }),
    bad: one(BROKER, { EngineType: 'ACTIVEMQ', Logs: { General: true } }),
    finds: 'violation It.Properties.Logs.Audit: absent',
    hidden: one(BROKER, { EngineType: 'ActiveMQ', Logs: { Audit: HIDDEN } }),
    at: 'It.Properties.Logs.Audit',
  },
  {
    rule: 'StateMachineIsLogged',
    good: one(MACHINE, { LoggingConfiguration: TO_GROUP }),
    bad: one(MACHINE),
    finds: 'violation It.Properties.LoggingConfiguration.Level: absent',
    hidden: one(MACHINE, { LoggingConfiguration: { ...TO_GROUP, Level: HIDDEN } }),
    at: 'It.Properties.LoggingConfiguration.Level',
  },
  {
    rule: 'BuildIsLogged',
    good: one(PROJECT),
    bad: one(PROJECT, { LogsConfig: { CloudWatchLogs: { Status: 'DISABLED' } } }),
    finds: 'violation It.Properties.LogsConfig.CloudWatchLogs.Status: DISABLED',
    hidden: one(PROJECT, { LogsConfig: { CloudWatchLogs: { Status: HIDDEN } } }),
    at: 'It.Properties.LogsConfig.CloudWatchLogs.Status',
  },
  {
    rule: 'BeanstalkStreamsLogs',
    good: one(ENVIRONMENT, option('true')),
    bad: one(ENVIRONMENT, option('false')),
    finds: 'violation It.Properties.OptionSettings.0.Value: false',
    hidden: one(ENVIRONMENT, option(HIDDEN)),
    at: 'It.Properties.OptionSettings.0.Value',
  },
]);

test.each<[string, string, JsonMap, string[]]>([
  [
    'a cluster that CDK makes by a custom resource is one',
    'ClusterLogsControlPlane',
    ofCdk({ enabled: true, types: EVERY_LOG }),
    [],
  ],
  [
    'logs that are off are none',
    'ClusterLogsControlPlane',
    ofCdk({ enabled: true, types: ['api'] }, { enabled: false, types: EVERY_LOG }),
    ['warning violation It.Properties.Config.logging.clusterLogging: api'],
  ],
  [
    'a kind of log that is hidden may be the missing one',
    'ClusterLogsControlPlane',
    one(CLUSTER, { Logging: { ClusterLogging: { EnabledTypes: [{ Type: HIDDEN }] } } }),
    ['warning unknown It.Properties.Logging.ClusterLogging.EnabledTypes.0.Type'],
  ],
  ['RabbitMQ has no audit log', 'BrokerLogsAudit', one(BROKER, { EngineType: 'RABBITMQ' }), []],
  [
    'a state machine that is off logs nothing',
    'StateMachineIsLogged',
    one(MACHINE, { LoggingConfiguration: { ...TO_GROUP, Level: 'OFF' } }),
    ['warning violation It.Properties.LoggingConfiguration.Level: OFF'],
  ],
  [
    'a state machine needs somewhere to log to',
    'StateMachineIsLogged',
    one(MACHINE, { LoggingConfiguration: { Level: 'ALL' } }),
    ['warning violation It.Properties.LoggingConfiguration.Destinations: absent'],
  ],
  [
    'a build may log to a bucket instead',
    'BuildIsLogged',
    one(PROJECT, { LogsConfig: { CloudWatchLogs: { Status: 'DISABLED' }, S3Logs: { Status: 'ENABLED' } } }),
    [],
  ],
  [
    'an environment without the option streams nothing',
    'BeanstalkStreamsLogs',
    one(ENVIRONMENT),
    ['warning violation It.Properties.OptionSettings: no StreamLogs'],
  ],
  ['an environment takes the option of its template', 'BeanstalkStreamsLogs', template(option('true')), []],
  [
    'what the template of an environment says is found there',
    'BeanstalkStreamsLogs',
    template(option('false')),
    ['warning violation Template.Properties.OptionSettings.0.Value: false'],
  ],
  [
    'a template without the option leaves it off',
    'BeanstalkStreamsLogs',
    template({}),
    ['warning violation It.Properties.OptionSettings: no StreamLogs'],
  ],
  [
    'a template elsewhere may set it',
    'BeanstalkStreamsLogs',
    one(ENVIRONMENT, { TemplateName: 'elsewhere' }),
    ['warning unknown It.Properties.TemplateName'],
  ],
  [
    'an option whose name is hidden may be it',
    'BeanstalkStreamsLogs',
    one(ENVIRONMENT, option('true', HIDDEN)),
    ['warning unknown It.Properties.OptionSettings.0'],
  ],
  [
    'settings that are hidden may hold it',
    'BeanstalkStreamsLogs',
    one(ENVIRONMENT, { OptionSettings: HIDDEN }),
    ['warning unknown It.Properties.OptionSettings'],
  ],
])('%s', (_title, id, resources, expected) => {
  expect(says(AUDIT_SOURCE_ROWS, id, resources)).toEqual(expected);
});
