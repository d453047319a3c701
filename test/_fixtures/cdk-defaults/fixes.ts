import { Duration, type Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  type CfnRestApi,
  LogGroupLogDestination,
  MethodLoggingLevel,
  MockIntegration,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { BackupPlan, BackupResource } from 'aws-cdk-lib/aws-backup';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import {
  AmazonLinuxCpuType,
  BlockDeviceVolume,
  EbsDeviceVolumeType,
  Instance,
  InstanceType,
  MachineImage,
} from 'aws-cdk-lib/aws-ec2';
import { ContainerImage, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  Protocol,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { HostedRotation, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { DataClassification } from '../../../lib/checks/data-classification';
import type { Given } from './given';

/** What passes, by the id of a rule that a default fails. Each region is shown on the page, and judged in a test. */
export const FIXES: Readonly<Record<string, (stack: Stack, given: Given) => void>> = {
  AlarmHasAction: (stack) => {
    const metric = new Metric({ namespace: 'shop', metricName: 'errors' });
    // #region AlarmHasAction
    const alarm = new Alarm(stack, 'Alarm', { metric, threshold: 1, evaluationPeriods: 1 });
    alarm.addAlarmAction(new SnsAction(new Topic(stack, 'OnCall')));
    // #endregion
  },
  ApiEndpointRequiresTls12: (stack) => {
    // #region ApiEndpointRequiresTls12
    const api = new RestApi(stack, 'Api');
    const cfn = api.node.defaultChild as CfnRestApi;
    cfn.addPropertyOverride('SecurityPolicy', 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09');
    cfn.addPropertyOverride('EndpointAccessMode', 'STRICT');
    // #endregion
    api.root.addMethod('GET', new MockIntegration());
  },
  ApiStageWritesAccessLog: (stack) => {
    // #region ApiStageWritesAccessLog
    const log = new LogGroup(stack, 'AccessLog', { retention: RetentionDays.THIRTEEN_MONTHS });
    const api = new RestApi(stack, 'Api', {
      deployOptions: {
        accessLogDestination: new LogGroupLogDestination(log),
        accessLogFormat: AccessLogFormat.jsonWithStandardFields(),
      },
    });
    // #endregion
    api.root.addMethod('GET', new MockIntegration());
  },
  ApiStageWritesExecutionLog: (stack) => {
    // #region ApiStageWritesExecutionLog
    const api = new RestApi(stack, 'Api', { deployOptions: { loggingLevel: MethodLoggingLevel.ERROR } });
    // #endregion
    api.root.addMethod('GET', new MockIntegration());
  },
  BucketAccessIsLogged: (stack, { bucket }) => {
    // #region BucketAccessIsLogged
    new Bucket(stack, 'Data', { serverAccessLogsBucket: bucket, serverAccessLogsPrefix: 'data/' });
    // #endregion
  },
  BucketForgetsObjects: (stack) => {
    // #region BucketForgetsObjects
    new Bucket(stack, 'Data', { lifecycleRules: [{ expiration: Duration.days(365) }] });
    // #endregion
  },
  BucketKeepsVersions: (stack) => {
    // #region BucketKeepsVersions
    new Bucket(stack, 'Data', {
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90) }],
    });
    // #endregion
  },
  BucketRequiresTls12: (stack) => {
    // #region BucketRequiresTls12
    new Bucket(stack, 'Data', { enforceSSL: true, minimumTLSVersion: 1.2 });
    // #endregion
  },
  ContainersCannotChangeTheirFiles: (stack) => {
    // #region ContainersCannotChangeTheirFiles
    const task = new FargateTaskDefinition(stack, 'Task');
    task.addContainer('Web', { image: ContainerImage.fromRegistry('shop'), readonlyRootFilesystem: true });
    // #endregion
  },
  ContainersRunAsUser: (stack) => {
    // #region ContainersRunAsUser
    const task = new FargateTaskDefinition(stack, 'Task');
    task.addContainer('Web', { image: ContainerImage.fromRegistry('shop'), user: '1000:1000' });
    // #endregion
  },
  DataStoreIsClassified: (stack) => {
    // #region DataStoreIsClassified
    const orders = new Bucket(stack, 'Orders');
    DataClassification.of(orders).holdsInternalData();
    // #endregion
  },
  LoadBalancerWritesAccessLog: (stack, { vpc, bucket }) => {
    // #region LoadBalancerWritesAccessLog
    const balancer = new ApplicationLoadBalancer(stack, 'Balancer', { vpc });
    balancer.logAccessLogs(bucket, 'balancer');
    // #endregion
  },
  LogGroupHasOwnKey: (stack) => {
    // #region LogGroupHasOwnKey
    new LogGroup(stack, 'Log', { encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }) });
    // #endregion
  },
  LogRetentionEnds: (stack) => {
    // #region LogRetentionEnds
    new LogGroup(stack, 'Log', { retention: RetentionDays.THIRTEEN_MONTHS });
    // #endregion
  },
  MachineStatesItsDisks: (stack, { vpc }) => {
    // #region MachineStatesItsDisks
    new Instance(stack, 'Machine', {
      vpc,
      instanceType: new InstanceType('m7g.large'),
      machineImage: MachineImage.latestAmazonLinux2023({ cpuType: AmazonLinuxCpuType.ARM_64 }),
      blockDevices: [
        {
          deviceName: '/dev/xvda',
          volume: BlockDeviceVolume.ebs(20, { encrypted: true, volumeType: EbsDeviceVolumeType.GP3 }),
        },
      ],
    });
    // #endregion
  },
  MetadataNeedsToken: (stack, { vpc }) => {
    // #region MetadataNeedsToken
    new Instance(stack, 'Machine', {
      vpc,
      instanceType: new InstanceType('m7g.large'),
      machineImage: MachineImage.latestAmazonLinux2023({ cpuType: AmazonLinuxCpuType.ARM_64 }),
      requireImdsv2: true,
    });
    // #endregion
  },
  PublicEndpointHasWebAcl: (stack, { vpc }) => {
    // #region PublicEndpointHasWebAcl
    const balancer = new ApplicationLoadBalancer(stack, 'Balancer', { vpc, internetFacing: true });
    const visibility = { cloudWatchMetricsEnabled: true, metricName: 'shop', sampledRequestsEnabled: true };
    const acl = new CfnWebACL(stack, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility,
      rules: [
        {
          name: 'common',
          priority: 0,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesCommonRuleSet' },
          },
          visibilityConfig: visibility,
        },
      ],
    });
    new CfnWebACLAssociation(stack, 'Association', {
      resourceArn: balancer.loadBalancerArn,
      webAclArn: acl.attrArn,
    });
    // #endregion
  },
  QueueDeniesPlaintext: (stack) => {
    // #region QueueDeniesPlaintext
    new Queue(stack, 'Orders', { enforceSSL: true });
    // #endregion
  },
  SecretHasOwnKey: (stack) => {
    // #region SecretHasOwnKey
    new Secret(stack, 'Login', { encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }) });
    // #endregion
  },
  SecretIsRotated: (stack, { vpc }) => {
    // #region SecretIsRotated
    const login = new Secret(stack, 'Login', {
      generateSecretString: { secretStringTemplate: '{"username":"shop"}', generateStringKey: 'password' },
    });
    login.addRotationSchedule('Rotation', {
      hostedRotation: HostedRotation.postgreSqlSingleUser({ vpc }),
      automaticallyAfter: Duration.days(30),
    });
    // #endregion
  },
  StoreIsEncrypted: (stack) => {
    // #region StoreIsEncrypted
    new Topic(stack, 'Orders', { masterKey: new Key(stack, 'Key', { enableKeyRotation: true }) });
    // #endregion
  },
  StoreIsInBackupPlan: (stack) => {
    // #region StoreIsInBackupPlan
    const data = new Bucket(stack, 'Data', {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    });
    const plan = BackupPlan.dailyWeeklyMonthly5YearRetention(stack, 'Plan');
    plan.addSelection('Selection', { resources: [BackupResource.fromArn(data.bucketArn)] });
    // #endregion
  },
  TableDeniesPlaintext: (stack) => {
    // #region TableDeniesPlaintext
    new TableV2(stack, 'Orders', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      resourcePolicy: new PolicyDocument({
        statements: [
          new PolicyStatement({
            effect: Effect.DENY,
            principals: [new AnyPrincipal()],
            actions: ['dynamodb:*'],
            resources: ['*'],
            conditions: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ],
      }),
    });
    // #endregion
  },
  TargetGroupIsEncrypted: (stack, { vpc }) => {
    // #region TargetGroupIsEncrypted
    new ApplicationTargetGroup(stack, 'Targets', {
      vpc,
      port: 443,
      protocol: ApplicationProtocol.HTTPS,
      healthCheck: { protocol: Protocol.HTTPS },
    });
    // #endregion
  },
};
