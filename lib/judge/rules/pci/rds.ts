import type { PackRule } from '../../packs/pack';
import { unlessSpared } from '../backup-bounds';
import { isClusterMember } from '../cluster-member';
import {
  allOf,
  isAbsent,
  isAtLeast,
  isOneOf,
  isTrue,
  onlyWhere,
  type PropertyTest,
  propertyRow,
  violation,
} from '../property';
import { COMPLIANT } from '../rule';
import { exportsAuditLog } from './rds-log-exports';
import { databaseIsPrivate } from './rds-public-access';
import { ACCESS, AUDIT_LOG, EXPOSURE } from './requirements';

const INSTANCE = 'AWS::RDS::DBInstance';
const CLUSTER = 'AWS::RDS::DBCluster';

/** Instances that are no members of a cluster, which decides for them. */
const standsAlone: PropertyTest = (properties) =>
  isClusterMember(properties)
    ? violation(properties, 'a member of a cluster', 'an instance alone')
    : COMPLIANT;

/** Engines that take tokens of IAM for passwords; clusters of others do not. */
const knowsIam: PropertyTest = (properties, context) => {
  const engines =
    properties.resource.type === CLUSTER
      ? ['aurora', 'aurora-mysql', 'aurora-postgresql']
      : ['mysql', 'postgres', 'mariadb'];
  return isOneOf('Engine', engines)(properties, context);
};

/** Rules on RDS and Aurora databases, with their levels. */
export const RDS_DATA_ROWS: readonly PackRule[] = [
  propertyRow('error', {
    id: 'DatabaseIsNotPublic',
    title: 'a database has no address on the internet',
    risk: 'Everybody on the internet can try passwords and weaknesses of the engine; one security group too wide is enough.',
    fix: 'Set PubliclyAccessible to false, and name a DBSubnetGroupName of private subnets: without one an instance of RDS is public by default. CDK: publiclyAccessible: false on DatabaseInstance and ClusterInstance, or vpcSubnets with private subnets, which are the default.',
    references: {
      pciDss: EXPOSURE,
      gdpr: ['25(2)', '32(1)(b)'],
      securityHub: ['RDS.2'],
      cwe: ['CWE-668'],
      awsConfig: ['RDS_INSTANCE_PUBLIC_ACCESS_CHECK'],
    },
    resourceTypes: [INSTANCE, CLUSTER, 'AWS::Neptune::DBInstance'],
    test: databaseIsPrivate,
  }),
  propertyRow('warning', {
    id: 'ClassicDatabaseSecurityGroupIsNotUsed',
    title: 'a database is guarded by security groups of its network',
    risk: 'DB security groups belong to EC2-Classic, which AWS has switched off: what they let in is not what stands in any security group of the network.',
    fix: 'Remove AWS::RDS::DBSecurityGroup and DBSecurityGroups, and set VPCSecurityGroups (VpcSecurityGroupIds of a cluster). CDK: securityGroups on DatabaseInstance and DatabaseCluster, which make one by default.',
    references: {
      pciDss: ['1.3.1', '1.3.2', '1.4.2', 'A1.1.3'],
      gdpr: ['32(1)(b)'],
      cwe: ['CWE-284'],
      awsConfig: ['RDS_DB_SECURITY_GROUP_NOT_ALLOWED'],
    },
    resourceTypes: ['AWS::RDS::DBSecurityGroup', 'AWS::RDS::DBSecurityGroupIngress'],
    test: (properties) => violation(properties, 'a security group of EC2-Classic', 'left out'),
  }),
  propertyRow('warning', {
    id: 'DatabaseExportsAuditLog',
    title: 'a database exports the log of who connected',
    risk: 'After a leak nobody can tell who logged in and from where; a log on the instance goes when the instance goes.',
    fix: "Add to EnableCloudwatchLogsExports postgresql (PostgreSQL), audit (MySQL, MariaDB, Oracle), error (SQL Server) or diag.log (Db2); for a cluster on the cluster. MySQL and MariaDB on RDS need the option MARIADB_AUDIT_PLUGIN too, Aurora MySQL the parameter server_audit_logging. CDK: cloudwatchLogsExports: ['postgresql'] on DatabaseInstance and DatabaseCluster.",
    references: {
      pciDss: AUDIT_LOG,
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['RDS.9', 'RDS.34', 'RDS.36', 'RDS.37'],
      cwe: ['CWE-778'],
      awsConfig: ['RDS_LOGGING_ENABLED', 'RDS_AURORA_MYSQL_AUDIT_LOGGING_ENABLED'],
    },
    resourceTypes: [INSTANCE, CLUSTER],
    test: exportsAuditLog,
  }),
  propertyRow('info', {
    id: 'DatabaseAcceptsIamLogin',
    title: 'a database knows its clients by IAM',
    risk: 'Passwords are shared, written down and found; a token of IAM lasts for minutes, and belongs to a role.',
    fix: 'Set EnableIAMDatabaseAuthentication to true (MySQL, MariaDB, PostgreSQL and Aurora have it); for a cluster on the cluster. CDK: iamAuthentication: true on DatabaseInstance and DatabaseCluster, and grantConnect.',
    references: {
      pciDss: ACCESS,
      gdpr: ['32(1)(b)'],
      securityHub: ['RDS.10', 'RDS.12'],
      cwe: ['CWE-287'],
      awsConfig: ['RDS_INSTANCE_IAM_AUTHENTICATION_ENABLED', 'RDS_CLUSTER_IAM_AUTHENTICATION_ENABLED'],
    },
    resourceTypes: [INSTANCE, CLUSTER],
    test: onlyWhere(allOf(standsAlone, knowsIam), isTrue('EnableIAMDatabaseAuthentication')),
  }),
  propertyRow('info', {
    id: 'DatabaseIsBackedUp',
    title: 'a database makes backups by itself',
    risk: 'What a faulty release or an intruder overwrites is gone.',
    fix: 'Leave BackupRetentionPeriod out or set it to 1 or more; 0 turns backups off. CDK: backupRetention: Duration.days(7) on DatabaseInstance.',
    references: {
      pciDss: ['10.3.3'],
      gdpr: ['32(1)(c)'],
      securityHub: ['RDS.11'],
      cwe: ['CWE-404'],
      awsConfig: ['DB_INSTANCE_BACKUP_ENABLED'],
    },
    resourceTypes: [INSTANCE],
    // A replica can be made again from its source.
    test: onlyWhere(
      allOf(standsAlone, isAbsent('SourceDBInstanceIdentifier'), isAbsent('SourceDBClusterIdentifier')),
      unlessSpared(isAtLeast('BackupRetentionPeriod', 1, { absent: 'compliant' })),
    ),
  }),
  propertyRow('info', {
    id: 'DatabaseTakesMinorUpgrades',
    title: 'a database installs new minor versions of its engine by itself',
    risk: 'Weaknesses of the engine that everybody knows stay open until somebody thinks of them.',
    fix: 'Leave AutoMinorVersionUpgrade out or set it to true. CDK: autoMinorVersionUpgrade on DatabaseInstance and ClusterInstance; left out it is on.',
    references: {
      pciDss: ['6.3.3'],
      gdpr: ['32(1)(b)'],
      securityHub: ['RDS.13', 'RDS.35'],
      cwe: ['CWE-1395'],
      awsConfig: ['RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED'],
    },
    resourceTypes: [INSTANCE, CLUSTER, 'AWS::Neptune::DBInstance'],
    test: isTrue('AutoMinorVersionUpgrade', { absent: 'compliant' }),
  }),
];
