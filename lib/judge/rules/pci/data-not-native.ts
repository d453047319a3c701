import type { NotNative } from './not-native';

const SNAPSHOT = 'snapshots are taken and shared by calls after deployment';
const SETTING = 'it is a setting of the account and region without a CloudFormation type';
const PARAMETER =
  'it compares with a policy or list of principals that is given to AWS Config as a parameter';
const NO_REQUIREMENT = 'no requirement of 4.0.1 is mapped to it';

/** Rules of AWS Config on data services that no rule of ours asks. */
export const DATA_NOT_NATIVE: readonly NotNative[] = [
  // The account, or what runs in it, decides.
  delegated('DOCDB_CLUSTER_SNAPSHOT_PUBLIC_PROHIBITED', SNAPSHOT),
  delegated('EMR_BLOCK_PUBLIC_ACCESS', SETTING),
  delegated('NEPTUNE_CLUSTER_SNAPSHOT_ENCRYPTED', `${SNAPSHOT}; they are encrypted as their cluster is`),
  delegated('NEPTUNE_CLUSTER_SNAPSHOT_PUBLIC_PROHIBITED', SNAPSHOT),
  delegated('OPENSEARCH_UPDATE_CHECK', 'updates of service software are offered to domains that run'),
  delegated('RDS_SNAPSHOTS_PUBLIC_PROHIBITED', SNAPSHOT),
  delegated('RDS_SNAPSHOT_ENCRYPTED', `${SNAPSHOT}; they are encrypted as their database is`),
  delegated('S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS', SETTING),
  delegated('S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC', SETTING),
  delegated(
    'S3_BUCKET_MFA_DELETE_ENABLED',
    'CloudFormation has no property for it; root turns it on by a call',
  ),
  delegated('S3_BUCKET_POLICY_GRANTEE_CHECK', PARAMETER),
  delegated('S3_BUCKET_POLICY_NOT_MORE_PERMISSIVE', PARAMETER),
  // Nothing that a template should have.
  listed(
    'RDS_CLUSTER_DEFAULT_ADMIN_CHECK',
    `${NO_REQUIREMENT}: RDS has no user with a password of its vendor, and the CDK names the user admin or postgres`,
  ),
  listed(
    'RDS_INSTANCE_DEFAULT_ADMIN_CHECK',
    `${NO_REQUIREMENT}: RDS has no user with a password of its vendor, and the CDK names the user admin or postgres`,
  ),
  listed(
    'REDSHIFT_DEFAULT_ADMIN_CHECK',
    `${NO_REQUIREMENT}: Redshift has no user with a password of its vendor`,
  ),
  listed('REDSHIFT_DEFAULT_DB_NAME_CHECK', `${NO_REQUIREMENT}: the name of a database is no secret`),
  listed(
    'S3_BUCKET_REPLICATION_ENABLED',
    `${NO_REQUIREMENT}, and a copy in another region may break GDPR chapter V`,
  ),
  listed(
    'S3_EVENT_NOTIFICATIONS_ENABLED',
    'notifications start programs and detect no attack; the CDK makes them by a custom resource, which the bucket does not show',
  ),
];

function delegated(configRule: string, why: string): NotNative {
  return { configRule, kind: 'delegated', why };
}

function listed(configRule: string, why: string): NotNative {
  return { configRule, kind: 'listed', why };
}
