import { Duration, type Stack } from 'aws-cdk-lib';
import * as mq from 'aws-cdk-lib/aws-amazonmq';
import * as dax from 'aws-cdk-lib/aws-dax';
import * as dms from 'aws-cdk-lib/aws-dms';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import { PrivateNetwork } from 'cdk-secure-transmission';
import { samplesOf } from './passing-code';

/** A PostgreSQL of CDK with everything that is not its default, and a proxy that takes no plaintext. */
export function relationalDatabase(stack: Stack): void {
  // #region relationalDatabase
  const { vpc } = new PrivateNetwork(stack, 'Network');
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  const secret = new rds.DatabaseSecret(stack, 'Secret', { username: 'shop', encryptionKey: key });
  const orders = new rds.DatabaseInstance(stack, 'Orders', {
    engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_5 }),
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    credentials: rds.Credentials.fromSecret(secret),
    parameters: { 'rds.force_ssl': '1', ssl_min_protocol_version: 'TLSv1.2' },
    storageEncryptionKey: key,
    iamAuthentication: true,
    multiAz: true,
    backupRetention: Duration.days(35),
    copyTagsToSnapshot: true,
    deletionProtection: true,
    cloudwatchLogsExports: ['postgresql', 'upgrade'],
  });
  new rds.DatabaseProxy(stack, 'Proxy', {
    proxyTarget: rds.ProxyTarget.fromInstance(orders),
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    secrets: [secret],
    requireTLS: true,
    iamAuth: true,
  });
  // #endregion relationalDatabase
}

/** A cache that can be brought back, and keeps itself up to date. */
export function cache(stack: Stack): void {
  // #region cache
  new elasticache.CfnReplicationGroup(stack, 'Sessions', {
    replicationGroupDescription: 'Sessions of the shop',
    engine: 'valkey',
    engineVersion: '8.1',
    cacheNodeType: 'cache.m7g.large',
    numCacheClusters: 2,
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    atRestEncryptionEnabled: true,
    kmsKeyId: new kms.Key(stack, 'Key', { enableKeyRotation: true }).keyArn,
    transitEncryptionEnabled: true,
    transitEncryptionMode: 'required',
    userGroupIds: ['sessions'],
    cacheSubnetGroupName: 'isolated',
    autoMinorVersionUpgrade: true,
    snapshotRetentionLimit: 7,
  });
  // #endregion cache
}

/** A cache before a table that speaks TLS: a cluster that does not cannot be changed. */
export function tableCache(stack: Stack): void {
  // #region tableCache
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('dax.amazonaws.com') });
  new dax.CfnCluster(stack, 'Carts', {
    iamRoleArn: role.roleArn,
    nodeType: 'dax.r7i.large',
    replicationFactor: 3,
    subnetGroupName: 'isolated',
    clusterEndpointEncryptionType: 'TLS',
    sseSpecification: { sseEnabled: true },
  });
  // #endregion tableCache
}

/** A message broker that records who administers it. */
export function messageBroker(stack: Stack): void {
  // #region messageBroker
  new mq.CfnBroker(stack, 'Legacy', {
    brokerName: 'legacy',
    engineType: 'ACTIVEMQ',
    engineVersion: '5.19',
    hostInstanceType: 'mq.m5.large',
    deploymentMode: 'ACTIVE_STANDBY_MULTI_AZ',
    subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    publiclyAccessible: false,
    autoMinorVersionUpgrade: true,
    encryptionOptions: {
      useAwsOwnedKey: false,
      kmsKeyId: new kms.Key(stack, 'Key', { enableKeyRotation: true }).keyArn,
    },
    users: [{ username: 'shop', password: '{{resolve:secretsmanager:legacy/broker:SecretString:password}}' }],
    logs: { audit: true, general: true },
  });
  // #endregion messageBroker
}

/** A migration between databases that prove who they are. */
export function migration(stack: Stack): void {
  // #region migration
  const authority = new dms.CfnCertificate(stack, 'Authority', {
    certificateIdentifier: 'authority-of-databases',
    certificatePem: '{{resolve:ssm:/databases/authority}}',
  });
  const database = {
    engineName: 'postgres',
    port: 5432,
    databaseName: 'orders',
    certificateArn: authority.ref,
  };
  new dms.CfnEndpoint(stack, 'From', {
    ...database,
    endpointType: 'source',
    serverName: 'orders.old.example.com',
    sslMode: 'verify-full',
  });
  new dms.CfnEndpoint(stack, 'To', {
    ...database,
    endpointType: 'target',
    serverName: 'orders.new.example.com',
    sslMode: 'verify-full',
  });
  // #endregion migration
}

/** Samples of this file. */
export const DATABASES = samplesOf('databases.ts', {
  'A relational database and its proxy': { relationalDatabase },
  'A cache': { cache },
  'A cache before a table': { tableCache },
  'A message broker': { messageBroker },
  'A migration of a database': { migration },
});
