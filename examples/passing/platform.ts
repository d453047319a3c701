import type { Stack } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as iot from 'aws-cdk-lib/aws-iot';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import * as vpclattice from 'aws-cdk-lib/aws-vpclattice';
import { PrivateNetwork } from 'cdk-secure-transmission';

/** A container that runs as a user, cannot change its files, and reaches its volume encrypted. */
export function container(stack: Stack): void {
  // #region container
  const { vpc } = new PrivateNetwork(stack, 'Network');
  const files = new efs.FileSystem(stack, 'Files', {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    encrypted: true,
  });
  const accessPoint = files.addAccessPoint('Receipts', {
    path: '/receipts',
    posixUser: { uid: '1000', gid: '1000' },
    createAcl: { ownerUid: '1000', ownerGid: '1000', permissions: '750' },
  });
  const task = new ecs.FargateTaskDefinition(stack, 'Task', {
    volumes: [
      {
        name: 'receipts',
        efsVolumeConfiguration: {
          fileSystemId: files.fileSystemId,
          transitEncryption: 'ENABLED',
          authorizationConfig: { accessPointId: accessPoint.accessPointId, iam: 'ENABLED' },
        },
      },
    ],
  });
  task.addContainer('Shop', {
    image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/node:22'),
    user: '1000',
    readonlyRootFilesystem: true,
    privileged: false,
    logging: ecs.LogDrivers.awsLogs({
      streamPrefix: 'shop',
      logGroup: new logs.LogGroup(stack, 'Log', { retention: logs.RetentionDays.THIRTEEN_MONTHS }),
    }),
  });
  // #endregion container
}

/** A machine without a public address or key pair, whose disks are encrypted. */
export function machine(stack: Stack): void {
  // #region machine
  const { vpc } = new PrivateNetwork(stack, 'Network');
  new ec2.Instance(stack, 'Worker', {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.SMALL),
    machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' }),
    associatePublicIpAddress: false,
    requireImdsv2: true,
    detailedMonitoring: true,
    role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }),
    blockDevices: [
      {
        deviceName: '/dev/xvda',
        volume: ec2.BlockDeviceVolume.ebs(20, {
          encrypted: true,
          kmsKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
        }),
      },
    ],
  });
  // #endregion machine
}

/** A function that takes over from its predecessor step by step. */
export function gradualRelease(stack: Stack): void {
  // #region gradualRelease
  const handler = new lambda.Function(stack, 'Quote', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 204 });'),
  });
  new codedeploy.LambdaDeploymentGroup(stack, 'Release', {
    alias: new lambda.Alias(stack, 'Live', { aliasName: 'live', version: handler.currentVersion }),
    deploymentConfig: codedeploy.LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
  });
  // #endregion gradualRelease
}

/** A document database that refuses connections in clear, and logs who does what. */
export function documentDatabase(stack: Stack): void {
  // #region documentDatabase
  const parameters = new docdb.CfnDBClusterParameterGroup(stack, 'Parameters', {
    family: 'docdb5.0',
    description: 'TLS 1.2 or newer, and an audit log',
    parameters: { tls: 'tls1.2+', audit_logs: 'enabled' },
  });
  new docdb.CfnDBCluster(stack, 'Catalogue', {
    engineVersion: '5.0.0',
    dbClusterParameterGroupName: parameters.ref,
    dbSubnetGroupName: 'documents',
    storageEncrypted: true,
    kmsKeyId: new kms.Key(stack, 'Key', { enableKeyRotation: true }).keyArn,
    backupRetentionPeriod: 35,
    enableCloudwatchLogsExports: ['audit'],
    masterUsername: 'catalogue',
    manageMasterUserPassword: true,
  });
  // #endregion documentDatabase
}

/** A warehouse that nobody reaches from outside or in clear. */
export function warehouse(stack: Stack): void {
  // #region warehouse
  const parameters = new redshift.CfnClusterParameterGroup(stack, 'Parameters', {
    parameterGroupFamily: 'redshift-2.0',
    description: 'TLS only, and a log of what users do',
    parameters: [
      { parameterName: 'require_ssl', parameterValue: 'true' },
      { parameterName: 'enable_user_activity_logging', parameterValue: 'true' },
    ],
  });
  new redshift.CfnCluster(stack, 'Reports', {
    clusterType: 'multi-node',
    numberOfNodes: 2,
    nodeType: 'ra3.large',
    dbName: 'reports',
    masterUsername: 'reporter',
    manageMasterPassword: true,
    clusterParameterGroupName: parameters.ref,
    clusterSubnetGroupName: 'reports',
    encrypted: true,
    kmsKeyId: new kms.Key(stack, 'Key', { enableKeyRotation: true }).keyArn,
    publiclyAccessible: false,
    enhancedVpcRouting: true,
    allowVersionUpgrade: true,
    automatedSnapshotRetentionPeriod: 35,
    preferredMaintenanceWindow: 'sun:03:00-sun:03:30',
    loggingProperties: { logDestinationType: 'cloudwatch', logExports: ['connectionlog', 'userlog'] },
  });
  // #endregion warehouse
}

/** Queries whose results are encrypted. */
export function queries(stack: Stack): void {
  // #region queries
  new athena.CfnWorkGroup(stack, 'Analysts', {
    name: 'analysts',
    workGroupConfiguration: {
      enforceWorkGroupConfiguration: true,
      resultConfiguration: {
        outputLocation: 's3://results-of-shop/',
        encryptionConfiguration: {
          encryptionOption: 'SSE_KMS',
          kmsKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }).keyArn,
        },
      },
    },
  });
  // #endregion queries
}

/** Files, mail and devices by TLS 1.2 or newer. */
export function partners(stack: Stack): void {
  // #region partners
  new transfer.CfnServer(stack, 'Files', {
    protocols: ['SFTP'],
    securityPolicyName: 'TransferSecurityPolicy-2025-03',
    identityProviderType: 'SERVICE_MANAGED',
  });
  new ses.ConfigurationSet(stack, 'Mail', { tlsPolicy: ses.ConfigurationSetTlsPolicy.REQUIRE });
  new iot.CfnDomainConfiguration(stack, 'Devices', {
    domainName: 'devices.example.com',
    serverCertificateArns: [
      'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
    ],
    tlsConfig: { securityPolicy: 'IoTSecurityPolicy_TLS13_1_2_2022_10' },
  });
  // #endregion partners
}

/** Services that speak TLS to each other, and know who calls. */
export function services(stack: Stack): void {
  // #region services
  const service = new vpclattice.CfnService(stack, 'Prices', { name: 'prices', authType: 'AWS_IAM' });
  const targets = new vpclattice.CfnTargetGroup(stack, 'Targets', {
    name: 'prices',
    type: 'IP',
    config: {
      port: 443,
      protocol: 'HTTPS',
      protocolVersion: 'HTTP1',
      vpcIdentifier: 'vpc-0123456789abcdef0',
    },
  });
  new vpclattice.CfnListener(stack, 'Listener', {
    serviceIdentifier: service.attrId,
    protocol: 'HTTPS',
    port: 443,
    defaultAction: { forward: { targetGroups: [{ targetGroupIdentifier: targets.attrId }] } },
  });
  // #endregion services
}
