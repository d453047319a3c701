import type { Json, JsonMap } from '../../../lib/judge/template';
import { beside, OFF_ON, ON_OFF, type Pair, resource, type Subject, type Values } from './subject';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/00000000-1111-2222-3333-444455556666';
const SOURCE = 'arn:aws:iam::111122223333:role/backup';

/** A store, and a selection of a backup plan that names it, or another. */
function selected(type: string, properties: JsonMap, ref: JsonMap): Subject {
  return beside(type, properties, 'selection', {
    it: selection(ref),
    another: selection('arn:aws:dynamodb:eu-west-1:111122223333:table/other'),
    absent: {},
  });
}

function selection(store: Json): JsonMap {
  const BackupSelection = { IamRoleArn: SOURCE, SelectionName: 'shop', Resources: [store] };
  const Properties = { BackupPlanId: '00000000-1111-2222-3333-444455556666', BackupSelection };
  return { Selection: { Type: 'AWS::Backup::BackupSelection', Properties } };
}

const TABLE = {
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  BillingMode: 'PAY_PER_REQUEST',
};
const ENGINES: Values = ['postgres', 'mysql', 'mariadb', 'sqlserver-ee', 'oracle-ee'];
const INSTANCE = { DBInstanceClass: 'db.m7g.large', Engine: 'postgres', AllocatedStorage: '20' };
/** An instance of a cluster, which decides on encryption. */
const MEMBER = { DBInstanceClass: 'db.r7g.large', Engine: 'aurora-postgresql', DBClusterIdentifier: 'shop' };
const CLUSTER = { Engine: 'aurora-postgresql' };
const REDSHIFT = {
  ClusterType: 'single-node',
  DBName: 'shop',
  NodeType: 'ra3.large',
  MasterUsername: 'shop',
};
const CACHE = { ReplicationGroupDescription: 'shop', Engine: 'redis' };

/** Stores of data. */
export const STORE_PAIRS: readonly Pair[] = [
  {
    theirs: 'dynamodb.DAXEncrypted',
    ours: ['StoreIsEncrypted'],
    subject: resource(
      'AWS::DAX::Cluster',
      { NodeType: 'dax.r5.large', ReplicationFactor: 3, IAMRoleARN: SOURCE },
      { 'SSESpecification.SSEEnabled': ON_OFF },
    ),
  },
  {
    theirs: 'dynamodb.DynamoDBPITREnabled',
    ours: ['TableCanBeRestored'],
    subject: resource('AWS::DynamoDB::Table', TABLE, {
      'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled': ON_OFF,
    }),
  },
  {
    theirs: 'dynamodb.DynamoDBInBackupPlan',
    ours: ['StoreIsInBackupPlan'],
    subject: selected('AWS::DynamoDB::Table', TABLE, { 'Fn::GetAtt': ['It', 'Arn'] }),
  },
  {
    theirs: 'dynamodb.DynamoDBInBackupPlan',
    ours: ['StoreIsInBackupPlan'],
    subject: selected(
      'AWS::DynamoDB::GlobalTable',
      { ...TABLE, Replicas: [{ Region: 'eu-west-1' }] },
      { 'Fn::GetAtt': ['It', 'Arn'] },
    ),
  },
  {
    theirs: 'efs.EFSInBackupPlan',
    ours: ['StoreIsInBackupPlan'],
    subject: selected('AWS::EFS::FileSystem', { Encrypted: true }, { 'Fn::GetAtt': ['It', 'Arn'] }),
  },
  {
    theirs: 'rds.RDSInBackupPlan',
    ours: ['StoreIsInBackupPlan'],
    subject: selected('AWS::RDS::DBInstance', INSTANCE, { 'Fn::GetAtt': ['It', 'DBInstanceArn'] }),
  },
  {
    theirs: 'ec2.EC2EBSInBackupPlan',
    ours: ['StoreIsInBackupPlan'],
    subject: selected(
      'AWS::EC2::Volume',
      { AvailabilityZone: 'eu-west-1a', Size: 10, Encrypted: true },
      { 'Fn::Sub': 'arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:volume/${It}' },
    ),
  },
  {
    theirs: 'efs.EFSEncrypted',
    ours: ['FileSystemIsEncrypted'],
    subject: resource('AWS::EFS::FileSystem', {}, { Encrypted: ON_OFF }),
  },
  {
    theirs: 'documentdb.DocumentDBClusterEncryptionAtRest',
    ours: ['StoreIsEncrypted'],
    subject: resource('AWS::DocDB::DBCluster', { MasterUsername: 'shop' }, { StorageEncrypted: ON_OFF }),
  },
  {
    theirs: 'documentdb.DocumentDBClusterBackupRetentionPeriod',
    ours: ['ClusterBackupsCoverAWeek'],
    subject: resource(
      'AWS::DocDB::DBCluster',
      { MasterUsername: 'shop' },
      {
        BackupRetentionPeriod: [7, 30, 6, 1, undefined],
      },
    ),
  },
  {
    theirs: 'documentdb.DocumentDBClusterLogExports',
    ours: ['DocumentDbExportsAuditLog'],
    subject: resource(
      'AWS::DocDB::DBCluster',
      { MasterUsername: 'shop' },
      {
        EnableCloudwatchLogsExports: {
          'events, as cdk-nag names them, and audit': [
            'audit',
            'authenticate',
            'createIndex',
            'dropCollection',
          ],
          audit: ['audit'],
          profiler: ['profiler'],
          absent: undefined,
        },
      },
    ),
  },
  {
    theirs: 'neptune.NeptuneClusterEncryptionAtRest',
    ours: ['StoreIsEncrypted'],
    subject: resource('AWS::Neptune::DBCluster', {}, { StorageEncrypted: ON_OFF }),
  },
  {
    theirs: 'neptune.NeptuneClusterBackupRetentionPeriod',
    ours: ['ClusterBackupsCoverAWeek'],
    subject: resource('AWS::Neptune::DBCluster', {}, { BackupRetentionPeriod: [7, 35, 6, undefined] }),
  },
  {
    theirs: 'neptune.NeptuneClusterIAMAuth',
    ours: ['NeptuneAuthenticatesByIam'],
    subject: resource('AWS::Neptune::DBCluster', {}, { IamAuthEnabled: ON_OFF }),
  },
  {
    theirs: 'neptune.NeptuneClusterAutomaticMinorVersionUpgrade',
    ours: ['DatabaseTakesMinorUpgrades'],
    subject: resource(
      'AWS::Neptune::DBInstance',
      { DBInstanceClass: 'db.r6g.large' },
      { AutoMinorVersionUpgrade: ON_OFF },
    ),
  },
  {
    theirs: 'elasticache.ElastiCacheClusterInVPC',
    ours: ['CacheIsInChosenSubnets'],
    subject: resource('AWS::ElastiCache::ReplicationGroup', CACHE, {
      CacheSubnetGroupName: ['private', 'default', undefined],
    }),
  },
  {
    theirs: 'elasticache.ElastiCacheRedisClusterAutomaticBackup',
    ours: ['CacheIsBackedUp'],
    subject: resource('AWS::ElastiCache::ReplicationGroup', CACHE, {
      SnapshotRetentionLimit: [15, 35, 14, 1, 0, undefined],
    }),
  },
  {
    theirs: 'elasticache.ElastiCacheRedisClusterAutomaticBackup',
    ours: ['CacheIsBackedUp'],
    subject: resource(
      'AWS::ElastiCache::CacheCluster',
      { CacheNodeType: 'cache.m7g.large', NumCacheNodes: 1 },
      { SnapshotRetentionLimit: [15, 0, undefined], Engine: ['redis', 'valkey', 'memcached'] },
    ),
  },
  {
    theirs: 'elasticache.ElastiCacheRedisClusterEncryption',
    ours: ['StoreIsEncrypted', 'CacheRequiresTls'],
    subject: resource('AWS::ElastiCache::ReplicationGroup', CACHE, {
      AtRestEncryptionEnabled: ON_OFF,
      TransitEncryptionEnabled: ON_OFF,
    }),
  },
  {
    theirs: 'opensearch.OpenSearchEncryptedAtRest',
    ours: ['StoreIsEncrypted'],
    subject: resource('AWS::OpenSearchService::Domain', {}, { 'EncryptionAtRestOptions.Enabled': ON_OFF }),
  },
  {
    theirs: 'opensearch.OpenSearchEncryptedAtRest',
    ours: ['StoreIsEncrypted'],
    subject: resource('AWS::Elasticsearch::Domain', {}, { 'EncryptionAtRestOptions.Enabled': ON_OFF }),
  },
  {
    theirs: 'opensearch.OpenSearchNodeToNodeEncryption',
    ours: ['OpenSearchNodesEncryptTraffic'],
    subject: resource(
      'AWS::OpenSearchService::Domain',
      {},
      { 'NodeToNodeEncryptionOptions.Enabled': ON_OFF },
    ),
  },
  {
    theirs: 'opensearch.OpenSearchInVPCOnly',
    ours: ['SearchDomainIsInVpc'],
    subject: resource(
      'AWS::OpenSearchService::Domain',
      {},
      {
        VPCOptions: {
          subnets: { SubnetIds: ['subnet-1'] },
          'no subnets': { SubnetIds: [] },
          absent: undefined,
        },
      },
    ),
  },
  {
    theirs: 'opensearch.OpenSearchErrorLogsToCloudWatch',
    ours: ['SearchDomainLogsErrors'],
    subject: {
      relations: ['log'],
      axes: { log: ['errors', 'errors, off', 'slow searches', undefined] },
      resources: ({ log }) => ({
        It: {
          Type: 'AWS::OpenSearchService::Domain',
          Properties: log === undefined ? {} : { LogPublishingOptions: published(String(log)) },
        },
      }),
    },
  },
  {
    theirs: 'rds.RDSStorageEncrypted',
    ours: ['StoreIsEncrypted'],
    subject: resource('AWS::RDS::DBInstance', INSTANCE, { StorageEncrypted: ON_OFF }),
  },
  {
    theirs: 'rds.RDSStorageEncrypted',
    ours: ['StoreIsEncrypted'],
    subject: resource('AWS::RDS::DBCluster', CLUSTER, { StorageEncrypted: ON_OFF }),
  },
  {
    theirs: 'rds.RDSStorageEncrypted',
    ours: ['StoreIsEncrypted'],
    subject: resource('AWS::RDS::DBInstance', MEMBER, { StorageEncrypted: [undefined, true] }),
  },
  {
    theirs: 'rds.RDSInstancePublicAccess',
    ours: ['DatabaseIsNotPublic'],
    subject: resource(
      'AWS::RDS::DBInstance',
      { ...INSTANCE, DBSubnetGroupName: 'private' },
      { PubliclyAccessible: OFF_ON },
    ),
  },
  {
    theirs: 'rds.RDSInstanceBackupEnabled',
    ours: ['DatabaseIsBackedUp'],
    subject: resource('AWS::RDS::DBInstance', INSTANCE, { BackupRetentionPeriod: [7, 1, 0, undefined] }),
  },
  {
    theirs: 'rds.RDSAutomaticMinorVersionUpgradeEnabled',
    ours: ['DatabaseTakesMinorUpgrades'],
    subject: resource('AWS::RDS::DBInstance', INSTANCE, { AutoMinorVersionUpgrade: ON_OFF }),
  },
  {
    theirs: 'rds.RDSLoggingEnabled',
    ours: ['DatabaseExportsAuditLog'],
    subject: resource('AWS::RDS::DBInstance', MEMBER, {
      EnableCloudwatchLogsExports: [undefined, ['error']],
    }),
  },
  {
    theirs: 'rds.RDSLoggingEnabled',
    ours: ['DatabaseExportsAuditLog'],
    subject: resource('AWS::RDS::DBInstance', INSTANCE, {
      EnableCloudwatchLogsExports: {
        all: [
          'audit',
          'error',
          'general',
          'slowquery',
          'postgresql',
          'upgrade',
          'alert',
          'listener',
          'oemagent',
          'trace',
          'agent',
        ],
        'the audit log': ['audit', 'postgresql'],
        errors: ['error'],
        absent: undefined,
      },
      Engine: ENGINES,
    }),
  },
  {
    theirs: 'rds.RDSLoggingEnabled',
    ours: ['DatabaseExportsAuditLog'],
    subject: resource('AWS::RDS::DBCluster', CLUSTER, {
      EnableCloudwatchLogsExports: {
        all: ['audit', 'error', 'general', 'slowquery', 'postgresql'],
        'the audit log': ['audit', 'postgresql'],
        errors: ['error'],
        absent: undefined,
      },
      Engine: ['aurora-postgresql', 'aurora-mysql', 'mysql', 'postgres'],
    }),
  },
  {
    theirs: 'rds.AuroraMySQLLogging',
    ours: ['DatabaseExportsAuditLog'],
    subject: resource(
      'AWS::RDS::DBCluster',
      { Engine: 'aurora-mysql' },
      {
        EnableCloudwatchLogsExports: {
          all: ['audit', 'error', 'general', 'slowquery'],
          audit: ['audit'],
          absent: undefined,
        },
        EngineMode: ['serverless', undefined],
      },
    ),
  },
  {
    theirs: 'rds.AuroraMySQLPostgresIAMAuth',
    ours: ['DatabaseAcceptsIamLogin'],
    subject: resource('AWS::RDS::DBCluster', CLUSTER, {
      EnableIAMDatabaseAuthentication: ON_OFF,
      Engine: ['aurora-postgresql', 'aurora-mysql', 'mysql'],
    }),
  },
  {
    theirs: 'redshift.RedshiftBackupEnabled',
    ours: ['WarehouseIsBackedUp'],
    subject: resource('AWS::Redshift::Cluster', REDSHIFT, {
      AutomatedSnapshotRetentionPeriod: [7, 1, 0, undefined],
    }),
  },
  {
    theirs: 'redshift.RedshiftClusterAuditLogging',
    ours: ['WarehouseLogsConnections'],
    subject: resource('AWS::Redshift::Cluster', REDSHIFT, {
      LoggingProperties: {
        bucket: { BucketName: 'logs' },
        CloudWatch: { LogDestinationType: 'cloudwatch', LogExports: ['connectionlog'] },
        absent: undefined,
      },
    }),
  },
  {
    theirs: 'redshift.RedshiftClusterConfiguration',
    ours: ['WarehouseLogsConnections', 'StoreIsEncrypted'],
    subject: resource('AWS::Redshift::Cluster', REDSHIFT, {
      Encrypted: ON_OFF,
      LoggingProperties: { bucket: { BucketName: 'logs' }, absent: undefined },
    }),
  },
  {
    theirs: 'redshift.RedshiftClusterEncryptionAtRest',
    ours: ['StoreIsEncrypted'],
    subject: resource('AWS::Redshift::Cluster', REDSHIFT, { Encrypted: ON_OFF }),
  },
  {
    theirs: 'redshift.RedshiftClusterMaintenanceSettings',
    ours: ['WarehouseTakesUpgrades', 'WarehouseIsBackedUp'],
    subject: resource('AWS::Redshift::Cluster', REDSHIFT, {
      AllowVersionUpgrade: ON_OFF,
      AutomatedSnapshotRetentionPeriod: [7, 0],
      PreferredMaintenanceWindow: ['sun:23:45-mon:00:15', undefined],
    }),
  },
  {
    theirs: 'redshift.RedshiftClusterVersionUpgrade',
    ours: ['WarehouseTakesUpgrades'],
    subject: resource('AWS::Redshift::Cluster', REDSHIFT, { AllowVersionUpgrade: ON_OFF }),
  },
  {
    theirs: 'redshift.RedshiftClusterPublicAccess',
    ours: ['WarehouseIsNotPublic'],
    subject: resource('AWS::Redshift::Cluster', REDSHIFT, { PubliclyAccessible: OFF_ON }),
  },
  {
    theirs: 'redshift.RedshiftEnhancedVPCRoutingEnabled',
    ours: ['WarehouseRoutesThroughVpc'],
    subject: resource('AWS::Redshift::Cluster', REDSHIFT, { EnhancedVpcRouting: ON_OFF }),
  },
  {
    theirs: 'redshift.RedshiftRequireTlsSSL',
    ours: ['RedshiftRequiresTls'],
    subject: {
      relations: ['group'],
      axes: { require_ssl: ['true', 'false', undefined], group: ['its own', undefined] },
      resources: ({ require_ssl, group }) => ({
        Parameters: {
          Type: 'AWS::Redshift::ClusterParameterGroup',
          Properties: {
            Description: 'shop',
            ParameterGroupFamily: 'redshift-2.0',
            Parameters:
              require_ssl === undefined
                ? []
                : [{ ParameterName: 'require_ssl', ParameterValue: require_ssl }],
          },
        },
        It: {
          Type: 'AWS::Redshift::Cluster',
          Properties: {
            ...REDSHIFT,
            ...(group === undefined ? {} : { ClusterParameterGroupName: { Ref: 'Parameters' } }),
          },
        },
      }),
    },
  },
  {
    theirs: 'sagemaker.SageMakerEndpointConfigurationKMSKeyConfigured',
    ours: ['ModelVolumeUsesOwnKey'],
    subject: resource(
      'AWS::SageMaker::EndpointConfig',
      {
        ProductionVariants: [
          {
            VariantName: 'v',
            ModelName: 'm',
            InstanceType: 'ml.m5.large',
            InitialInstanceCount: 1,
            InitialVariantWeight: 1,
          },
        ],
      },
      { KmsKeyId: [KEY, undefined] },
    ),
  },
  {
    theirs: 'sagemaker.SageMakerNotebookInstanceKMSKeyConfigured',
    ours: ['ModelVolumeUsesOwnKey'],
    subject: resource(
      'AWS::SageMaker::NotebookInstance',
      { InstanceType: 'ml.t3.medium', RoleArn: SOURCE },
      { KmsKeyId: [KEY, undefined] },
    ),
  },
  {
    theirs: 'sagemaker.SageMakerNotebookInVPC',
    ours: ['NotebookIsInVpc'],
    subject: resource(
      'AWS::SageMaker::NotebookInstance',
      { InstanceType: 'ml.t3.medium', RoleArn: SOURCE },
      { SubnetId: ['subnet-1', undefined] },
    ),
  },
  {
    theirs: 'sagemaker.SageMakerNotebookNoDirectInternetAccess',
    ours: ['NotebookHasNoDirectInternetAccess'],
    subject: resource(
      'AWS::SageMaker::NotebookInstance',
      { InstanceType: 'ml.t3.medium', RoleArn: SOURCE, SubnetId: 'subnet-1' },
      { DirectInternetAccess: ['Disabled', 'Enabled', undefined] },
    ),
  },
  {
    theirs: 'kinesis.KinesisDataStreamSSE',
    ours: ['StreamIsEncrypted'],
    subject: resource(
      'AWS::Kinesis::Stream',
      { ShardCount: 1 },
      {
        StreamEncryption: { key: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' }, absent: undefined },
      },
    ),
  },
  {
    theirs: 'dms.DMSReplicationNotPublic',
    ours: ['ReplicationInstanceIsNotPublic'],
    subject: resource(
      'AWS::DMS::ReplicationInstance',
      { ReplicationInstanceClass: 'dms.t3.medium' },
      { PubliclyAccessible: OFF_ON },
    ),
  },
];

function published(log: string): JsonMap {
  const CloudWatchLogsLogGroupArn = 'arn:aws:logs:eu-west-1:111122223333:log-group:es';
  const option = { Enabled: log !== 'errors, off', CloudWatchLogsLogGroupArn };
  return log === 'slow searches' ? { SEARCH_SLOW_LOGS: option } : { ES_APPLICATION_LOGS: option };
}
