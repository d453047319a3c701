import type { PackRule } from '../../packs/pack';
import { unlessSpared } from '../backup-bounds';
import {
  isAtLeast,
  isFalse,
  isPresent,
  isTrue,
  onlyWhere,
  type PropertyTest,
  propertyRow,
  violation,
} from '../property';
import { holds } from './rds-log-exports';
import { AT_REST, AUDIT_LOG, EXPOSURE } from './requirements';

const CLUSTER = 'AWS::Redshift::Cluster';
const NAMESPACE = 'AWS::RedshiftServerless::Namespace';
const WORKGROUP = 'AWS::RedshiftServerless::Workgroup';

const logsConnections: PropertyTest = (properties, context) =>
  properties.resource.type === NAMESPACE
    ? holds('LogExports', ['connectionlog', 'userlog'])(properties, context)
    : isPresent('LoggingProperties', 'a bucket or log group')(properties, context);

/** A name that serverless namespaces take for a key. */
const AWS_OWNED = 'AWS_OWNED_KMS_KEY';

const hasOwnKey: PropertyTest = (properties, context) => {
  const at = properties.at('KmsKeyId');
  const want = 'a key of the account';
  return at.value() === AWS_OWNED
    ? violation(at, AWS_OWNED, want)
    : isPresent('KmsKeyId', want)(properties, context);
};

/** Rules on Redshift, with their levels. */
export const WAREHOUSE_ROWS: readonly PackRule[] = [
  propertyRow('error', {
    id: 'WarehouseIsNotPublic',
    title: 'a Redshift cluster or workgroup has no address on the internet',
    risk: 'Everybody on the internet can try passwords and weaknesses of the engine; one security group too wide is enough.',
    fix: 'Leave PubliclyAccessible out or set it to false. CDK: CfnCluster.publiclyAccessible, CfnWorkgroup.publiclyAccessible (the L2 is the alpha module aws-redshift-alpha, publiclyAccessible, false by default).',
    references: {
      pciDss: EXPOSURE,
      gdpr: ['25(2)', '32(1)(b)'],
      securityHub: ['Redshift.1', 'RedshiftServerless.3'],
      cwe: ['CWE-668'],
      awsConfig: ['REDSHIFT_CLUSTER_PUBLIC_ACCESS_CHECK'],
    },
    resourceTypes: [CLUSTER, WORKGROUP],
    test: isFalse('PubliclyAccessible', { absent: 'compliant' }),
  }),
  propertyRow('warning', {
    id: 'WarehouseLogsConnections',
    title: 'a Redshift cluster or namespace logs who connected',
    risk: 'After a leak nobody can tell who logged in, and who was made a user.',
    fix: "Set LoggingProperties of the cluster, and add connectionlog and userlog to LogExports of a serverless namespace. CDK: CfnCluster.loggingProperties, CfnNamespace.logExports (the L2 is the alpha module aws-redshift-alpha, loggingProperties). The log of every query (useractivitylog, enable_user_activity_logging) holds people's data, and is not asked for.",
    references: {
      pciDss: AUDIT_LOG,
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['Redshift.4', 'RedshiftServerless.6'],
      cwe: ['CWE-778'],
      awsConfig: ['REDSHIFT_AUDIT_LOGGING_ENABLED', 'REDSHIFT_CLUSTER_CONFIGURATION_CHECK'],
    },
    resourceTypes: [CLUSTER, NAMESPACE],
    test: logsConnections,
  }),
  propertyRow('warning', {
    id: 'WarehouseRoutesThroughVpc',
    title: 'what a Redshift cluster or workgroup loads and unloads goes through the network of the account',
    risk: 'COPY and UNLOAD take routes of AWS that no security group, endpoint policy or flow log sees: data leaves for any bucket unnoticed.',
    fix: 'Set EnhancedVpcRouting to true, and give the network an endpoint for S3. CDK: CfnCluster.enhancedVpcRouting, CfnWorkgroup.enhancedVpcRouting (the L2 is the alpha module aws-redshift-alpha, enhancedVpcRouting); off by default.',
    references: {
      pciDss: ['1.3.1', '1.3.2', '1.4.1', '1.4.2', '1.4.4'],
      gdpr: ['32(1)(b)'],
      securityHub: ['Redshift.7', 'RedshiftServerless.1'],
      cwe: ['CWE-923'],
      awsConfig: ['REDSHIFT_ENHANCED_VPC_ROUTING_ENABLED'],
    },
    resourceTypes: [CLUSTER, WORKGROUP],
    test: isTrue('EnhancedVpcRouting'),
  }),
  propertyRow('info', {
    id: 'WarehouseUsesOwnKey',
    title: 'a Redshift cluster or namespace is encrypted with a key of the account',
    risk: 'With a key that AWS owns, no use of it is logged, and nobody can destroy it to destroy the data.',
    fix: 'Set KmsKeyId. CDK: CfnCluster.kmsKeyId, CfnNamespace.kmsKeyId (the L2 is the alpha module aws-redshift-alpha, encryptionKey).',
    references: {
      pciDss: AT_REST,
      gdpr: ['32(1)(a)'],
      securityHub: ['RedshiftServerless.4'],
      cwe: ['CWE-320'],
      awsConfig: ['REDSHIFT_CLUSTER_KMS_ENABLED'],
    },
    resourceTypes: [CLUSTER, NAMESPACE],
    // No encryption at all is what `StoreIsEncrypted` finds.
    test: onlyWhere(isTrue('Encrypted', { absent: 'compliant' }), hasOwnKey),
  }),
  propertyRow('info', {
    id: 'WarehouseIsBackedUp',
    title: 'a Redshift cluster makes snapshots by itself',
    risk: 'What a faulty load or an intruder overwrites is gone.',
    fix: 'Leave AutomatedSnapshotRetentionPeriod out or set it to 1 or more; 0 turns snapshots off. CDK: CfnCluster.automatedSnapshotRetentionPeriod.',
    references: {
      pciDss: ['10.3.3'],
      gdpr: ['32(1)(c)'],
      securityHub: ['Redshift.3'],
      cwe: ['CWE-404'],
      awsConfig: ['REDSHIFT_BACKUP_ENABLED'],
    },
    resourceTypes: [CLUSTER],
    test: unlessSpared(isAtLeast('AutomatedSnapshotRetentionPeriod', 1, { absent: 'compliant' })),
  }),
  propertyRow('info', {
    id: 'WarehouseTakesUpgrades',
    title: 'a Redshift cluster installs new versions by itself',
    risk: 'Weaknesses that everybody knows stay open until somebody thinks of them.',
    fix: 'Leave AllowVersionUpgrade out or set it to true. CDK: CfnCluster.allowVersionUpgrade.',
    references: {
      pciDss: ['6.3.3'],
      gdpr: ['32(1)(b)'],
      securityHub: ['Redshift.6'],
      cwe: ['CWE-1395'],
      awsConfig: ['REDSHIFT_CLUSTER_MAINTENANCESETTINGS_CHECK'],
    },
    resourceTypes: [CLUSTER],
    test: isTrue('AllowVersionUpgrade', { absent: 'compliant' }),
  }),
];
