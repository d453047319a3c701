import type { PackRule } from '../../packs/pack';
import type { Cursor } from '../../template';
import {
  anyOf,
  decided,
  each,
  isGiven,
  isOneOf,
  isPresent,
  isTrue,
  onlyWhere,
  type PropertyTest,
  propertyRow,
  unknown,
  violation,
} from '../property';
import { COMPLIANT, type Verdict } from '../rule';
import { beanstalkOption } from './compute-beanstalk';
import { CLUSTER_TYPES, clusterPlaces } from './compute-cluster';
import { AUDIT_LOG } from './requirements';

const EVERY_CLUSTER_LOG = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

/** Rules on what writes logs, with their levels. */
export const AUDIT_SOURCE_ROWS: readonly PackRule[] = [
  propertyRow('warning', {
    id: 'ContainersWriteLogs',
    title: 'every container of an ECS task writes its output to a log',
    risk: 'What a container says is gone with it: an intruder who ends the task takes the evidence along.',
    fix: 'Set LogConfiguration in every entry of ContainerDefinitions. CDK: logging: LogDrivers.awsLogs({ streamPrefix }) in addContainer; left out there is none.',
    references: {
      pciDss: AUDIT_LOG,
      gdpr: ['32(1)(d)'],
      securityHub: ['ECS.9'],
      cwe: ['CWE-778'],
      awsConfig: ['ECS_TASK_DEFINITION_LOG_CONFIGURATION'],
    },
    resourceTypes: ['AWS::ECS::TaskDefinition'],
    test: each('ContainerDefinitions', isPresent('LogConfiguration', 'a log driver')),
  }),
  propertyRow('warning', {
    id: 'ClusterLogsControlPlane',
    title: 'a Kubernetes cluster of EKS logs what its control plane does',
    risk: 'Nobody can tell who read a secret, changed a role or started a pod.',
    fix: 'List api, audit, authenticator, controllerManager and scheduler in Logging.ClusterLogging.EnabledTypes. CDK: clusterLogging of Cluster with every ClusterLoggingTypes; left out there is none.',
    references: {
      pciDss: AUDIT_LOG,
      gdpr: ['32(1)(d)'],
      securityHub: ['EKS.8'],
      cwe: ['CWE-778'],
      awsConfig: ['EKS_CLUSTER_LOGGING_ENABLED'],
    },
    resourceTypes: CLUSTER_TYPES,
    test: logsControlPlane,
  }),
  propertyRow('warning', {
    id: 'BrokerLogsAudit',
    title: 'an ActiveMQ broker logs what its administrators do',
    risk: 'Who made a user, purged a queue or read it by the console leaves no trace.',
    fix: 'Set Logs.Audit to true; RabbitMQ has no such log. CDK: Amazon MQ has L1 only (CfnBroker.logs), where left out it is false.',
    references: {
      pciDss: AUDIT_LOG,
      gdpr: ['32(1)(d)'],
      securityHub: ['MQ.2'],
      cwe: ['CWE-778'],
      awsConfig: ['MQ_CLOUDWATCH_AUDIT_LOGGING_ENABLED', 'MQ_CLOUDWATCH_AUDIT_LOG_ENABLED'],
    },
    resourceTypes: ['AWS::AmazonMQ::Broker'],
    test: onlyWhere(isOneOf('EngineType', ['ACTIVEMQ', 'ActiveMQ']), isTrue('Logs.Audit')),
  }),
  propertyRow('warning', {
    id: 'StateMachineIsLogged',
    title: 'a state machine logs its executions',
    risk: 'Express executions leave nothing else, and the history of standard ones ends after 90 days: nobody can tell what was done with whose data.',
    fix: 'Set LoggingConfiguration.Level to ALL, ERROR or FATAL and name a log group in Destinations; leave IncludeExecutionData false, so that the log holds no input. CDK: logs: { destination, level } of StateMachine; left out there is none.',
    references: {
      pciDss: AUDIT_LOG,
      gdpr: ['32(1)(d)'],
      securityHub: ['StepFunctions.1'],
      cwe: ['CWE-778'],
      awsConfig: ['STEP_FUNCTIONS_STATE_MACHINE_LOGGING_ENABLED'],
    },
    resourceTypes: ['AWS::StepFunctions::StateMachine'],
    test: stateMachineIsLogged,
  }),
  propertyRow('warning', {
    id: 'BuildIsLogged',
    title: 'a CodeBuild project writes a log',
    risk: 'A build has the credentials to release: without a log nobody can tell what it ran with them.',
    fix: 'Leave LogsConfig.CloudWatchLogs.Status ENABLED, which it is when left out, or set S3Logs.Status to ENABLED. CDK: logging of Project; remove cloudWatch: { enabled: false }.',
    references: {
      pciDss: AUDIT_LOG,
      gdpr: ['32(1)(d)'],
      securityHub: ['CodeBuild.4'],
      cwe: ['CWE-778'],
      awsConfig: ['CODEBUILD_PROJECT_LOGGING_ENABLED'],
    },
    resourceTypes: ['AWS::CodeBuild::Project'],
    test: anyOf(
      isOneOf('LogsConfig.CloudWatchLogs.Status', ['ENABLED'], { absent: 'compliant' }),
      isOneOf('LogsConfig.S3Logs.Status', ['ENABLED']),
    ),
  }),
  propertyRow('warning', {
    id: 'BeanstalkStreamsLogs',
    title: 'an Elastic Beanstalk environment sends its logs to CloudWatch Logs',
    risk: 'Logs lie on the instances only: they go with the instance that an intruder, or a scaling rule, ends.',
    fix: 'Add an entry to OptionSettings with Namespace aws:elasticbeanstalk:cloudwatch:logs, OptionName StreamLogs and Value true. CDK: Elastic Beanstalk has L1 only (CfnEnvironment.optionSettings), where left out it is false.',
    references: {
      pciDss: AUDIT_LOG,
      gdpr: ['32(1)(d)'],
      securityHub: ['ElasticBeanstalk.3'],
      cwe: ['CWE-778'],
      awsConfig: ['ELASTIC_BEANSTALK_LOGS_TO_CLOUDWATCH'],
    },
    resourceTypes: ['AWS::ElasticBeanstalk::Environment'],
    test: beanstalkOption('aws:elasticbeanstalk:cloudwatch:logs', 'StreamLogs'),
  }),
];

function logsControlPlane(properties: Cursor): Verdict {
  const { logging, loggedTypes } = clusterPlaces(properties);
  const list = logging.list();
  if (list.state === 'unresolved') return unknown(logging, list.why);
  const readings = loggedTypes().map((place) => ({ place, reading: place.string() }));
  const on = readings.flatMap(({ reading }) => (reading.state === 'given' ? [reading.value] : []));
  const missing = EVERY_CLUSTER_LOG.filter((name) => !on.includes(name));
  if (missing.length === 0) return COMPLIANT;
  for (const { place, reading } of readings) {
    if (reading.state === 'unresolved') return unknown(place, reading.why);
  }
  const got = list.state === 'absent' ? 'absent' : on.length === 0 ? 'empty' : on.join(', ');
  return violation(logging, got, EVERY_CLUSTER_LOG.join(', '), `without ${missing.join(', ')}`);
}

function stateMachineIsLogged(
  properties: Cursor,
  context: Parameters<PropertyTest>[1],
): Verdict | readonly Verdict[] {
  const level = properties.at('LoggingConfiguration', 'Level');
  const verdict = decided(
    level,
    level.string(),
    'violation',
    'ALL',
    (value) => value.toUpperCase() !== 'OFF',
  );
  return verdict.verdict === 'compliant'
    ? isGiven('LoggingConfiguration.Destinations', 'a log group')(properties, context)
    : verdict;
}
