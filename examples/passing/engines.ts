import type { Stack } from 'aws-cdk-lib';
import * as dms from 'aws-cdk-lib/aws-dms';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as memorydb from 'aws-cdk-lib/aws-memorydb';
import * as neptune from 'aws-cdk-lib/aws-neptune';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as redshiftserverless from 'aws-cdk-lib/aws-redshiftserverless';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { PrivateNetwork } from 'cdk-secure-transmission';
import { samplesOf } from './passing-code';

/** A graph that asks who is there, answers over TLS, and logs what it was asked. */
export function graph(stack: Stack): void {
  // #region graph
  const parameters = new neptune.CfnDBClusterParameterGroup(stack, 'Parameters', {
    family: 'neptune1.4',
    description: 'A log of who asked what',
    parameters: { neptune_enable_audit_log: '1' },
  });
  new neptune.CfnDBCluster(stack, 'Relations', {
    engineVersion: '1.4.5.0',
    iamAuthEnabled: true,
    dbClusterParameterGroupName: parameters.ref,
    dbSubnetGroupName: 'relations',
    enableCloudwatchLogsExports: ['audit'],
    storageEncrypted: true,
    kmsKeyId: new kms.Key(stack, 'Key', { enableKeyRotation: true }).keyArn,
    backupRetentionPeriod: 35,
    copyTagsToSnapshot: true,
    deletionProtection: true,
  });
  // #endregion graph
}

/** A store in memory that speaks TLS to users it knows. */
export function memory(stack: Stack): void {
  // #region memory
  const shop = new memorydb.CfnUser(stack, 'Shop', {
    userName: 'shop',
    accessString: 'on ~sessions:* +@read +@write',
    authenticationMode: { Type: 'iam' },
  });
  const users = new memorydb.CfnACL(stack, 'Users', { aclName: 'sessions', userNames: [shop.ref] });
  new memorydb.CfnCluster(stack, 'Sessions', {
    clusterName: 'sessions',
    nodeType: 'db.t4g.small',
    aclName: users.ref,
    subnetGroupName: 'sessions',
    tlsEnabled: true,
    kmsKeyId: new kms.Key(stack, 'Key', { enableKeyRotation: true }).keyArn,
    snapshotRetentionLimit: 7,
  });
  // #endregion memory
}

/** A warehouse without machines that refuses connections in clear. */
export function serverlessWarehouse(stack: Stack): void {
  // #region serverlessWarehouse
  const namespace = new redshiftserverless.CfnNamespace(stack, 'Reports', {
    namespaceName: 'reports',
    dbName: 'reports',
    manageAdminPassword: true,
    kmsKeyId: new kms.Key(stack, 'Key', { enableKeyRotation: true }).keyArn,
    logExports: ['connectionlog', 'userlog', 'useractivitylog'],
  });
  new redshiftserverless.CfnWorkgroup(stack, 'Analysts', {
    workgroupName: 'analysts',
    namespaceName: namespace.ref,
    configParameters: [{ parameterKey: 'require_ssl', parameterValue: 'true' }],
    publiclyAccessible: false,
    enhancedVpcRouting: true,
  });
  // #endregion serverlessWarehouse
}

/** A migration without an address on the internet, which logs what it does on both sides. */
export function migration(stack: Stack): void {
  // #region migration
  const instance = new dms.CfnReplicationInstance(stack, 'Migrator', {
    replicationInstanceClass: 'dms.t3.medium',
    replicationSubnetGroupIdentifier: 'migration',
    publiclyAccessible: false,
    autoMinorVersionUpgrade: true,
    kmsKeyId: new kms.Key(stack, 'Key', { enableKeyRotation: true }).keyArn,
  });
  new dms.CfnReplicationTask(stack, 'Orders', {
    replicationInstanceArn: instance.ref,
    migrationType: 'full-load',
    sourceEndpointArn: 'arn:aws:dms:eu-west-1:111122223333:endpoint:ORDERS-OF-OLD',
    targetEndpointArn: 'arn:aws:dms:eu-west-1:111122223333:endpoint:ORDERS',
    tableMappings: JSON.stringify({ rules: [] }),
    replicationTaskSettings: JSON.stringify({
      Logging: {
        EnableLogging: true,
        LogComponents: ['SOURCE_UNLOAD', 'SOURCE_CAPTURE', 'TARGET_LOAD', 'TARGET_APPLY'].map((Id) => ({
          Id,
          Severity: 'LOGGER_SEVERITY_DEFAULT',
        })),
      },
    }),
  });
  // #endregion migration
}

/** A search domain that decides by index, document and field who may read, and logs who did. */
export function auditedSearch(stack: Stack): void {
  // #region auditedSearch
  const { vpc } = new PrivateNetwork(stack, 'Network');
  new opensearch.Domain(stack, 'Search', {
    version: opensearch.EngineVersion.OPENSEARCH_2_19,
    vpc,
    vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    zoneAwareness: { availabilityZoneCount: 2 },
    capacity: { dataNodes: 2 },
    enforceHttps: true,
    tlsSecurityPolicy: opensearch.TLSSecurityPolicy.TLS_1_2_PFS,
    nodeToNodeEncryption: true,
    encryptionAtRest: { enabled: true, kmsKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }) },
    fineGrainedAccessControl: { masterUserArn: 'arn:aws:iam::111122223333:role/search-administrator' },
    logging: { auditLogEnabled: true, appLogEnabled: true, slowSearchLogEnabled: true },
  });
  // #endregion auditedSearch
}

/** A notebook in a network of the account, whose users are not its administrators. */
export function notebook(stack: Stack): void {
  // #region notebook
  const { vpc } = new PrivateNetwork(stack, 'Network');
  const group = new ec2.SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false });
  new sagemaker.CfnNotebookInstance(stack, 'Notebook', {
    instanceType: 'ml.t3.medium',
    roleArn: 'arn:aws:iam::111122223333:role/notebook',
    subnetId: vpc.isolatedSubnets[0]?.subnetId,
    securityGroupIds: [group.securityGroupId],
    directInternetAccess: 'Disabled',
    rootAccess: 'Disabled',
    kmsKeyId: new kms.Key(stack, 'Key', { enableKeyRotation: true }).keyArn,
  });
  // #endregion notebook
}

/** Samples of this file. */
export const ENGINES = samplesOf('engines.ts', {
  'A graph': { graph },
  'A store in memory': { memory },
  'A serverless warehouse': { serverlessWarehouse },
  'A migration and its log': { migration },
  'A search domain that logs who asked': { auditedSearch },
  'A notebook': { notebook },
});
