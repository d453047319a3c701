import type { NotNative } from './managed-config-rule';
import { atChangesOf, DAILY, DAILY_OF_ACCOUNT, delegated, listed } from './not-native';

/** https://docs.aws.amazon.com/config/latest/developerguide/docdb-cluster-snapshot-public-prohibited.html */
const DOCUMENTDB_REGIONS = [
  'ap-east-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-south-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'me-central-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-2',
];
const SNAPSHOT = 'snapshots are taken and shared by calls after deployment';
const SETTING = 'it is a setting of the account and region without a CloudFormation type';
const PARAMETER =
  'it compares with a policy or list of principals that is given to AWS Config as a parameter';
const NO_REQUIREMENT = 'no requirement of 4.0.1 is mapped to it';

/** Rules of AWS Config on data services that no rule of ours stands for. */
export const DATA_NOT_NATIVE: readonly NotNative[] = [
  // The account, or what runs in it, decides.
  delegated(
    'DOCDB_CLUSTER_SNAPSHOT_PUBLIC_PROHIBITED',
    SNAPSHOT,
    atChangesOf('AWS::RDS::DBClusterSnapshot'),
    DOCUMENTDB_REGIONS,
  ),
  delegated('EMR_BLOCK_PUBLIC_ACCESS', SETTING, DAILY),
  delegated(
    'NEPTUNE_CLUSTER_SNAPSHOT_ENCRYPTED',
    `${SNAPSHOT}; they are encrypted as their cluster is`,
    atChangesOf('AWS::RDS::DBClusterSnapshot'),
  ),
  delegated(
    'NEPTUNE_CLUSTER_SNAPSHOT_PUBLIC_PROHIBITED',
    SNAPSHOT,
    atChangesOf('AWS::RDS::DBClusterSnapshot'),
  ),
  delegated(
    'OPENSEARCH_UPDATE_CHECK',
    'updates of service software are offered to domains that run',
    atChangesOf('AWS::OpenSearch::Domain'),
  ),
  delegated(
    'RDS_SNAPSHOTS_PUBLIC_PROHIBITED',
    SNAPSHOT,
    atChangesOf('AWS::RDS::DBClusterSnapshot', 'AWS::RDS::DBSnapshot'),
  ),
  delegated(
    'RDS_SNAPSHOT_ENCRYPTED',
    `${SNAPSHOT}; they are encrypted as their database is`,
    atChangesOf('AWS::RDS::DBClusterSnapshot', 'AWS::RDS::DBSnapshot'),
  ),
  delegated('S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS', SETTING, {
    ...atChangesOf('AWS::S3::AccountPublicAccessBlock'),
    isOfAccount: true,
  }),
  delegated('S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC', SETTING, DAILY_OF_ACCOUNT),
  delegated(
    'S3_BUCKET_MFA_DELETE_ENABLED',
    'CloudFormation has no property for it; root turns it on by a call',
    atChangesOf('AWS::S3::Bucket'),
  ),
  delegated('S3_BUCKET_POLICY_GRANTEE_CHECK', PARAMETER, atChangesOf('AWS::S3::Bucket')),
  delegated('S3_BUCKET_POLICY_NOT_MORE_PERMISSIVE', PARAMETER, atChangesOf('AWS::S3::Bucket')),
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
