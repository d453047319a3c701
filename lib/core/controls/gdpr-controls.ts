/** One control that tools attach to articles of the GDPR, and the rules that ask it, or why none does. */
export type GdprControl = {
  /** Its name in the normalised union of the mappings. */
  readonly control: string;
  /** As the mappings have them: whole articles. */
  readonly articles: readonly string[];
} & (
  | {
      /** Ids of rules. */
      readonly by: readonly string[];
      /** The part that no template tells. */
      readonly notAsked?: string;
    }
  | { readonly why: string }
);

const ACCOUNT = 'the state of the account decides';

/** `[control, articles, rules with a space between, what is left]`; without rules: why none asks it. */
type Row = readonly [control: string, articles: string, by: string, rest?: string];

/**
 * The 62 controls that prowler (`gdpr_aws.json`) and powerpipe (`gdpr/article_{25,30,32}.pp`) attach to the GDPR, which
 * both took from AWS Audit Manager. They read article 30 as a wish for logs; what it asks for is a record of processing,
 * of which `ProcessingRecordIsComplete` asks.
 *
 * @see https://github.com/prowler-cloud/prowler/blob/master/prowler/compliance/aws/gdpr_aws.json
 * @see https://github.com/turbot/steampipe-mod-aws-compliance/tree/main/gdpr
 */
// biome-ignore format: a table is read by the row
const ROWS: readonly Row[] = [
  ['cloudtrail-to-cloudwatch-logs', '25 30', 'TrailReachesLogGroup'],
  ['cloudtrail-kms', '25 30 32', 'TrailHasOwnKey'],
  ['cloudtrail-log-validation', '25 32', 'TrailFilesAreValidated'],
  ['cloudtrail-bucket-access-logging', '25', 'TrailReadsAreRecorded TrailRecordsObjectAccess'],
  ['cloudtrail-bucket-not-public', '25', 'BucketIsNotPublic BucketBlocksPublicAccess'],
  ['cloudtrail-multi-region', '25 30', 'TrailCoversEveryRegion', 'whether the account has a trail at all'],
  ['cloudtrail-security-trail', '30', 'TrailIsLogging TrailRecordsEveryManagementEvent TrailCoversEveryRegion TrailFilesAreValidated TrailHasOwnKey'],
  ['cloudtrail-s3-data-events', '30', 'TrailRecordsObjectAccess PersonalDataAccessIsRecorded'],
  ['metric-filter-config-changes', '25', 'ControlFailureRaisesAlarm', 'where no template at hand has a recorder'],
  ['metric-filter-cloudtrail-changes', '25', 'ControlFailureRaisesAlarm'],
  ['metric-filter-auth-failures', '25', 'TrailEventsRaiseAlarms'],
  ['metric-filter-cmk-disable', '25', 'ControlFailureRaisesAlarm', 'where no template at hand has a key'],
  ['metric-filter-bucket-policy', '25', 'TrailEventsRaiseAlarms'],
  ['metric-filter-iam-policy', '25', 'TrailEventsRaiseAlarms'],
  ['metric-filter-root-usage', '25', 'TrailEventsRaiseAlarms'],
  ['metric-filter-security-group', '25', 'ControlFailureRaisesAlarm', 'where no template at hand has a security group'],
  ['metric-filter-no-mfa', '25', 'TrailEventsRaiseAlarms'],
  ['metric-filter-unauthorized-api', '25', 'TrailEventsRaiseAlarms'],
  ['metric-filter-network-acl', '25', 'TrailEventsRaiseAlarms'],
  ['metric-filter-network-gateway', '25', 'TrailEventsRaiseAlarms'],
  ['metric-filter-route-table', '25', 'TrailEventsRaiseAlarms'],
  ['metric-filter-vpc', '25', 'TrailEventsRaiseAlarms'],
  ['config-recorder-all-regions', '25 30', '', `${ACCOUNT}: in which regions AWS Config records`],
  ['iam-no-admin-policies', '25', 'NobodyIsAdministrator PolicyAllowsNoWholeService'],
  ['iam-root-no-access-key', '25', '', `${ACCOUNT}: AWS Config rule IAM_ROOT_ACCESS_KEY_CHECK`],
  ['iam-password-policy', '25', '', `${ACCOUNT}: CloudFormation has no resource for it; AWS Config rule IAM_PASSWORD_POLICY`],
  ['iam-root-mfa', '25', '', `${ACCOUNT}: AWS Config rules ROOT_ACCOUNT_MFA_ENABLED and ROOT_ACCOUNT_HARDWARE_MFA_ENABLED`],
  ['iam-key-rotation', '25', 'AccessKeyIsNotIssued', 'how old a key is: AWS Config rule ACCESS_KEYS_ROTATED'],
  ['iam-support-role', '25', '', `${ACCOUNT}: who may open a case with AWS Support is one role for all of its apps`],
  ['iam-unused-credentials', '25', '', `${ACCOUNT}: AWS Config rule IAM_USER_UNUSED_CREDENTIALS_CHECK`],
  ['iam-user-mfa', '25', 'UserHasNoConsolePassword', 'the devices of users: AWS Config rule MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS'],
  ['iam-user-no-policies', '25', 'UserHasNoPolicies'],
  ['kms-rotation', '25 30', 'KeyRotatesWithinAYear'],
  ['kms-enclave-attestation', '25 32', '', 'only keys that Nitro enclaves use need it, and no template says which those are'],
  ['vpc-flow-logs', '25 30', 'NetworkWritesFlowLog'],
  ['elb-logging', '30', 'LoadBalancerWritesAccessLog'],
  ['redshift-audit-logging', '30 32', 'WarehouseLogsConnections StoreIsEncrypted'],
  ['acm-expiry', '32', 'CertificateExpiryIsWatched CertificateIsValidatedByDns', 'when a certificate ends: AWS Config rule ACM_CERTIFICATE_EXPIRATION_CHECK'],
  ['apigw-cache-encrypted', '32', 'ApiCacheIsEncrypted'],
  ['cloudfront-https', '32', 'DistributionServesOnlyTls'],
  ['log-group-kms', '32', 'LogGroupHasOwnKey'],
  ['dax-encrypted', '32', 'StoreIsEncrypted'],
  ['dynamodb-kms', '32', 'TableUsesKmsKey'],
  ['ebs-encrypted', '32', 'VolumeIsEncrypted MachineStatesItsDisks'],
  ['efs-encrypted', '32', 'FileSystemIsEncrypted'],
  ['alb-drop-invalid-headers', '32', 'LoadBalancerDropsInvalidHeaders'],
  ['alb-redirect-https', '32', 'ListenerIsEncrypted ListenerRuleForwardsOnlyTls'],
  ['clb-certificate', '32', 'ClassicListenerCertificateIsManaged'],
  ['clb-tls-listeners', '32', 'ClassicListenerIsEncrypted'],
  ['opensearch-at-rest', '32', 'StoreIsEncrypted'],
  ['opensearch-n2n', '32', 'OpenSearchNodesEncryptTraffic'],
  ['rds-backup', '32', 'DatabaseIsBackedUp StoreIsInBackupPlan'],
  ['rds-logging', '32', 'DatabaseExportsAuditLog'],
  ['rds-encrypted', '32', 'StoreIsEncrypted'],
  ['rds-snapshot-encrypted', '32', '', 'snapshots are made while a database runs; those of an encrypted one are encrypted, of which StoreIsEncrypted asks'],
  ['redshift-snapshots', '32', 'WarehouseIsBackedUp'],
  ['redshift-tls', '32', 'RedshiftRequiresTls'],
  ['s3-default-encryption', '32', 'BucketUsesKmsKey StoreIsEncrypted'],
  ['s3-ssl', '32', 'BucketDeniesPlaintext'],
  ['sagemaker-kms', '32', 'ModelVolumeUsesOwnKey'],
  ['sns-kms', '32', 'StoreIsEncrypted PersonalDataHasOwnKey'],
  ['wafv2-logging', '32', 'WebAclWritesLog'],
];

/** The controls, each with the rules that ask it, or why none does. */
export const GDPR_CONTROLS: readonly GdprControl[] = ROWS.map(
  ([control, articles, by, rest]): GdprControl => {
    const common = { control, articles: articles.split(' ') };
    if (by === '') return { ...common, why: rest ?? '' };
    return { ...common, by: by.split(' '), ...(rest === undefined ? {} : { notAsked: rest }) };
  },
);
