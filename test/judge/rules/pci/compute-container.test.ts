import { CONTAINER_ROWS } from '../../../../lib/judge/rules/pci/compute-container';
import type { JsonMap } from '../../../../lib/judge/template';
import { proveRows } from './proof';
import { HIDDEN, it as one, says } from './support';

const TASK = 'AWS::ECS::TaskDefinition';
const SERVICE = 'AWS::ECS::Service';
const CLUSTER = 'AWS::EKS::Cluster';
const OF_CDK = 'Custom::AWSCDK-EKS-Cluster';
const NOW = new Date('2026-12-01T00:00:00Z');

const container = (properties: JsonMap, more: JsonMap = {}): JsonMap =>
  one(TASK, { ContainerDefinitions: [{ Name: 'main', ...properties }], ...more });
const variable = (Name: JsonMap['Name']): JsonMap =>
  container({ Environment: [{ Name: Name ?? '', Value: 'AKIA...' }] });
const FIRST = 'It.Properties.ContainerDefinitions.0';
const onWindows: JsonMap = { RuntimePlatform: { OperatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } };

proveRows(
  CONTAINER_ROWS,
  [
    {
      rule: 'ContainersHoldNoCredentials',
      good: variable('STAGE'),
      bad: variable('AWS_SECRET_ACCESS_KEY'),
      finds: `violation ${FIRST}.Environment.0.Name: AWS_SECRET_ACCESS_KEY`,
      hidden: variable(HIDDEN),
      at: `${FIRST}.Environment.0.Name`,
    },
    {
      rule: 'ContainersAreUnprivileged',
      good: container({}),
      bad: container({ Privileged: true }),
      finds: `violation ${FIRST}.Privileged: true`,
      hidden: container({ Privileged: HIDDEN }),
      at: `${FIRST}.Privileged`,
    },
    {
      rule: 'ContainersCannotChangeTheirFiles',
      good: container({ ReadonlyRootFilesystem: true }),
      bad: container({}),
      finds: `violation ${FIRST}.ReadonlyRootFilesystem: absent`,
      hidden: container({ ReadonlyRootFilesystem: HIDDEN }),
      at: `${FIRST}.ReadonlyRootFilesystem`,
    },
    {
      rule: 'ContainersRunAsUser',
      good: container({ User: '1000:1000' }),
      bad: container({}),
      finds: `violation ${FIRST}.User: absent`,
      hidden: container({ User: HIDDEN }),
      at: `${FIRST}.User`,
    },
    {
      rule: 'TaskHasOwnProcesses',
      good: one(TASK),
      bad: one(TASK, { PidMode: 'host' }),
      finds: 'violation It.Properties.PidMode: host',
      hidden: one(TASK, { PidMode: HIDDEN }),
      at: 'It.Properties.PidMode',
    },
    {
      rule: 'FargatePlatformIsLatest',
      good: one(SERVICE),
      bad: one(SERVICE, { PlatformVersion: '1.3.0' }),
      finds: 'violation It.Properties.PlatformVersion: 1.3.0',
      hidden: one(SERVICE, { PlatformVersion: HIDDEN }),
      at: 'It.Properties.PlatformVersion',
    },
    {
      rule: 'ClusterEndpointIsPrivate',
      good: one(CLUSTER, { ResourcesVpcConfig: { EndpointPublicAccess: false } }),
      bad: one(CLUSTER),
      finds: 'violation It.Properties.ResourcesVpcConfig.EndpointPublicAccess: absent',
      hidden: one(CLUSTER, { ResourcesVpcConfig: { EndpointPublicAccess: HIDDEN } }),
      at: 'It.Properties.ResourcesVpcConfig.EndpointPublicAccess',
    },
    {
      rule: 'ClusterSecretsHaveOwnKey',
      good: one(CLUSTER, { EncryptionConfig: [{ Resources: ['secrets'], Provider: { KeyArn: 'k' } }] }),
      bad: one(CLUSTER),
      finds: 'violation It.Properties.EncryptionConfig: absent',
      hidden: one(CLUSTER, { EncryptionConfig: HIDDEN }),
      at: 'It.Properties.EncryptionConfig',
    },
    {
      rule: 'ClusterVersionIsMaintained',
      good: one(CLUSTER, { Version: '1.34' }),
      bad: one(CLUSTER, { Version: '1.33' }),
      finds: 'violation It.Properties.Version: 1.33',
      hidden: one(CLUSTER, { Version: HIDDEN }),
      at: 'It.Properties.Version',
    },
  ],
  NOW,
);

test.each<[string, string, JsonMap, string[]]>([
  [
    'a container may begin as root by number',
    'ContainersRunAsUser',
    container({ User: '0:0' }),
    [`info violation ${FIRST}.User: 0:0`],
  ],
  [
    'a container may begin as root by name',
    'ContainersRunAsUser',
    container({ User: 'root' }),
    [`info violation ${FIRST}.User: root`],
  ],
  ['a user whose number begins with 0 is not root', 'ContainersRunAsUser', container({ User: '01000' }), []],
  ['Windows knows no root', 'ContainersRunAsUser', container({}, onWindows), []],
  [
    'Windows knows no read-only root file system',
    'ContainersCannotChangeTheirFiles',
    container({}, onWindows),
    [],
  ],
  [
    '1.4.0 is the latest platform of Linux',
    'FargatePlatformIsLatest',
    one(SERVICE, { PlatformVersion: '1.4.0' }),
    [],
  ],
  [
    '1.0.0 is not',
    'FargatePlatformIsLatest',
    one(SERVICE, { PlatformVersion: '1.0.0' }),
    ['info violation It.Properties.PlatformVersion: 1.0.0'],
  ],
  [
    '1.0.0 is the latest platform of Windows',
    'FargatePlatformIsLatest',
    {
      ...one(SERVICE, { PlatformVersion: '1.0.0', TaskDefinition: { Ref: 'Task' } }),
      Task: { Type: TASK, Properties: onWindows },
    },
    [],
  ],
  [
    'the custom resource of CDK is a cluster too: its API',
    'ClusterEndpointIsPrivate',
    one(OF_CDK, { Config: { resourcesVpcConfig: { endpointPublicAccess: true } } }),
    ['warning violation It.Properties.Config.resourcesVpcConfig.endpointPublicAccess: true'],
  ],
  [
    'the custom resource of CDK is a cluster too: its secrets',
    'ClusterSecretsHaveOwnKey',
    one(OF_CDK, { Config: { encryptionConfig: [{ resources: ['secrets'], provider: { keyArn: 'k' } }] } }),
    [],
  ],
  [
    'the custom resource of CDK is a cluster too: its version',
    'ClusterVersionIsMaintained',
    one(OF_CDK, { Config: { version: '1.30' } }),
    ['info violation It.Properties.Config.version: 1.30'],
  ],
  [
    'an entry that hides what it encrypts may encrypt secrets',
    'ClusterSecretsHaveOwnKey',
    one(CLUSTER, { EncryptionConfig: [{ Resources: [HIDDEN] }] }),
    ['warning unknown It.Properties.EncryptionConfig.0.Resources'],
  ],
  ['a cluster without a version gets the newest', 'ClusterVersionIsMaintained', one(CLUSTER), []],
])('%s', (_title, id, resources, expected) => {
  expect(says(CONTAINER_ROWS, id, resources, { now: NOW })).toEqual(expected);
});
