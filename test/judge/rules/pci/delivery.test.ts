import { DELIVERY_ROWS } from '../../../../lib/judge/rules/pci/delivery';
import type { JsonMap } from '../../../../lib/judge/template';
import { proveRows } from './proof';
import { HIDDEN, it as one, says } from './support';

const PROJECT = 'AWS::CodeBuild::Project';
const REPOSITORY = 'AWS::ECR::Repository';
const GROUP = 'AWS::CodeDeploy::DeploymentGroup';
const REGISTRY = 'AWS::EventSchemas::Registry';

const variable = (properties: JsonMap): JsonMap =>
  one(PROJECT, { Environment: { EnvironmentVariables: [{ Value: 'AKIA...', ...properties }] } });
const source = (Location: JsonMap['Location']): JsonMap =>
  one(PROJECT, { Source: { Type: 'GITHUB', Location: Location ?? '' } });
const registryPolicy = (RegistryName: JsonMap['RegistryName']): JsonMap => ({
  Policy: { Type: 'AWS::EventSchemas::RegistryPolicy', Properties: { RegistryName: RegistryName ?? '' } },
});
const scanning = (Filter: string, ScanFrequency = 'SCAN_ON_PUSH'): JsonMap => ({
  Scanning: {
    Type: 'AWS::ECR::RegistryScanningConfiguration',
    Properties: {
      Rules: [{ ScanFrequency, RepositoryFilters: [{ Filter, FilterType: 'WILDCARD' }] }],
      ScanType: 'BASIC',
    },
  },
});
const application = (ComputePlatform: string): JsonMap => ({
  Application: { Type: 'AWS::CodeDeploy::Application', Properties: { ComputePlatform } },
});
const ALL_AT_ONCE = 'CodeDeployDefault.LambdaAllAtOnce';
const NAME = 'It.Properties.Environment.EnvironmentVariables.0.Name';

proveRows(DELIVERY_ROWS, [
  {
    rule: 'BuildHoldsNoCredentials',
    good: variable({ Name: 'AWS_ACCESS_KEY_ID', Type: 'SECRETS_MANAGER' }),
    bad: variable({ Name: 'AWS_ACCESS_KEY_ID' }),
    finds: `violation ${NAME}: AWS_ACCESS_KEY_ID`,
    hidden: variable({ Name: HIDDEN }),
    at: NAME,
  },
  {
    rule: 'BuildSourceHoldsNoCredentials',
    good: source('https://github.com/owner/repository.git'),
    bad: source('https://ann:ghp_secret@github.com/owner/repository.git'),
    finds: 'violation It.Properties.Source.Location: an address with a user',
    hidden: source(HIDDEN),
    at: 'It.Properties.Source.Location',
  },
  {
    rule: 'BuildArtifactsAreEncrypted',
    good: one(PROJECT, { Artifacts: { Type: 'S3' } }),
    bad: one(PROJECT, { Artifacts: { Type: 'S3', EncryptionDisabled: true } }),
    finds: 'violation It.Properties.Artifacts.EncryptionDisabled: true',
    hidden: one(PROJECT, { Artifacts: { Type: 'S3', EncryptionDisabled: HIDDEN } }),
    at: 'It.Properties.Artifacts.EncryptionDisabled',
  },
  {
    rule: 'BuildLogsAreEncrypted',
    good: one(PROJECT, { LogsConfig: { S3Logs: { Status: 'ENABLED' } } }),
    bad: one(PROJECT, { LogsConfig: { S3Logs: { Status: 'ENABLED', EncryptionDisabled: true } } }),
    finds: 'violation It.Properties.LogsConfig.S3Logs.EncryptionDisabled: true',
    hidden: one(PROJECT, { LogsConfig: { S3Logs: { Status: 'ENABLED', EncryptionDisabled: HIDDEN } } }),
    at: 'It.Properties.LogsConfig.S3Logs.EncryptionDisabled',
  },
  {
    rule: 'BuildIsUnprivileged',
    good: one(PROJECT),
    bad: one(PROJECT, { Environment: { PrivilegedMode: true } }),
    finds: 'violation It.Properties.Environment.PrivilegedMode: true',
    hidden: one(PROJECT, { Environment: { PrivilegedMode: HIDDEN } }),
    at: 'It.Properties.Environment.PrivilegedMode',
  },
  {
    rule: 'RepositoryScansImages',
    good: one(REPOSITORY, { ImageScanningConfiguration: { ScanOnPush: true } }),
    bad: one(REPOSITORY),
    finds: 'violation It.Properties.ImageScanningConfiguration.ScanOnPush: absent',
    hidden: one(REPOSITORY, { ImageScanningConfiguration: { ScanOnPush: HIDDEN } }),
    at: 'It.Properties.ImageScanningConfiguration.ScanOnPush',
  },
  {
    rule: 'RepositoryForgetsImages',
    good: one(REPOSITORY, { LifecyclePolicy: { LifecyclePolicyText: '{}' } }),
    bad: one(REPOSITORY),
    finds: 'violation It.Properties.LifecyclePolicy.LifecyclePolicyText: absent',
    hidden: one(REPOSITORY, { LifecyclePolicy: HIDDEN }),
    at: 'It.Properties.LifecyclePolicy.LifecyclePolicyText',
  },
  {
    rule: 'FunctionReleaseIsGradual',
    good: one(GROUP, { DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes' }),
    bad: one(GROUP, { DeploymentConfigName: ALL_AT_ONCE }),
    finds: `violation It.Properties.DeploymentConfigName: ${ALL_AT_ONCE}`,
    hidden: one(GROUP, { DeploymentConfigName: HIDDEN }),
    at: 'It.Properties.DeploymentConfigName',
  },
  {
    rule: 'SchemaRegistryHasPolicy',
    good: { ...one(REGISTRY), ...registryPolicy({ 'Fn::GetAtt': ['It', 'RegistryName'] }) },
    bad: one(REGISTRY),
    finds: 'violation It.Properties: no policy',
    hidden: { ...one(REGISTRY), ...registryPolicy(HIDDEN) },
    at: 'It.Properties',
  },
]);

test.each<[string, string, JsonMap, string[]]>([
  [
    'a variable is plain where it says so',
    'BuildHoldsNoCredentials',
    variable({ Name: 'AWS_SECRET_ACCESS_KEY', Type: 'PLAINTEXT' }),
    [`warning violation ${NAME}: AWS_SECRET_ACCESS_KEY`],
  ],
  [
    'a variable whose type is hidden may be plain',
    'BuildHoldsNoCredentials',
    variable({ Name: 'AWS_SECRET_ACCESS_KEY', Type: HIDDEN }),
    ['warning unknown It.Properties.Environment.EnvironmentVariables.0.Type'],
  ],
  ['a variable of another name is fine', 'BuildHoldsNoCredentials', variable({ Name: 'STAGE' }), []],
  [
    'a user in an address is found although the password is hidden',
    'BuildSourceHoldsNoCredentials',
    source({ 'Fn::Sub': 'https://ann:${Hidden}@bitbucket.org/owner/repository.git' }),
    ['warning violation It.Properties.Source.Location: an address with a user'],
  ],
  [
    'the user of SSH is no credential',
    'BuildSourceHoldsNoCredentials',
    source('ssh://git@github.com/o/r.git'),
    [],
  ],
  ['a source without an address has none', 'BuildSourceHoldsNoCredentials', one(PROJECT, { Source: {} }), []],
  [
    'a second source is looked at too',
    'BuildSourceHoldsNoCredentials',
    one(PROJECT, { SecondarySources: [{ Location: 'https://token@github.com/o/r.git' }] }),
    ['warning violation It.Properties.SecondarySources.0.Location: an address with a user'],
  ],
  [
    'no artifacts need no encryption',
    'BuildArtifactsAreEncrypted',
    one(PROJECT, { Artifacts: { Type: 'NO_ARTIFACTS', EncryptionDisabled: true } }),
    [],
  ],
  [
    'second artifacts are looked at too',
    'BuildArtifactsAreEncrypted',
    one(PROJECT, { SecondaryArtifacts: [{ EncryptionDisabled: true }] }),
    ['warning violation It.Properties.SecondaryArtifacts.0.EncryptionDisabled: true'],
  ],
  [
    'logs that are not written need no encryption',
    'BuildLogsAreEncrypted',
    one(PROJECT, { LogsConfig: { S3Logs: { Status: 'DISABLED', EncryptionDisabled: true } } }),
    [],
  ],
  [
    'a registry scans all of its repositories',
    'RepositoryScansImages',
    { ...one(REPOSITORY), ...scanning('*') },
    [],
  ],
  [
    'a registry scans repositories by name',
    'RepositoryScansImages',
    { ...one(REPOSITORY, { RepositoryName: 'shop/web' }), ...scanning('shop/*') },
    [],
  ],
  [
    'a registry leaves repositories of other names out',
    'RepositoryScansImages',
    { ...one(REPOSITORY, { RepositoryName: 'bank/web' }), ...scanning('shop/*') },
    ['info violation It.Properties.ImageScanningConfiguration.ScanOnPush: absent'],
  ],
  [
    'a registry that waits for somebody scans nothing',
    'RepositoryScansImages',
    { ...one(REPOSITORY), ...scanning('*', 'MANUAL') },
    ['info violation It.Properties.ImageScanningConfiguration.ScanOnPush: absent'],
  ],
  [
    'the default of CodeDeploy for functions is all at once',
    'FunctionReleaseIsGradual',
    { ...one(GROUP, { ApplicationName: { Ref: 'Application' } }), ...application('Lambda') },
    ['info violation It.Properties.DeploymentConfigName: absent'],
  ],
  [
    'the default of CodeDeploy for servers is another',
    'FunctionReleaseIsGradual',
    { ...one(GROUP, { ApplicationName: { Ref: 'Application' } }), ...application('Server') },
    [],
  ],
  [
    'a configuration of the app is none of CodeDeploy',
    'FunctionReleaseIsGradual',
    {
      ...one(GROUP, { DeploymentConfigName: { Ref: 'Config' } }),
      Config: { Type: 'AWS::CodeDeploy::DeploymentConfig' },
    },
    [],
  ],
  [
    'a registry may be called by its name',
    'SchemaRegistryHasPolicy',
    { ...one(REGISTRY, { RegistryName: 'shop' }), ...registryPolicy('shop') },
    [],
  ],
])('%s', (_title, id, resources, expected) => {
  expect(says(DELIVERY_ROWS, id, resources)).toEqual(expected);
});
