import { type App, Stack } from 'aws-cdk-lib';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnDBCluster as CfnNeptuneCluster } from 'aws-cdk-lib/aws-neptune';
import * as rds from 'aws-cdk-lib/aws-rds';
import { CfnClusterParameterGroup, CfnCluster as CfnRedshiftCluster } from 'aws-cdk-lib/aws-redshift';
import { CfnNamespace, CfnWorkgroup } from 'aws-cdk-lib/aws-redshiftserverless';
import { ENV, type KnownGood } from './known-good';

const POSTGRES = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 });
const MYSQL = rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.VER_8_0_40 });
const MARIADB = rds.DatabaseInstanceEngine.mariaDb({ version: rds.MariaDbEngineVersion.VER_10_11 });
const SQL_SERVER = rds.DatabaseInstanceEngine.sqlServerSe({ version: rds.SqlServerEngineVersion.VER_16 });
const AURORA_POSTGRES = rds.DatabaseClusterEngine.auroraPostgres({
  version: rds.AuroraPostgresEngineVersion.VER_16_4,
});
const AURORA_MYSQL = rds.DatabaseClusterEngine.auroraMysql({
  version: rds.AuroraMysqlEngineVersion.VER_3_08_0,
});

function instances(stack: Stack, vpc: ec2.Vpc): rds.DatabaseInstance {
  const postgres = new rds.DatabaseInstance(stack, 'Postgres', {
    engine: POSTGRES,
    vpc,
    storageEncrypted: true,
    parameters: { 'rds.force_ssl': '1', ssl_min_protocol_version: 'TLSv1.2' },
  });
  // The default group of 16 requires TLS.
  new rds.DatabaseInstance(stack, 'PostgresDefault', { engine: POSTGRES, vpc, storageEncrypted: true });
  new rds.DatabaseInstanceReadReplica(stack, 'Replica', {
    sourceDatabaseInstance: postgres,
    instanceType: ec2.InstanceType.of(ec2.InstanceClass.M6G, ec2.InstanceSize.LARGE),
    vpc,
    storageEncrypted: true,
  });
  new rds.DatabaseInstance(stack, 'Mysql', {
    engine: MYSQL,
    vpc,
    storageEncrypted: true,
    parameterGroup: new rds.ParameterGroup(stack, 'MysqlTls', {
      engine: MYSQL,
      parameters: { require_secure_transport: '1', tls_version: 'TLSv1.2,TLSv1.3' },
    }),
  });
  new rds.DatabaseInstance(stack, 'MariaDb', {
    engine: MARIADB,
    vpc,
    storageEncrypted: true,
    parameters: { require_secure_transport: '1', tls_version: 'TLSv1.2,TLSv1.3' },
  });
  new rds.DatabaseInstance(stack, 'SqlServer', {
    engine: SQL_SERVER,
    vpc,
    storageEncrypted: true,
    licenseModel: rds.LicenseModel.LICENSE_INCLUDED,
    parameters: { 'rds.force_ssl': '1', 'rds.tls10': 'disabled', 'rds.tls11': 'disabled' },
  });
  return postgres;
}

function clusters(stack: Stack, vpc: ec2.Vpc): void {
  const cluster = new rds.DatabaseCluster(stack, 'AuroraPostgres', {
    engine: AURORA_POSTGRES,
    vpc,
    storageEncrypted: true,
    writer: rds.ClusterInstance.serverlessV2('Writer'),
    readers: [rds.ClusterInstance.serverlessV2('Reader', { scaleWithWriter: true })],
    parameters: { 'rds.force_ssl': '1', ssl_min_protocol_version: 'TLSv1.2' },
  });
  cluster.addProxy('Proxy', {
    vpc,
    secrets: cluster.secret === undefined ? [] : [cluster.secret],
    requireTLS: true,
  });
  new rds.DatabaseCluster(stack, 'AuroraMysql', {
    engine: AURORA_MYSQL,
    vpc,
    storageEncrypted: true,
    writer: rds.ClusterInstance.provisioned('Writer'),
    parameterGroup: new rds.ParameterGroup(stack, 'AuroraMysqlTls', {
      engine: AURORA_MYSQL,
      parameters: { require_secure_transport: 'ON', tls_version: 'TLSv1.2,TLSv1.3' },
    }),
  });
}

function tlsOnly(): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['dynamodb:*'],
        resources: ['*'],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ],
  });
}

function tables(stack: Stack): void {
  const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
  const table = new dynamodb.Table(stack, 'Orders', { partitionKey, resourcePolicy: tlsOnly() });
  // The L2 has no policy for the stream.
  (table.node.defaultChild as dynamodb.CfnTable).streamSpecification = {
    streamViewType: 'NEW_IMAGE',
    resourcePolicy: { policyDocument: tlsOnly() },
  };
  const policies = () => ({ resourcePolicy: tlsOnly(), streamResourcePolicy: tlsOnly() });
  new dynamodb.TableV2(stack, 'Carts', {
    partitionKey,
    ...policies(),
    replicas: [{ region: 'eu-central-1', ...policies() }],
  });
}

/** Relational, document, graph, warehouse, and tables of items. */
function build(app: App): void {
  const network = new Stack(app, 'DatabaseNetwork', { env: ENV });
  const vpc = new ec2.Vpc(network, 'Vpc');
  const stack = new Stack(app, 'Databases', { env: ENV });
  const postgres = instances(stack, vpc);
  clusters(stack, vpc);
  tables(stack);
  new rds.DatabaseProxy(stack, 'Proxy', {
    proxyTarget: rds.ProxyTarget.fromInstance(postgres),
    vpc,
    secrets: postgres.secret === undefined ? [] : [postgres.secret],
  });
  new docdb.DatabaseCluster(stack, 'Documents', {
    vpc,
    masterUser: { username: 'shop' },
    instanceType: ec2.InstanceType.of(ec2.InstanceClass.R6G, ec2.InstanceSize.LARGE),
    storageEncrypted: true,
    parameterGroup: new docdb.ClusterParameterGroup(stack, 'DocumentsTls', {
      family: 'docdb5.0',
      parameters: { tls: 'tls1.2+' },
    }),
  });
  new CfnNeptuneCluster(stack, 'Graph', {
    engineVersion: '1.4.5.0',
    storageEncrypted: true,
    iamAuthEnabled: true,
  });
  // Another stack may own the group.
  const group = new CfnClusterParameterGroup(network, 'WarehouseTls', {
    description: 'requires TLS',
    parameterGroupFamily: 'redshift-1.0',
    parameters: [{ parameterName: 'require_ssl', parameterValue: 'true' }],
  });
  new CfnRedshiftCluster(stack, 'Warehouse', {
    clusterType: 'single-node',
    dbName: 'shop',
    nodeType: 'ra3.large',
    masterUsername: 'shop',
    manageMasterPassword: true,
    clusterParameterGroupName: group.ref,
  });
  const namespace = new CfnNamespace(stack, 'Namespace', { namespaceName: 'shop' });
  new CfnWorkgroup(stack, 'Workgroup', {
    workgroupName: 'shop',
    namespaceName: namespace.ref,
    configParameters: [{ parameterKey: 'require_ssl', parameterValue: 'true' }],
  });
}

export const DATABASES: KnownGood = {
  area: 'databases',
  build,
  remaining: [
    [
      'warning DatabaseStatesTls12 of Databases/PostgresDefault at DBParameterGroupName',
      'the default group requires TLS, but AWS does not say from which version on',
    ],
  ],
};
