import type { PackRule } from '../../packs/pack';
import { takesIn } from '../../policy/glob';
import type { Cursor, Resource } from '../../template';
import {
  allOf,
  each,
  isFalse,
  isGiven,
  isOneOf,
  onlyWhere,
  type PropertyTest,
  pointingAt,
  propertyRow,
  unknown,
  violation,
} from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { AT_REST } from './requirements';

const PROJECT = 'AWS::CodeBuild::Project';
const REPOSITORY = 'AWS::ECR::Repository';
const SCANNING = 'AWS::ECR::RegistryScanningConfiguration';
const REGISTRY_POLICY = 'AWS::EventSchemas::RegistryPolicy';

const CREDENTIALS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];
const ALL_AT_ONCE = 'CodeDeployDefault.LambdaAllAtOnce';

/** Rules on how software is built and released, with their levels. */
export const DELIVERY_ROWS: readonly PackRule[] = [
  propertyRow('warning', {
    id: 'BuildHoldsNoCredentials',
    title: 'a CodeBuild project holds no credentials in plain environment variables',
    risk: 'Everybody who may look at the project or at the log of a build reads them.',
    fix: 'Remove AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY from Environment.EnvironmentVariables: a build has its ServiceRole. Give others Type SECRETS_MANAGER or PARAMETER_STORE. CDK: type: BuildEnvironmentVariableType.SECRETS_MANAGER, since PLAINTEXT is the default.',
    references: {
      pciDss: ['8.3.2', '8.6.2', '8.2.2'],
      gdpr: ['32(1)(b)'],
      securityHub: ['CodeBuild.2'],
      cwe: ['CWE-526', 'CWE-798'],
      awsConfig: ['CODEBUILD_PROJECT_ENVVAR_AWSCRED_CHECK'],
    },
    resourceTypes: [PROJECT],
    test: each('Environment.EnvironmentVariables', isNoCredential),
  }),
  propertyRow('warning', {
    id: 'BuildSourceHoldsNoCredentials',
    title: 'the address of the source of a CodeBuild project holds no credentials',
    risk: 'A name and a token in an address are shown in the console, in logs and to every build: whoever reads them changes the source.',
    fix: 'Remove what stands before the @ in Source.Location, and use Source.Auth or an AWS::CodeBuild::SourceCredential with a connection. CDK: Source.gitHub() and Source.bitBucket() build the address without; look for CfnProject.',
    references: {
      pciDss: ['8.3.2', '8.6.2'],
      gdpr: ['32(1)(b)'],
      securityHub: ['CodeBuild.1'],
      cwe: ['CWE-522'],
      awsConfig: ['CODEBUILD_PROJECT_SOURCE_REPO_URL_CHECK'],
    },
    resourceTypes: [PROJECT],
    test: allOf(hasNoUserInLocation('Source'), each('SecondarySources', hasNoUserInLocation())),
  }),
  propertyRow('warning', {
    id: 'BuildArtifactsAreEncrypted',
    title: 'a CodeBuild project encrypts what it builds',
    risk: 'Whoever reads the bucket reads the product and what was built into it; only the default of the bucket protects it.',
    fix: 'Remove EncryptionDisabled from Artifacts and SecondaryArtifacts, or set it to false. CDK: encryption of Artifacts.s3(), true when left out.',
    references: {
      pciDss: AT_REST,
      gdpr: ['32(1)(a)'],
      cwe: ['CWE-311'],
      awsConfig: ['CODEBUILD_PROJECT_ARTIFACT_ENCRYPTION'],
    },
    resourceTypes: [PROJECT],
    test: allOf(
      onlyWhere(
        isOneOf('Artifacts.Type', ['S3']),
        isFalse('Artifacts.EncryptionDisabled', { absent: 'compliant' }),
      ),
      each('SecondaryArtifacts', isFalse('EncryptionDisabled', { absent: 'compliant' })),
    ),
  }),
  propertyRow('warning', {
    id: 'BuildLogsAreEncrypted',
    title: 'a CodeBuild project encrypts the logs that it writes to a bucket',
    risk: 'Logs of builds hold what programs print: names of hosts, and at times a token.',
    fix: 'Remove LogsConfig.S3Logs.EncryptionDisabled, or set it to false. CDK: logging: { s3: { encrypted: true } } of Project; its default false is left out of the template, so that CodeBuild encrypts.',
    references: {
      pciDss: AT_REST,
      gdpr: ['32(1)(a)'],
      securityHub: ['CodeBuild.3'],
      cwe: ['CWE-311'],
      awsConfig: ['CODEBUILD_PROJECT_S3_LOGS_ENCRYPTED'],
    },
    resourceTypes: [PROJECT],
    test: onlyWhere(
      isOneOf('LogsConfig.S3Logs.Status', ['ENABLED']),
      isFalse('LogsConfig.S3Logs.EncryptionDisabled', { absent: 'compliant' }),
    ),
  }),
  propertyRow('info', {
    id: 'BuildIsUnprivileged',
    title: 'a CodeBuild project has no privileges on its host',
    risk: 'Code that somebody else wrote, a dependency of a dependency, runs as root with access to all devices.',
    fix: 'Remove Environment.PrivilegedMode, or set it to false, unless the build makes container images. CDK: privileged of environment, false when left out.',
    references: {
      pciDss: ['7.2.1', '7.2.2', '7.2.3', '2.2.6'],
      gdpr: ['32(1)(b)'],
      cwe: ['CWE-250'],
      awsConfig: ['CODEBUILD_PROJECT_ENVIRONMENT_PRIVILEGED_CHECK'],
    },
    resourceTypes: [PROJECT],
    test: isFalse('Environment.PrivilegedMode', { absent: 'compliant' }),
  }),
  propertyRow('info', {
    id: 'RepositoryScansImages',
    title: 'the images of a container repository are scanned for known holes',
    risk: 'A hole that everybody can look up is released with the product.',
    fix: 'Set ImageScanningConfiguration.ScanOnPush to true, or scan the registry by AWS::ECR::RegistryScanningConfiguration. CDK: imageScanOnPush: true of Repository, which is off by default.',
    references: {
      pciDss: ['6.3.3', '11.3.1', '11.3.1.2', '11.3.1.3'],
      gdpr: ['32(1)(d)'],
      securityHub: ['ECR.1'],
      cwe: ['CWE-1104'],
      awsConfig: ['ECR_PRIVATE_IMAGE_SCANNING_ENABLED'],
    },
    resourceTypes: [REPOSITORY],
    test: isScanned,
  }),
  propertyRow('info', {
    id: 'RepositoryForgetsImages',
    title: 'a container repository forgets old images',
    risk: 'Old images with known holes can be started for ever, and what was built into them is kept without need.',
    fix: 'Set LifecyclePolicy.LifecyclePolicyText. CDK: lifecycleRules of Repository, or addLifecycleRule(); left out there is none.',
    references: {
      pciDss: ['3.2.1', '6.3.3'],
      gdpr: ['5(1)(e)'],
      securityHub: ['ECR.3'],
      cwe: ['CWE-404'],
      awsConfig: ['ECR_PRIVATE_LIFECYCLE_POLICY_CONFIGURED'],
    },
    resourceTypes: [REPOSITORY],
    test: isGiven('LifecyclePolicy.LifecyclePolicyText', 'a lifecycle policy'),
  }),
  propertyRow('info', {
    id: 'FunctionReleaseIsGradual',
    title: 'requests are shifted to a new version of a function step by step',
    risk: 'A faulty version gets every request at once, before anybody can stop it.',
    fix: 'Set DeploymentConfigName to a canary or linear configuration, such as CodeDeployDefault.LambdaCanary10Percent5Minutes. CDK: deploymentConfig of LambdaDeploymentGroup, which is that when left out.',
    references: {
      pciDss: ['6.5.1', '6.5.2'],
      gdpr: ['32(1)(b)'],
      cwe: ['CWE-754'],
      awsConfig: ['CODEDEPLOY_LAMBDA_ALLATONCE_TRAFFIC_SHIFT_DISABLED'],
    },
    resourceTypes: ['AWS::CodeDeploy::DeploymentGroup'],
    test: isGradual,
  }),
  propertyRow('info', {
    id: 'SchemaRegistryHasPolicy',
    title: 'a registry of event schemas says who may use it',
    risk: 'Without a policy of its own, identity policies alone decide who reads and changes what events look like.',
    fix: 'Add an AWS::EventSchemas::RegistryPolicy with the RegistryName of the registry. CDK: EventBridge schemas have L1 only (CfnRegistryPolicy).',
    references: {
      pciDss: ['7.2.1', '7.2.2', '7.2.3'],
      gdpr: ['32(1)(b)'],
      cwe: ['CWE-284'],
      awsConfig: ['CUSTOM_SCHEMA_REGISTRY_POLICY_ATTACHED'],
    },
    resourceTypes: ['AWS::EventSchemas::Registry'],
    test: hasRegistryPolicy,
  }),
];

/** The value is not told: it may be the credential. */
function isNoCredential(variable: Cursor): Verdict {
  const name = variable.at('Name');
  const reading = name.string();
  if (reading.state === 'unresolved') return unknown(name, reading.why);
  if (reading.state === 'absent' || !CREDENTIALS.includes(reading.value)) return COMPLIANT;
  const type = variable.at('Type');
  const kind = type.string();
  if (kind.state === 'unresolved') return unknown(type, kind.why);
  const isPlain = kind.state === 'absent' || kind.value.toUpperCase() === 'PLAINTEXT';
  return isPlain ? violation(name, reading.value, 'passed in another way') : COMPLIANT;
}

/** An address is `scheme://user:password@host/...`; what stands before the @ is not told. */
function hasNoUserInLocation(source?: string): PropertyTest {
  return (properties) => {
    const at = source === undefined ? properties.at('Location') : properties.at(source, 'Location');
    const reading = at.string();
    if (reading.state === 'absent') return NOT_APPLICABLE;
    const text = reading.state === 'given' ? reading.value : String(at.value());
    const hasUser = /^[a-z+]+:\/\/[^/]*@/i.test(text) && !/^ssh:\/\/[^/:]*@/i.test(text);
    if (hasUser) return violation(at, 'an address with a user', 'one without');
    return reading.state === 'unresolved' && at.reference() === undefined
      ? unknown(at, reading.why)
      : COMPLIANT;
  };
}

function isScanned(properties: Cursor): Verdict {
  const at = properties.at('ImageScanningConfiguration', 'ScanOnPush');
  const own = at.boolean();
  if (own.state === 'given' && own.value) return COMPLIANT;
  if (own.state === 'unresolved') return unknown(at, own.why);
  const { world, resource } = properties;
  const name = properties.at('RepositoryName').string();
  const isCovered = world.app
    .resourcesOfType(SCANNING)
    .filter((one) => one.template.region === resource.template.region && world.exists(one))
    .some((one) => scans(world.view(one), name.state === 'given' ? name.value : undefined));
  return isCovered ? COMPLIANT : violation(at, own.state === 'given' ? 'false' : 'absent', 'true');
}

/** Whether a rule of the registry takes the repository in; one whose name is made up falls under `*` alone. */
function scans(registry: Cursor, name: string | undefined): boolean {
  return registry
    .at('Rules')
    .items()
    .filter((rule) => {
      const frequency = rule.at('ScanFrequency').string();
      return frequency.state === 'given' && frequency.value !== 'MANUAL';
    })
    .flatMap((rule) => rule.at('RepositoryFilters').items())
    .some((filter) => {
      const pattern = filter.at('Filter').string();
      if (pattern.state !== 'given') return false;
      return pattern.value === '*' || (name !== undefined && takesIn(pattern.value, name));
    });
}

/** Without a configuration, the one that shifts everything at once is CodeDeploy's default for functions. */
function isGradual(properties: Cursor): Verdict {
  const at = properties.at('DeploymentConfigName');
  const reading = at.string();
  if (reading.state === 'given') {
    return reading.value === ALL_AT_ONCE ? violation(at, reading.value, 'a canary or linear one') : COMPLIANT;
  }
  // A configuration that the app makes is none of CodeDeploy's own.
  if (reading.state === 'unresolved')
    return at.reference() === undefined ? unknown(at, reading.why) : COMPLIANT;
  const application: Resource | undefined = properties.at('ApplicationName').reference();
  if (application?.type !== 'AWS::CodeDeploy::Application') return NOT_APPLICABLE;
  const platform = properties.world.view(application).at('ComputePlatform').string();
  return platform.state === 'given' && platform.value === 'Lambda'
    ? violation(at, 'absent', 'a canary or linear one')
    : NOT_APPLICABLE;
}

function hasRegistryPolicy(properties: Cursor): Verdict {
  const { found, hidden } = pointingAt(properties, REGISTRY_POLICY, 'RegistryName');
  if (found.length > 0) return COMPLIANT;
  const { world } = properties;
  const name = properties.at('RegistryName').string();
  const isNamed = world.app
    .resourcesOfType(REGISTRY_POLICY)
    .some((policy) => name.state === 'given' && world.view(policy).at('RegistryName').value() === name.value);
  if (isNamed) return COMPLIANT;
  if (hidden === undefined) return violation(properties, 'no policy', 'one');
  return unknown(properties, `${hidden.resource.logicalId} does not tell which registry it is for`);
}
