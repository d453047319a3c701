import type { PackRule } from '../../packs/pack';
import type { Cursor } from '../../template';
import {
  decided,
  each,
  isFalse,
  isNoneOf,
  isTrue,
  type PropertyTest,
  propertyRow,
  unknown,
  violation,
} from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { CLUSTER_TYPES, clusterPlaces } from './compute-cluster';
import { isMaintained, KUBERNETES_VERSIONS } from './compute-lifecycle';
import { ACCESS, AT_REST } from './requirements';

const TASK = 'AWS::ECS::TaskDefinition';
const SERVICE = 'AWS::ECS::Service';

/** The names by which programs take the credentials of AWS, and the agent of ECS those of registries. */
const CREDENTIALS = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'ECS_ENGINE_AUTH_DATA',
];

/** Rules on containers and their clusters, with their levels. */
export const CONTAINER_ROWS: readonly PackRule[] = [
  propertyRow('warning', {
    id: 'ContainersHoldNoCredentials',
    title: 'no container of an ECS task finds credentials in its environment',
    risk: 'Everybody who may describe the task definition reads them, in every revision, for as long as they are good.',
    fix: 'Remove the credentials from Environment: give the task a TaskRoleArn, and pass other secrets by Secrets. CDK: taskRole of TaskDefinition, and secrets: { NAME: Secret.fromSecretsManager(secret) } in addContainer instead of environment.',
    references: {
      pciDss: ['8.3.2', '8.6.2', '8.2.2'],
      gdpr: ['32(1)(b)'],
      securityHub: ['ECS.8'],
      cwe: ['CWE-526', 'CWE-798'],
      awsConfig: ['ECS_NO_ENVIRONMENT_SECRETS'],
    },
    resourceTypes: [TASK],
    test: each('ContainerDefinitions', each('Environment', isNoCredential)),
  }),
  propertyRow('info', {
    id: 'ContainersAreUnprivileged',
    title: 'no container of an ECS task has the privileges of its host',
    risk: 'Whoever breaks into a privileged container has the host, and with it every other task there.',
    fix: 'Remove Privileged from ContainerDefinitions, or set it to false; add single capabilities in LinuxParameters where they are needed. CDK: privileged of addContainer, false when left out.',
    references: {
      pciDss: ['7.2.1', '7.2.2', '7.2.3', '2.2.6'],
      gdpr: ['32(1)(b)'],
      securityHub: ['ECS.4'],
      cwe: ['CWE-250'],
      awsConfig: ['ECS_CONTAINERS_NONPRIVILEGED'],
    },
    resourceTypes: [TASK],
    test: each('ContainerDefinitions', isFalse('Privileged', { absent: 'compliant' })),
  }),
  propertyRow('info', {
    id: 'ContainersCannotChangeTheirFiles',
    title: 'the root file system of a container is read-only',
    risk: 'Whoever breaks in leaves programs behind, or changes those that are there.',
    fix: 'Set ReadonlyRootFilesystem to true in ContainerDefinitions, and mount a volume where the program has to write. CDK: readonlyRootFilesystem: true in addContainer, which is off by default.',
    references: {
      pciDss: [...ACCESS, '2.2.6', '10.3.2'],
      gdpr: ['32(1)(b)'],
      securityHub: ['ECS.5'],
      cwe: ['CWE-732'],
      awsConfig: ['ECS_CONTAINERS_READONLY_ACCESS'],
    },
    resourceTypes: [TASK],
    test: onLinux(each('ContainerDefinitions', isTrue('ReadonlyRootFilesystem'))),
  }),
  propertyRow('info', {
    id: 'ContainersRunAsUser',
    title: 'the containers of an ECS task run as a user other than root',
    risk: 'Root within a container owns all its files, and needs one hole in the kernel to be root outside.',
    fix: 'Set User in ContainerDefinitions to a name or number other than root and 0. CDK: user of addContainer; left out it is what the image says, which is root in most.',
    references: {
      pciDss: ['7.2.1', '7.2.2', '7.2.3', '2.2.6'],
      gdpr: ['32(1)(b)'],
      securityHub: ['ECS.20'],
      cwe: ['CWE-250'],
      awsConfig: ['ECS_TASK_DEFINITION_NONROOT_USER'],
    },
    resourceTypes: [TASK],
    test: onLinux(each('ContainerDefinitions', isNotRoot)),
  }),
  propertyRow('info', {
    id: 'TaskHasOwnProcesses',
    title: 'an ECS task does not see the processes of its host',
    risk: 'A container that sees all processes of the host reads their environment and can end them.',
    fix: 'Remove PidMode, or set it to task. CDK: pidMode of TaskDefinition; left out each container sees its own.',
    references: {
      pciDss: ['1.4.5', '2.2.6'],
      gdpr: ['32(1)(b)'],
      securityHub: ['ECS.3'],
      cwe: ['CWE-668'],
      awsConfig: ['ECS_TASK_DEFINITION_PID_MODE_CHECK'],
    },
    resourceTypes: [TASK],
    test: isNoneOf('PidMode', ['host']),
  }),
  propertyRow('info', {
    id: 'FargatePlatformIsLatest',
    title: 'a Fargate service runs on the latest platform version',
    risk: 'An old platform version keeps the holes of its kernel and container runtime.',
    fix: 'Leave PlatformVersion out, or set it to LATEST. CDK: platformVersion of FargateService, LATEST when left out.',
    references: {
      pciDss: ['6.3.3'],
      gdpr: ['32(1)(b)'],
      securityHub: ['ECS.10'],
      cwe: ['CWE-1104'],
      awsConfig: ['ECS_FARGATE_LATEST_PLATFORM_VERSION'],
    },
    resourceTypes: [SERVICE],
    test: isLatestPlatform,
  }),
  propertyRow('warning', {
    id: 'ClusterEndpointIsPrivate',
    title: 'the API of a Kubernetes cluster is not on the internet',
    risk: 'One stolen token, or one hole in the API server, and anybody on the internet runs the cluster.',
    fix: 'Set ResourcesVpcConfig.EndpointPublicAccess to false and EndpointPrivateAccess to true. CDK: endpointAccess: EndpointAccess.PRIVATE of Cluster; left out it is PUBLIC_AND_PRIVATE.',
    references: {
      pciDss: ['1.3.1', '1.3.2', '1.4.2', '1.4.4'],
      gdpr: ['25(2)', '32(1)(b)'],
      securityHub: ['EKS.1'],
      cwe: ['CWE-668'],
      awsConfig: ['EKS_ENDPOINT_NO_PUBLIC_ACCESS'],
    },
    resourceTypes: CLUSTER_TYPES,
    test: (properties) => {
      const { publicAccess: at } = clusterPlaces(properties);
      // Left out, the API is public.
      return decided(at, at.boolean(), 'violation', 'false', (isPublic) => !isPublic);
    },
  }),
  propertyRow('warning', {
    id: 'ClusterSecretsHaveOwnKey',
    title: 'the secrets of a Kubernetes cluster are encrypted with a key of their owner',
    risk: 'Secrets lie in the store of the cluster under a key of AWS alone: nobody can lock a copy of it, or tell who opened one.',
    fix: 'Add an entry to EncryptionConfig with Resources of secrets and Provider.KeyArn. CDK: secretsEncryptionKey of Cluster; left out there is none.',
    references: {
      pciDss: AT_REST,
      gdpr: ['32(1)(a)'],
      securityHub: ['EKS.3'],
      cwe: ['CWE-311'],
      awsConfig: ['EKS_CLUSTER_SECRETS_ENCRYPTED', 'EKS_SECRETS_ENCRYPTED'],
    },
    resourceTypes: CLUSTER_TYPES,
    test: encryptsSecrets,
  }),
  propertyRow('info', {
    id: 'ClusterVersionIsMaintained',
    title: 'the version of a Kubernetes cluster is in standard support',
    risk: 'Holes of an old version are described in public and closed late or never; at the end AWS upgrades by itself.',
    fix: `Set Version to one in standard support (${KUBERNETES_VERSIONS.source}). CDK: version of Cluster, such as KubernetesVersion.V1_36.`,
    references: {
      pciDss: ['6.3.3'],
      gdpr: ['32(1)(b)'],
      securityHub: ['EKS.2'],
      cwe: ['CWE-1104'],
      awsConfig: ['EKS_CLUSTER_OLDEST_SUPPORTED_VERSION', 'EKS_CLUSTER_SUPPORTED_VERSION'],
    },
    resourceTypes: CLUSTER_TYPES,
    // Left out, it is the newest at that time.
    test: (properties, { now }) => isMaintained(clusterPlaces(properties).version, KUBERNETES_VERSIONS, now),
  }),
];

/** The value is not told: it may be the credential. */
function isNoCredential(variable: Cursor): Verdict {
  const name = variable.at('Name');
  const reading = name.string();
  if (reading.state === 'unresolved') return unknown(name, reading.why);
  const isCredential = reading.state === 'given' && CREDENTIALS.includes(reading.value);
  return isCredential ? violation(name, reading.value, 'passed in another way') : COMPLIANT;
}

/** Windows knows neither read-only root file systems nor root. */
function onLinux(test: PropertyTest): PropertyTest {
  return (properties, context) => (isWindows(properties) ? NOT_APPLICABLE : test(properties, context));
}

function isWindows(task: Cursor): boolean {
  const family = task.at('RuntimePlatform', 'OperatingSystemFamily').string();
  return family.state === 'given' && family.value.toUpperCase().startsWith('WINDOWS');
}

function isNotRoot(container: Cursor): Verdict {
  const user = container.at('User');
  return decided(
    user,
    user.string(),
    'violation',
    'a user other than root',
    (value) => !/^(root|0)?(:|$)/.test(value),
  );
}

/** Version 1.4.0 is the latest of Linux, and 1.0.0 of Windows. */
function isLatestPlatform(properties: Cursor): Verdict {
  const at = properties.at('PlatformVersion');
  const task = properties.at('TaskDefinition').reference();
  const onWindows = task?.type === TASK && isWindows(properties.world.view(task));
  const latest = ['LATEST', onWindows ? '1.0.0' : '1.4.0'];
  return decided(at, at.string(), 'compliant', 'LATEST', (value) => latest.includes(value.toUpperCase()));
}

function encryptsSecrets(properties: Cursor): Verdict {
  const { encryption, encrypted } = clusterPlaces(properties);
  const list = encryption.list();
  if (list.state === 'unresolved') return unknown(encryption, list.why);
  for (const entry of encryption.items()) {
    const kinds = encrypted(entry);
    const named = kinds.list();
    if (named.state === 'unresolved') return unknown(kinds, named.why);
    const readings = kinds.items().map((kind) => kind.string());
    if (readings.some((reading) => reading.state === 'given' && reading.value === 'secrets'))
      return COMPLIANT;
    for (const reading of readings) if (reading.state === 'unresolved') return unknown(kinds, reading.why);
  }
  return violation(
    encryption,
    encryption.isPresent ? 'others' : 'absent',
    'an entry for secrets, with a key',
  );
}
