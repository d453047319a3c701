import type { JsonMap } from '../../../lib/judge/template';
import { beside, OFF_ON, ON_OFF, type Pair, resource, type Values } from './subject';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/00000000-1111-2222-3333-444455556666';
const ROLE = 'arn:aws:iam::111122223333:role/shop';
const ROTATION = 'arn:aws:lambda:eu-west-1:111122223333:function:rotate';
const LOG_GROUP = 'arn:aws:logs:eu-west-1:111122223333:log-group:shop:*';
const TRAIL = { IsLogging: true, S3BucketName: 'trail' };
const MACHINE = { ImageId: 'ami-1', InstanceType: 'm7g.large' };
const TASK = { Family: 'shop', ContainerDefinitions: [{ Name: 'web', Image: 'shop' }] };
const BUILD = {
  ServiceRole: ROLE,
  Artifacts: { Type: 'NO_ARTIFACTS' },
  Environment: {
    ComputeType: 'BUILD_GENERAL1_SMALL',
    Image: 'aws/codebuild/standard:7.0',
    Type: 'LINUX_CONTAINER',
  },
  Source: { Type: 'GITHUB', Location: 'https://github.com/example/shop' },
};

/** Who may come in by which ports. */
function ingress(ports: Values): Pair['subject'] {
  return {
    relations: ['from'],
    axes: {
      port: ports,
      from: ['10.0.0.0/8', '0.0.0.0/0', '::/0'],
      IpProtocol: ['tcp', '-1', 'udp'],
    },
    resources: ({ port, from, IpProtocol }) => ({
      It: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: {
          GroupDescription: 'shop',
          VpcId: 'vpc-1',
          SecurityGroupIngress: [
            {
              IpProtocol: IpProtocol ?? 'tcp',
              ...(from === '::/0' ? { CidrIpv6: from } : { CidrIp: from ?? '10.0.0.0/8' }),
              ...(IpProtocol === '-1' ? {} : { FromPort: port ?? 0, ToPort: port ?? 0 }),
            },
          ],
        },
      },
    }),
  };
}

/** A policy of one statement, in each kind of resource that cdk-nag reads. */
function statement(
  type: string,
  actions: Values,
  more: Readonly<Record<string, Values>> = {},
): Pair['subject'] {
  return {
    axes: { Action: actions, Effect: ['Allow', 'Deny'], Resource: ['*', 'arn:aws:s3:::shop/*'], ...more },
    resources: ({ Action, Effect, Resource }) => {
      const PolicyDocument = {
        Version: '2012-10-17',
        Statement: [{ Action, Effect, Resource }],
      } as unknown as JsonMap;
      const Properties: JsonMap =
        type === 'AWS::IAM::ManagedPolicy'
          ? { PolicyDocument }
          : type === 'AWS::IAM::Policy'
            ? { PolicyDocument, PolicyName: 'shop', Roles: ['shop'] }
            : { AssumeRolePolicyDocument: {}, Policies: [{ PolicyName: 'shop', PolicyDocument }] };
      return { It: { Type: type, Properties } };
    },
  };
}

const WIDE: Values = ['s3:GetObject', '*', 's3:*', ['s3:GetObject', 'sqs:*'], 's3:Get*'];

/** Machines, containers, builds, people, and the record of what they do. */
export const WORK_PAIRS: readonly Pair[] = [
  {
    theirs: 'cloudtrail.CloudTrailCloudWatchLogsEnabled',
    ours: ['TrailReachesLogGroup'],
    subject: resource(
      'AWS::CloudTrail::Trail',
      { ...TRAIL, CloudWatchLogsRoleArn: ROLE },
      {
        CloudWatchLogsLogGroupArn: [LOG_GROUP, undefined],
      },
    ),
  },
  {
    theirs: 'cloudtrail.CloudTrailEncryptionEnabled',
    ours: ['TrailHasOwnKey'],
    subject: resource('AWS::CloudTrail::Trail', TRAIL, { KMSKeyId: [KEY, undefined] }),
  },
  {
    theirs: 'cloudtrail.CloudTrailLogFileValidationEnabled',
    ours: ['TrailFilesAreValidated'],
    subject: resource('AWS::CloudTrail::Trail', TRAIL, { EnableLogFileValidation: ON_OFF }),
  },
  {
    theirs: 'cloudwatch.CloudWatchAlarmAction',
    ours: ['AlarmHasAction'],
    subject: resource(
      'AWS::CloudWatch::Alarm',
      {
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
        MetricName: 'm',
        Namespace: 'n',
        Threshold: 1,
      },
      {
        AlarmActions: [['arn:aws:sns:eu-west-1:111122223333:alarm'], [], undefined],
        OKActions: [undefined, ['arn:aws:sns:eu-west-1:111122223333:ok']],
        ActionsEnabled: [undefined, false],
      },
    ),
  },
  {
    theirs: 'cloudwatch.CloudWatchLogGroupEncrypted',
    ours: ['LogGroupHasOwnKey'],
    subject: resource('AWS::Logs::LogGroup', {}, { KmsKeyId: [KEY, undefined] }),
  },
  {
    theirs: 'cloudwatch.CloudWatchLogGroupRetentionPeriod',
    ours: ['LogRetentionEnds'],
    subject: resource('AWS::Logs::LogGroup', {}, { RetentionInDays: [365, 400, undefined] }),
  },
  {
    theirs: 'codebuild.CodeBuildProjectEnvVarAwsCred',
    ours: ['BuildHoldsNoCredentials'],
    subject: resource('AWS::CodeBuild::Project', BUILD, {
      'Environment.EnvironmentVariables': {
        'from Secrets Manager': variables('AWS_SECRET_ACCESS_KEY', 'SECRETS_MANAGER'),
        'of the parameter store': variables('AWS_ACCESS_KEY_ID', 'PARAMETER_STORE'),
        'a key in clear': variables('AWS_SECRET_ACCESS_KEY', 'PLAINTEXT'),
        'a key, untyped': variables('AWS_ACCESS_KEY_ID', undefined),
        'a password in clear': variables('DB_PASSWORD', 'PLAINTEXT'),
        'a colour': variables('COLOUR', 'PLAINTEXT'),
        absent: undefined,
      },
    }),
  },
  {
    theirs: 'codebuild.CodeBuildProjectKMSEncryptedArtifacts',
    ours: ['BuildArtifactsAreEncrypted'],
    subject: resource(
      'AWS::CodeBuild::Project',
      { ...BUILD, Artifacts: { Type: 'S3', Location: 'artifacts' } },
      {
        EncryptionKey: [KEY, 'alias/aws/s3', undefined],
        'Artifacts.EncryptionDisabled': [undefined, true],
      },
    ),
  },
  {
    theirs: 'codebuild.CodeBuildProjectSourceRepoUrl',
    ours: ['BuildSourceHoldsNoCredentials'],
    subject: resource('AWS::CodeBuild::Project', BUILD, {
      'Source.Auth': { OAuth: { Type: 'OAUTH' }, absent: undefined },
      'Source.Location': ['https://github.com/example/shop', 'https://user:secret@github.com/example/shop'],
    }),
  },
  {
    theirs: 'ec2.EC2IMDSv2Enabled',
    ours: ['MetadataNeedsToken'],
    subject: {
      relations: ['on'],
      axes: { HttpTokens: ['required', 'optional', undefined], on: ['the instance', 'its launch template'] },
      resources: ({ HttpTokens, on }) => {
        const options = HttpTokens === undefined ? {} : { MetadataOptions: { HttpTokens } };
        return {
          ...(on === 'the instance'
            ? {}
            : { Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: options } } }),
          It: {
            Type: 'AWS::EC2::Instance',
            Properties:
              on === 'the instance'
                ? { ...MACHINE, ...options }
                : {
                    ...MACHINE,
                    LaunchTemplate: {
                      LaunchTemplateId: { Ref: 'Launch' },
                      Version: { 'Fn::GetAtt': ['Launch', 'LatestVersionNumber'] },
                    },
                  },
          },
        };
      },
    },
  },
  {
    theirs: 'ec2.EC2InstanceDetailedMonitoringEnabled',
    ours: ['MachineIsMonitoredByTheMinute'],
    subject: resource('AWS::EC2::Instance', MACHINE, { Monitoring: ON_OFF }),
  },
  {
    theirs: 'ec2.EC2InstanceNoPublicIp',
    ours: ['MachineHasNoPublicAddress'],
    subject: resource(
      'AWS::EC2::Instance',
      { ...MACHINE, NetworkInterfaces: [{ DeviceIndex: '0', SubnetId: 'subnet-1' }] },
      {
        'NetworkInterfaces.0.AssociatePublicIpAddress': OFF_ON,
      },
    ),
  },
  {
    theirs: 'ec2.EC2InstanceProfileAttached',
    ours: ['MachineHasRole'],
    subject: resource('AWS::EC2::Instance', MACHINE, { IamInstanceProfile: ['shop', undefined] }),
  },
  {
    theirs: 'ec2.EC2RestrictedSSH',
    ours: ['AdministrationPortsAreNotOpenToAnyone'],
    subject: ingress([22, 443]),
  },
  {
    theirs: 'ec2.EC2RestrictedCommonPorts',
    ours: ['DataPortsAreNotOpenToAnyone', 'AdministrationPortsAreNotOpenToAnyone'],
    subject: ingress([3306, 443, 20, 5432]),
  },
  {
    theirs: 'ec2.EC2RestrictedInbound',
    ours: [
      'OnlyWebPortsAreOpenToAnyone',
      'DataPortsAreNotOpenToAnyone',
      'AdministrationPortsAreNotOpenToAnyone',
    ],
    subject: ingress([8080, 443]),
  },
  {
    theirs: 'ecs.ECSTaskDefinitionContainerLogging',
    ours: ['ContainersWriteLogs'],
    subject: resource('AWS::ECS::TaskDefinition', TASK, {
      'ContainerDefinitions.0.LogConfiguration': {
        awslogs: { LogDriver: 'awslogs' },
        none: { LogDriver: 'none' },
        absent: undefined,
      },
    }),
  },
  {
    theirs: 'ecs.ECSTaskDefinitionNoEnvironmentVariables',
    ours: ['ContainersHoldNoCredentials'],
    subject: resource('AWS::ECS::TaskDefinition', TASK, {
      'ContainerDefinitions.0.Environment': {
        absent: undefined,
        'a colour': [{ Name: 'COLOUR', Value: 'green' }],
        'a key': [{ Name: 'AWS_SECRET_ACCESS_KEY', Value: 'abc' }],
        none: [],
      },
    }),
  },
  {
    theirs: 'ecs.ECSTaskDefinitionUserForHostMode',
    ours: ['ContainersRunAsUser'],
    subject: resource('AWS::ECS::TaskDefinition', TASK, {
      'ContainerDefinitions.0.User': ['app', 'root', '0', undefined],
      'ContainerDefinitions.0.Privileged': [true, undefined],
      NetworkMode: ['host', 'awsvpc'],
    }),
  },
  {
    theirs: 'emr.EMRKerberosEnabled',
    ours: ['EmrClusterKnowsItsUsers'],
    subject: resource(
      'AWS::EMR::Cluster',
      { Name: 'shop', JobFlowRole: 'flow', ServiceRole: 'emr', Instances: {} },
      {
        KerberosAttributes: {
          realm: { KdcAdminPassword: '{{resolve:secretsmanager:kdc}}', Realm: 'EC2.INTERNAL' },
          absent: undefined,
        },
      },
    ),
  },
  {
    theirs: 'iam.IAMPolicyNoStatementsWithAdminAccess',
    ours: ['NobodyIsAdministrator'],
    subject: statement('AWS::IAM::Policy', WIDE),
  },
  {
    theirs: 'iam.IAMPolicyNoStatementsWithAdminAccess',
    ours: ['NobodyIsAdministrator'],
    subject: statement('AWS::IAM::Role', WIDE),
  },
  {
    theirs: 'iam.IAMPolicyNoStatementsWithFullAccess',
    ours: ['PolicyAllowsNoWholeService', 'NobodyIsAdministrator'],
    subject: statement('AWS::IAM::ManagedPolicy', WIDE),
  },
  {
    theirs: 'iam.IAMNoManagedPolicies',
    ours: ['NobodyIsAdministrator', 'PolicyAllowsNoWholeService'],
    subject: resource(
      'AWS::IAM::Role',
      { AssumeRolePolicyDocument: {} },
      {
        ManagedPolicyArns: [
          ['arn:aws:iam::111122223333:policy/shop'],
          ['arn:aws:iam::aws:policy/AdministratorAccess'],
          ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
          undefined,
        ],
      },
    ),
  },
  {
    theirs: 'iam.IAMUserGroupMembership',
    ours: ['UserIsInGroup'],
    subject: resource('AWS::IAM::User', {}, { Groups: [['shop'], [], undefined] }),
  },
  {
    theirs: 'iam.IAMUserNoPolicies',
    ours: ['UserHasNoPolicies'],
    subject: resource(
      'AWS::IAM::User',
      {},
      {
        ManagedPolicyArns: [undefined, ['arn:aws:iam::111122223333:policy/shop'], []],
      },
    ),
  },
  {
    theirs: 'iam.IAMUserNoPolicies',
    ours: ['UserHasNoPolicies'],
    subject: resource(
      'AWS::IAM::Policy',
      { PolicyName: 'shop', PolicyDocument: { Statement: [] } },
      {
        Users: [undefined, ['shop'], []],
      },
    ),
  },
  {
    theirs: 'iam.IAMGroupHasUsers',
    ours: ['GroupHasUsers'],
    subject: beside('AWS::IAM::Group', {}, 'user', {
      'in it': { User: { Type: 'AWS::IAM::User', Properties: { Groups: [{ Ref: 'It' }] } } },
      'added to it': {
        Added: {
          Type: 'AWS::IAM::UserToGroupAddition',
          Properties: { GroupName: { Ref: 'It' }, Users: ['ana'] },
        },
      },
      'in another': { User: { Type: 'AWS::IAM::User', Properties: { Groups: ['other'] } } },
      absent: {},
    }),
  },
  {
    theirs: 'kms.KMSBackingKeyRotationEnabled',
    ours: ['KeyRotatesWithinAYear'],
    subject: resource(
      'AWS::KMS::Key',
      { KeyPolicy: {} },
      {
        EnableKeyRotation: ON_OFF,
        KeySpec: [undefined, 'RSA_2048', 'SYMMETRIC_DEFAULT'],
      },
    ),
  },
  {
    theirs: 'lambda.LambdaLatestVersion',
    ours: ['FunctionRuntimeIsMaintained'],
    subject: resource(
      'AWS::Lambda::Function',
      { Role: ROLE, Code: { S3Bucket: 'code', S3Key: 'shop' }, Handler: 'index.handler' },
      {
        Runtime: [
          'nodejs24.x',
          'nodejs22.x',
          'nodejs16.x',
          'python3.8',
          'python3.14',
          'provided.al2023',
          undefined,
        ],
      },
    ),
  },
  {
    theirs: 'secretsmanager.SecretsManagerUsingKMSKey',
    ours: ['SecretHasOwnKey'],
    subject: resource(
      'AWS::SecretsManager::Secret',
      {},
      { KmsKeyId: [KEY, 'aws/secretsmanager', 'alias/aws/secretsmanager', undefined] },
    ),
  },
  {
    theirs: 'secretsmanager.SecretsManagerRotationEnabled',
    ours: ['SecretIsRotated'],
    subject: beside('AWS::SecretsManager::Secret', {}, 'schedule', {
      'of it': schedule({ SecretId: { Ref: 'It' }, RotationLambdaARN: ROTATION }),
      'of another': schedule({ SecretId: 'other', RotationLambdaARN: ROTATION }),
      'without a function': schedule({ SecretId: { Ref: 'It' } }),
      absent: {},
    }),
  },
  {
    theirs: 'stepfunctions.StepFunctionStateMachineAllLogsToCloudWatch',
    ours: ['StateMachineIsLogged'],
    subject: resource(
      'AWS::StepFunctions::StateMachine',
      { RoleArn: ROLE },
      {
        'LoggingConfiguration.Level': ['ALL', 'ERROR', 'OFF', undefined],
        'LoggingConfiguration.Destinations': {
          group: [{ CloudWatchLogsLogGroup: { LogGroupArn: LOG_GROUP } }],
          absent: undefined,
        },
      },
    ),
  },
  {
    theirs: 'cognito.CognitoUserPoolMFA',
    ours: ['UserPoolAsksSecondFactor'],
    subject: resource(
      'AWS::Cognito::UserPool',
      {},
      { MfaConfiguration: ['ON', 'OPTIONAL', 'OFF', undefined] },
    ),
  },
  {
    theirs: 'cognito.CognitoUserPoolStrongPasswordPolicy',
    ours: ['UserPoolDemandsLongPasswords'],
    subject: resource(
      'AWS::Cognito::UserPool',
      {
        Policies: {
          PasswordPolicy: { RequireUppercase: true, RequireLowercase: true, RequireNumbers: true },
        },
      },
      {
        'Policies.PasswordPolicy.MinimumLength': [12, 8, 7, undefined],
        'Policies.PasswordPolicy.RequireSymbols': [true, false],
      },
    ),
  },
];

function variables(Name: string, Type: string | undefined) {
  return [{ Name, Value: 'shop', ...(Type === undefined ? {} : { Type }) }];
}

function schedule(properties: JsonMap): JsonMap {
  const Properties = { RotationRules: { AutomaticallyAfterDays: 30 }, ...properties };
  return { Schedule: { Type: 'AWS::SecretsManager::RotationSchedule', Properties } };
}
