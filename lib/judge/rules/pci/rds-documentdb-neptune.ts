import type { PackRule } from '../../packs/pack';
import { keepsBackupsFor } from '../backup-bounds';
import { isTrue, propertyRow } from '../property';
import { holds } from './rds-log-exports';
import { ACCESS, AUDIT_LOG } from './requirements';

const DOCUMENTDB = 'AWS::DocDB::DBCluster';
const NEPTUNE = 'AWS::Neptune::DBCluster';

/** Rules on DocumentDB and Neptune clusters, with their levels. */
export const DOCUMENTDB_NEPTUNE_ROWS: readonly PackRule[] = [
  propertyRow('warning', {
    id: 'DocumentDbExportsAuditLog',
    title: 'a DocumentDB cluster exports the log of who did what',
    risk: 'After a leak nobody can tell who logged in, and which collections were read or dropped.',
    fix: "Add audit to EnableCloudwatchLogsExports, and set the parameter audit_logs of the cluster parameter group to 'enabled' or more. CDK: exportAuditLogsToCloudWatch: true on DatabaseCluster, and parameters of ClusterParameterGroup.",
    references: {
      pciDss: AUDIT_LOG,
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['DocumentDB.4'],
      cwe: ['CWE-778'],
      awsConfig: ['DOCDB_CLUSTER_AUDIT_LOGGING_ENABLED'],
    },
    resourceTypes: [DOCUMENTDB],
    test: holds('EnableCloudwatchLogsExports', ['audit']),
  }),
  propertyRow('warning', {
    id: 'NeptuneExportsAuditLog',
    title: 'a Neptune cluster exports the log of who asked what',
    risk: 'After a leak nobody can tell who read which part of the graph.',
    fix: "Add audit to EnableCloudwatchLogsExports, and set the parameter neptune_enable_audit_log of the cluster parameter group to '1'. CDK: CfnDBCluster.enableCloudwatchLogsExports (the L2 is the alpha module aws-neptune-alpha, cloudwatchLogsExports).",
    references: {
      pciDss: AUDIT_LOG,
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['Neptune.2'],
      cwe: ['CWE-778'],
      awsConfig: ['NEPTUNE_CLUSTER_CLOUDWATCH_LOG_EXPORT_ENABLED'],
    },
    resourceTypes: [NEPTUNE],
    test: holds('EnableCloudwatchLogsExports', ['audit']),
  }),
  propertyRow('warning', {
    id: 'NeptuneAuthenticatesByIam',
    title: 'a Neptune cluster asks clients who they are',
    risk: 'Neptune has no passwords: without IAM, whoever reaches its port reads and changes the graph.',
    fix: 'Set IamAuthEnabled to true. CDK: CfnDBCluster.iamAuthEnabled (the L2 is the alpha module aws-neptune-alpha, iamAuthentication).',
    references: {
      pciDss: ACCESS,
      gdpr: ['32(1)(b)'],
      securityHub: ['Neptune.7'],
      cwe: ['CWE-306'],
      awsConfig: ['NEPTUNE_CLUSTER_IAM_DATABASE_AUTHENTICATION'],
    },
    resourceTypes: [NEPTUNE],
    test: isTrue('IamAuthEnabled'),
  }),
  propertyRow('info', {
    id: 'ClusterBackupsCoverAWeek',
    title: 'a DocumentDB or Neptune cluster keeps backups for a week',
    risk: 'Faults are often found after days; by default there is a backup of yesterday only.',
    fix: 'Set BackupRetentionPeriod to 7 or more; the default is 1. CDK: backup: { retention: Duration.days(7) } on DatabaseCluster of DocumentDB; CfnDBCluster.backupRetentionPeriod of Neptune.',
    references: {
      pciDss: ['10.3.3', '10.5.1'],
      gdpr: ['32(1)(c)'],
      securityHub: ['DocumentDB.2', 'Neptune.5'],
      cwe: ['CWE-404'],
      awsConfig: ['NEPTUNE_CLUSTER_BACKUP_RETENTION_CHECK', 'DOCDB_CLUSTER_BACKUP_RETENTION_CHECK'],
    },
    resourceTypes: [DOCUMENTDB, NEPTUNE],
    test: keepsBackupsFor('BackupRetentionPeriod', 7),
  }),
];
