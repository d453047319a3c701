import { RDS_DATA_ROWS } from '../../../../lib/judge/rules/pci/rds';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const instance = (Properties: JsonMap = {}): JsonMap => one('AWS::RDS::DBInstance', Properties);
const cluster = (Properties: JsonMap = {}): JsonMap => one('AWS::RDS::DBCluster', Properties);
const PUBLIC = 'It.Properties.PubliclyAccessible';
const LOGS = 'It.Properties.EnableCloudwatchLogsExports';
const IAM = 'It.Properties.EnableIAMDatabaseAuthentication';
const DAYS = 'It.Properties.BackupRetentionPeriod';
const UPGRADE = 'It.Properties.AutoMinorVersionUpgrade';
const MEMBER: JsonMap = { DBClusterIdentifier: 'shop', Engine: 'aurora-postgresql' };

test.each<[string, string, JsonMap, readonly string[]]>([
  ['DatabaseIsNotPublic', 'passes a private instance', instance({ PubliclyAccessible: false }), []],
  [
    'DatabaseExportsAuditLog',
    'asks a cluster that gives itself a name',
    cluster(MEMBER),
    [`warning violation ${LOGS}: absent`],
  ],
  [
    'DatabaseAcceptsIamLogin',
    'asks a cluster that gives itself a name',
    cluster(MEMBER),
    [`info violation ${IAM}: absent`],
  ],
  [
    'DatabaseIsNotPublic',
    'fails a public instance',
    instance({ PubliclyAccessible: true }),
    [`error violation ${PUBLIC}: true`],
  ],
  [
    'DatabaseIsNotPublic',
    'fails an instance in the default subnets, which make it public',
    instance({ Engine: 'postgres' }),
    [`error violation ${PUBLIC}: absent`],
  ],
  [
    'DatabaseIsNotPublic',
    'fails the group named default as well',
    instance({ DBSubnetGroupName: 'default' }),
    [`error violation ${PUBLIC}: absent`],
  ],
  [
    'DatabaseIsNotPublic',
    'passes an instance in a group of subnets',
    instance({ DBSubnetGroupName: HIDDEN }),
    [],
  ],
  ['DatabaseIsNotPublic', 'passes a member of a cluster, which has the subnets', instance(MEMBER), []],
  [
    'DatabaseIsNotPublic',
    'fails a public member of a cluster',
    instance({ ...MEMBER, PubliclyAccessible: 'true' }),
    [`error violation ${PUBLIC}: true`],
  ],
  [
    'DatabaseIsNotPublic',
    'cannot tell a replica, which is where its source is',
    instance({ SourceDBInstanceIdentifier: 'orders' }),
    [`error unknown ${PUBLIC}`],
  ],
  [
    'DatabaseIsNotPublic',
    'cannot tell a parameter',
    instance({ PubliclyAccessible: HIDDEN }),
    [`error unknown ${PUBLIC}`],
  ],
  [
    'DatabaseIsNotPublic',
    'says nothing of Aurora, whose members have addresses',
    cluster({ Engine: 'aurora-mysql' }),
    [],
  ],
  [
    'DatabaseIsNotPublic',
    'fails a cluster of RDS in the default subnets',
    cluster({ Engine: 'postgres' }),
    [`error violation ${PUBLIC}: absent`],
  ],
  [
    'DatabaseIsNotPublic',
    'passes a cluster of RDS in a group of subnets',
    cluster({ Engine: 'postgres', DBSubnetGroupName: 'private' }),
    [],
  ],
  ['DatabaseIsNotPublic', 'passes Neptune, which is private by default', one('AWS::Neptune::DBInstance'), []],
  [
    'DatabaseIsNotPublic',
    'fails a public Neptune',
    one('AWS::Neptune::DBInstance', { PubliclyAccessible: true }),
    [`error violation ${PUBLIC}: true`],
  ],
  [
    'ClassicDatabaseSecurityGroupIsNotUsed',
    'fails a group of EC2-Classic',
    one('AWS::RDS::DBSecurityGroup', { GroupDescription: 'old' }),
    ['warning violation It.Properties: a security group of EC2-Classic'],
  ],
  [
    'ClassicDatabaseSecurityGroupIsNotUsed',
    'says nothing of groups of a network',
    one('AWS::EC2::SecurityGroup'),
    [],
  ],
  [
    'DatabaseExportsAuditLog',
    'passes PostgreSQL that exports its log',
    instance({ Engine: 'postgres', EnableCloudwatchLogsExports: ['postgresql'] }),
    [],
  ],
  [
    'DatabaseExportsAuditLog',
    'fails PostgreSQL that exports none',
    instance({ Engine: 'postgres' }),
    [`warning violation ${LOGS}: absent`],
  ],
  [
    'DatabaseExportsAuditLog',
    'fails PostgreSQL that exports another',
    cluster({ Engine: 'aurora-postgresql', EnableCloudwatchLogsExports: ['iam-db-auth-error'] }),
    [`warning violation ${LOGS}: iam-db-auth-error`],
  ],
  [
    'DatabaseExportsAuditLog',
    'passes Aurora MySQL that exports the audit log',
    cluster({ Engine: 'aurora-mysql', EnableCloudwatchLogsExports: ['error', 'audit'] }),
    [],
  ],
  [
    'DatabaseExportsAuditLog',
    'fails MySQL without the audit log, whatever else it exports',
    instance({ Engine: 'mysql', EnableCloudwatchLogsExports: ['general', 'error'] }),
    [`warning violation ${LOGS}: general, error`],
  ],
  [
    'DatabaseExportsAuditLog',
    'passes the audit log of Oracle, the error log of SQL Server and that of Db2',
    {
      Oracle: {
        Type: 'AWS::RDS::DBInstance',
        Properties: { Engine: 'oracle-ee', EnableCloudwatchLogsExports: ['audit'] },
      },
      Server: {
        Type: 'AWS::RDS::DBInstance',
        Properties: { Engine: 'sqlserver-se', EnableCloudwatchLogsExports: ['error'] },
      },
      Db2: {
        Type: 'AWS::RDS::DBInstance',
        Properties: { Engine: 'db2-se', EnableCloudwatchLogsExports: ['diag.log'] },
      },
    },
    [],
  ],
  ['DatabaseExportsAuditLog', 'says nothing of members, whose cluster exports', instance(MEMBER), []],
  [
    'DatabaseExportsAuditLog',
    'is content with any log of an engine that is hidden',
    instance({ Engine: HIDDEN, EnableCloudwatchLogsExports: ['error'] }),
    [],
  ],
  [
    'DatabaseExportsAuditLog',
    'fails an empty list',
    instance({ Engine: HIDDEN, EnableCloudwatchLogsExports: [] }),
    [`warning violation ${LOGS}: empty`],
  ],
  [
    'DatabaseExportsAuditLog',
    'cannot tell a hidden list, nor a hidden member of it',
    {
      It: {
        Type: 'AWS::RDS::DBInstance',
        Properties: { Engine: 'postgres', EnableCloudwatchLogsExports: HIDDEN },
      },
      Other: {
        Type: 'AWS::RDS::DBInstance',
        Properties: { Engine: 'mysql', EnableCloudwatchLogsExports: [HIDDEN] },
      },
    },
    [`warning unknown ${LOGS}`, `warning unknown ${LOGS.replace('It', 'Other')}`],
  ],
  [
    'DatabaseAcceptsIamLogin',
    'passes an instance that does',
    instance({ Engine: 'mysql', EnableIAMDatabaseAuthentication: true }),
    [],
  ],
  [
    'DatabaseAcceptsIamLogin',
    'fails an instance that does not',
    instance({ Engine: 'postgres' }),
    [`info violation ${IAM}: absent`],
  ],
  [
    'DatabaseAcceptsIamLogin',
    'says nothing of engines that cannot',
    instance({ Engine: 'sqlserver-ex' }),
    [],
  ],
  [
    'DatabaseAcceptsIamLogin',
    'says nothing of members of a cluster',
    instance({ ...MEMBER, Engine: 'postgres' }),
    [],
  ],
  [
    'DatabaseAcceptsIamLogin',
    'fails a cluster of Aurora that does not',
    cluster({ Engine: 'aurora-postgresql', EnableIAMDatabaseAuthentication: false }),
    [`info violation ${IAM}: false`],
  ],
  ['DatabaseAcceptsIamLogin', 'says nothing of other clusters', cluster({ Engine: 'mysql' }), []],
  [
    'DatabaseAcceptsIamLogin',
    'cannot tell a parameter',
    cluster({ Engine: 'aurora-mysql', EnableIAMDatabaseAuthentication: HIDDEN }),
    [`info unknown ${IAM}`],
  ],
  ['DatabaseIsBackedUp', 'passes the default, which is a day', instance(), []],
  ['DatabaseIsBackedUp', 'fails none', instance({ BackupRetentionPeriod: 0 }), [`info violation ${DAYS}: 0`]],
  [
    'DatabaseIsBackedUp',
    'says nothing of replicas and members',
    {
      It: {
        Type: 'AWS::RDS::DBInstance',
        Properties: { SourceDBInstanceIdentifier: 'o', BackupRetentionPeriod: 0 },
      },
      Member: { Type: 'AWS::RDS::DBInstance', Properties: { ...MEMBER, BackupRetentionPeriod: 0 } },
    },
    [],
  ],
  [
    'DatabaseIsBackedUp',
    'cannot tell a parameter',
    instance({ BackupRetentionPeriod: HIDDEN }),
    [`info unknown ${DAYS}`],
  ],
  ['DatabaseTakesMinorUpgrades', 'passes the default', instance(), []],
  [
    'DatabaseTakesMinorUpgrades',
    'fails what is switched off',
    cluster({ AutoMinorVersionUpgrade: false }),
    [`info violation ${UPGRADE}: false`],
  ],
  [
    'DatabaseTakesMinorUpgrades',
    'cannot tell a parameter',
    instance({ AutoMinorVersionUpgrade: HIDDEN }),
    [`info unknown ${UPGRADE}`],
  ],
])('%s %s', (id, _, resources, expected) => {
  expect(says(RDS_DATA_ROWS, id, resources)).toEqual(expected);
});
